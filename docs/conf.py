"""Configuration of the documentation."""

project = "zonesim"
author = "the zonesim developers"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build", "derivations"]
html_theme = "furo"
html_title = "zonesim"
myst_heading_anchors = 3
suppress_warnings = ["myst.xref_missing"]
