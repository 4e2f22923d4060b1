"""The browser that draws PDF files and pictures."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from zonesim.errors import InputError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def find_browser(what: str) -> Path:
    """Return the browser: of the variable BROWSER_PATH, or Chromium or Chrome where it is installed.

    Raises:
        InputError: there is none.
    """
    named = os.environ.get("BROWSER_PATH")
    found = (named if named and Path(named).is_file() else None) or next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        raise InputError(f"{what} needs Chromium or Chrome: install it (Debian: apt-get install chromium fonts-noto-cjk), or name it in BROWSER_PATH")
    return Path(found)


def in_a_sandbox() -> bool:
    """Tell whether the browser may use its sandbox: it refuses to for the superuser (as in containers)."""
    return not (hasattr(os, "geteuid") and os.geteuid() == 0)
