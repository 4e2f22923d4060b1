"""Pages of the editor: change a package, check as one types, save it under a name."""

from __future__ import annotations

from typing import Any

from flask import Flask, jsonify, redirect, render_template, request

from zonesim.errors import InputError
from zonesim.scenario import Scenario
from zonesim.web import documents, words
from zonesim.web.app import Site
from zonesim.web.drafts import LONGEST_NAME, Draft, Entry, document, draft_of, kinds, new_policy, read
from zonesim.web.fields import addable, sections
from zonesim.web.kept import Kept
from zonesim.web.names import unfit
from zonesim.web.own_pages import names_taken
from zonesim.web.problems import Problem, located
from zonesim.web.remarks import remarks

KEPT_PAGES = 32  #: editors that are kept as long as no scenario changes, 0.4 MB each
NAME = "name"  #: key of what is wrong with the name of a scenario, which is about no policy
TRIAL = "draft"  #: id under which a draft is checked


def add(server: Flask, site: Site) -> None:
    """Add the pages to the server."""
    kept: Kept[str] = Kept(KEPT_PAGES)

    def edit(lang: str) -> str:
        words.language(lang)
        reference = request.args.get("base", "")
        base = site.library.load(reference)

        def made() -> str:
            return _page(site, base, draft_of(base, reference, lang), [], lang)

        return made() if reference.startswith("question/") else kept.get((site.library.version(), request.full_path), made)

    def save(lang: str) -> Any:
        words.language(lang)
        reference = request.form.get("base", "")
        base = site.library.load(reference)
        draft = read(request.form, base, reference, lang)
        asked = request.form.get("op", "save")
        if asked == "language":  # the switch sends what was typed, so that nothing is lost
            return _page(site, base, draft, _checked(draft, base, lang)[0] if draft.changed else [], lang)
        if asked == "add":
            name = request.form.get("add", "")
            if name in kinds() and name not in draft.policies:
                draft.policies[name] = Entry(new_policy(name, base, lang))
                draft.changed.add((name, "on"))
            return _page(site, base, draft, _checked(draft, base, lang)[0], lang, anchor=name)
        wrong, _ = _checked(draft, base, lang)
        if refused := unfit(draft.name, lang):
            wrong.append(Problem("", NAME, refused))
        if wrong:
            return _page(site, base, draft, wrong, lang)
        try:
            saved = _save(site, base, draft, lang)
        except InputError as error:  # of the file itself
            return _page(site, base, draft, located(error.problems, lang), lang)
        if asked == "run":
            return redirect(f"/{lang}/run?scenario={_compared_with(site, reference, base)}&scenario={saved}", code=303)
        return redirect(f"/{lang}/scenario/{saved}", code=303)

    def check(lang: str) -> Any:
        words.language(lang)
        reference = request.form.get("base", "")
        base = site.library.load(reference)
        draft = read(request.form, base, reference, lang)
        problems, warnings = _checked(draft, base, lang)
        if draft.name and (refused := unfit(draft.name, lang)):
            problems.append(Problem("", NAME, refused))
        return jsonify(
            problems=[{"label": one.label, "key": one.key, "text": one.text} for one in problems],
            warnings=[{"label": one.label, "text": one.text} for one in warnings],
            changed=sorted(f"{label}.{key}" for label, key in draft.changed), said=_said(draft, problems, warnings, lang),
        )  # fmt: skip

    server.add_url_rule("/<lang>/edit", "edit", edit)
    server.add_url_rule("/<lang>/edit", "save", save, methods=["POST"])
    server.add_url_rule("/<lang>/check", "check", check, methods=["POST"])


def _checked(draft: Draft, base: Scenario, lang: str) -> tuple[list[Problem], list[Problem]]:
    """Return the mistakes of a draft but for its name, and what there is to remark."""
    named = Draft(draft.base, "…", draft.policies, draft.changed)
    try:
        return [], remarks(documents.check(document(named, base, TRIAL, lang)), lang)
    except InputError as error:
        return located(error.problems, lang), []


def _said(draft: Draft, problems: list[Problem], warnings: list[Problem], lang: str) -> str:
    warned = words.say("editor.warned", lang, n=len(warnings)) if warnings else ""
    return words.say("editor.wrong" if problems else "editor.right", lang, n=len(draft.changed), wrong=len(problems)) + warned


def _save(site: Site, base: Scenario, draft: Draft, lang: str) -> str:
    """Write the draft as an own scenario; return its reference.

    Raises:
        InputError: it cannot be written.
    """
    own = draft.base.startswith("own/") and draft.name in (base.name.zh, base.name.en)
    taken = {site.library.load(one).id for region in site.library.regions() for one in (region.baseline, *region.packages)}
    taken |= {one.removeprefix("own/") for one in site.library.own()} | {TRIAL}
    identity = base.id if own else documents.identifier(draft.name, taken)
    if not own:
        draft.name = unused(draft.name, names_taken(site))
    documents.save(document(draft, base, identity, lang), site.folder.scenario_file(identity), replace=own)
    return f"own/{identity}"


def unused(name: str, taken: set[str]) -> str:
    """Return a name that nothing else has: with a number behind it where it is taken, so that two cards can be told apart.

    >>> unused("Mine", set()), unused("Mine", {"Mine"}), unused("Mine", {"Mine", "Mine (2)"})
    ('Mine', 'Mine (2)', 'Mine (3)')
    """
    found, number = name, 1
    while found in taken:
        number += 1
        found = f"{name[: LONGEST_NAME - 6]} ({number})"
    return found


def _compared_with(site: Site, reference: str, base: Scenario) -> str:
    """Return with what a changed scenario is compared: what it was made from, or for an own one the package of its region."""
    if not reference.startswith("own/"):
        return reference
    return site.library.package_reference(base) or reference


def _page(site: Site, base: Scenario, draft: Draft, problems: list[Problem], lang: str, anchor: str = "") -> str:
    package = site.library.package_of(base)
    refused = [one.text for one in problems if (one.label, one.key) == ("", NAME)]
    warnings = _checked(draft, base, lang)[1] if len(problems) == len(refused) else []
    return render_template(
        "edit.html", draft=draft, base=base, sections=sections(draft, package, problems, lang), addable=addable(draft, lang), anchor=anchor,
        general=[one.text for one in problems if one.label not in draft.policies and (one.label, one.key) != ("", NAME)], refused=refused, said=_said(draft, problems, warnings, lang), longest=LONGEST_NAME,
        warned={label: [one.text for one in warnings if one.label == label] for label in draft.policies},
    )  # fmt: skip
