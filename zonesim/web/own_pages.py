"""Pages on which own scenarios get another name, and are deleted after a question."""

from __future__ import annotations

from typing import Any

from flask import Flask, redirect, render_template, request

from zonesim.errors import InputError
from zonesim.report.texts.messages import told
from zonesim.scenario import Scenario, reader
from zonesim.web import documents, words
from zonesim.web.app import Site
from zonesim.web.drafts import LONGEST_NAME
from zonesim.web.names import unfit


def add(server: Flask, site: Site) -> None:
    """Add the pages to the server."""

    def page(lang: str, name: str) -> str:
        words.language(lang)
        return _page(site, name, lang)

    def rename(lang: str, name: str) -> Any:
        words.language(lang)
        path = _path(site, name)
        wanted = request.form.get("name", "").strip()
        try:
            if refused := unfit(wanted, lang):
                raise InputError(refused)
            if wanted in names_taken(site, but=name):
                raise InputError(words.say("own.taken", lang))
            document = reader.plain(reader.parse_document(path.read_text(encoding="utf-8"), path.name))
            documents.save({**document, "name": {one: wanted for one in words.LANGUAGES}}, path, replace=True)
        except InputError as error:
            return _page(site, name, lang, typed=wanted, problems=[told(one, lang) for one in error.problems])
        return redirect(f"/{lang}/scenario/own/{name}", code=303)

    def ask(lang: str, name: str) -> str:
        """Ask before anything is deleted."""
        words.language(lang)
        _path(site, name)
        return render_template("own_remove.html", name=name, title=_title(_loaded(site, name), name, lang))

    def remove(lang: str, name: str) -> Any:
        words.language(lang)
        path = _path(site, name)
        try:
            path.unlink()
        except OSError as error:
            raise InputError(f"{path.name}: cannot be removed ({error.strerror or error})") from None
        return redirect(f"/{lang}/", code=303)

    server.add_url_rule("/<lang>/own/<name>", "own", page)
    server.add_url_rule("/<lang>/own/<name>", "rename_own", rename, methods=["POST"])
    server.add_url_rule("/<lang>/own/<name>/remove", "ask_remove_own", ask)
    server.add_url_rule("/<lang>/own/<name>/remove", "remove_own", remove, methods=["POST"])


def names_taken(site: Site, but: str = "") -> set[str]:
    """Return what own scenarios are called, in either language.

    Args:
        site: whose.
        but: id of one that does not count.
    """
    found: set[str] = set()
    for reference in site.library.own():
        one = _loaded(site, reference.removeprefix("own/"))
        if one is not None and reference != f"own/{but}":
            found |= {one.name.zh, one.name.en}
    return found


def _path(site: Site, name: str) -> Any:
    """Return the file of an own scenario: looked up in the list of those that there are.

    Raises:
        InputError: there is none.
    """
    return site.library.path(f"own/{name}")


def _loaded(site: Site, name: str) -> Scenario | None:
    """Return an own scenario; None where its file is broken."""
    try:
        return site.library.load(f"own/{name}")
    except Exception:  # a file that somebody put there
        return None


def _title(one: Scenario | None, name: str, lang: str) -> str:
    return name if one is None else str(getattr(one.name, lang))


def _page(site: Site, name: str, lang: str, typed: str | None = None, problems: list[str] | None = None) -> str:
    _path(site, name)
    one = _loaded(site, name)
    title = _title(one, name, lang)
    return render_template(
        "own.html", name=name, title=title, broken=one is None, typed=title if typed is None else typed, problems=problems or [], longest=LONGEST_NAME
    )
