"""The page: one offline HTML file in both languages."""

from __future__ import annotations

import contextlib
import html
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import plotly.offline

from zonesim.errors import StorageError
from zonesim.report.figures import Figure, every_figure
from zonesim.report.terminal import sentences
from zonesim.report.texts import say
from zonesim.report.view import View
from zonesim.report.words import CHOICES, LANGS, Lang, choice, joined, number, word
from zonesim.results import Results

STYLE = """
body{font-family:'Noto Sans CJK SC','Noto Sans SC','Microsoft YaHei','PingFang SC',system-ui,sans-serif;margin:0;color:#222;line-height:1.55}
main{max-width:1060px;margin:0 auto;padding:1rem 1.2rem 4rem}header{background:#12344d;color:#fff;padding:1.1rem 1.2rem}header h1{margin:0;font-size:1.5rem}
header div{max-width:1060px;margin:0 auto}button{font:inherit;padding:.3rem .9rem;border:1px solid #fff;background:transparent;color:#fff;border-radius:.3rem;cursor:pointer;float:right}
h2{border-bottom:2px solid #12344d;padding-bottom:.2rem;margin-top:2.4rem}h3{margin-bottom:.2rem}table{border-collapse:collapse;font-size:.86rem;margin:.5rem 0;width:100%}
th,td{border:1px solid #ccc;padding:.25rem .5rem;text-align:left;vertical-align:top}th{background:#eef3f6}details{margin:.3rem 0 1.4rem}summary{cursor:pointer;color:#0a4f7a}
.note{color:#555;font-size:.88rem}.summary li{margin:.35rem 0}.warn{background:#fff4e0;border-left:4px solid #E69F00;padding:.5rem .8rem}[hidden]{display:none}.scroll{overflow-x:auto}
nav a{margin-right:1rem}figure{margin:0 0 1.2rem}figcaption{font-weight:600}.reading{margin:.2rem 0;border-left:3px solid #0072B2;padding-left:.6rem}@media print{button,nav{display:none}details{display:block}}
"""
SCRIPT = """
const drawn=new Set();
function draw(lang){for(const d of document.querySelectorAll('section[lang="'+lang+'"] .plot')){if(!drawn.has(d.id)){drawn.add(d.id);const f=FIGURES[d.id];
Plotly.newPlot(d,f.data,f.layout,{displaylogo:false,responsive:true}).then(()=>{if(f.frames)Plotly.addFrames(d,f.frames);});}}}
function show(lang){for(const s of document.querySelectorAll('section[lang]'))s.hidden=s.lang!==lang;document.documentElement.lang=lang==='zh'?'zh-CN':'en';
document.title=TITLES[lang];document.getElementById('switch').textContent=SWITCH[lang];document.getElementById('title').textContent=TITLES[lang];draw(lang);}
let now=START;document.getElementById('switch').addEventListener('click',()=>{now=now==='zh'?'en':'zh';show(now);});show(now);
"""


def text(value: Any) -> str:
    """Return a value as inert text."""
    return html.escape(str(value), quote=True)


def table(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    """Return an HTML table of texts."""
    top = "".join(f"<th scope='col'>{text(h)}</th>" for h in head)
    body = "".join("<tr>" + "".join(f"<td>{text(c)}</td>" for c in row) + "</tr>" for row in rows)
    return f"<div class='scroll'><table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"


def script_json(value: Any) -> str:
    """Return JSON that cannot leave its script element."""
    raw = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return raw.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def shown(one: Figure, plots: dict[str, str], lang: Lang) -> str:
    """Return the element of a figure with its reading and data table, and enter its JSON into ``plots``."""
    key = f"{one.id}-{lang}"
    plots[key] = json.dumps(one.spec, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    note = f"<p class='note'>{text(one.note)}</p>" if one.note else ""
    return (
        f"<figure id='figure-{text(key)}'><figcaption>{text(one.title)}</figcaption><p class='reading'>{text(one.reading)}</p>"
        f"<div class='plot' id='{text(key)}' role='img' aria-label='{text(one.alt)}'></div>{note}"
        f"<details><summary>{text(word('table', lang))}</summary>{table([c.title for c in one.table.columns], one.table.written(lang))}</details></figure>"
    )


def build(view: View, lang: Lang) -> tuple[str, dict[str, str]]:
    """Return the section of one language, and its figures as JSON by id."""
    plots: dict[str, str] = {}
    sections: dict[str, list[str]] = {}
    for asked, drawn in every_figure(view, lang):
        mine = sections.setdefault(asked.section, [])
        mine.append(f"<h3>{text(asked.asks(lang))}</h3>")
        mine += [shown(one, plots, lang) for one in drawn]
    contents = {"summary": [summary(view, lang)], "inputs": [inputs(view, lang)], **sections, "provenance": [provenance(view, lang)]}
    nav = "".join(f"<a href='#{key}-{lang}'>{text(say(f'section.{key}', lang))}</a>" for key in contents)
    parts = [f"<h2 id='{key}-{lang}'>{text(say(f'section.{key}', lang))}</h2>{''.join(found)}" for key, found in contents.items()]
    return f"<section lang='{lang}' hidden><nav>{nav}</nav>{''.join(parts)}</section>", plots


def summary(view: View, lang: Lang) -> str:
    """Return what a reader in a hurry should know."""
    warnings = "".join(f"<p class='warn'>{text(one)}</p>" for one in view.run.get("warnings", []))
    listed = "".join(f"<li>{text(one)}</li>" for one in sentences(view, lang))
    return f"<ul class='summary'>{listed}</ul><p class='warn'>{text(word('model_says', lang))}</p>{warnings}"


def inputs(view: View, lang: Lang) -> str:
    """Return what differs between the inputs of each scenario and the baseline's."""
    parts = []
    for scene in view.reforms:
        rows = []
        for d in scene.differences:
            places = joined([choice(p, lang) if p in CHOICES else view.place(p, lang) for p in d.get("places", [])], lang)
            label = (d["zh"] if lang == "zh" else d["en"]) or d["path"]
            dates = f"{d['from']} … {d['to'] or ''}" if d["from"] else ""
            rows.append([label, places, choice(d["baseline"], lang), choice(d["reform"], lang), d["clause"], dates, d.get("assumption", "")])
        head = [word(k, lang) for k in ("setting", "place", "baseline", "reform", "clause", "dates", "assumption")]
        parts.append(f"<h3>{text(scene.name(lang))}</h3>" + (table(head, rows) if rows else f"<p>{text(word('none', lang))}</p>"))
    return "".join(parts) or f"<p>{text(word('only_one', lang))}</p>"


def provenance(view: View, lang: Lang) -> str:
    """Return where the results come from."""
    run = view.run
    checks = run["checks"]
    said = (
        word("checked", lang).format(n=checks["quarters_checked"], r=f"{checks['worst_residual']:.1e}")
        if checks["quarters_checked"]
        else word("unchecked", lang)
    )
    facts = [
        ["seed", run["seed"]], ["replications", run["replications"]], ["horizon", f"{run['start']} – {run['end']}"],
        ["scenarios", ", ".join(s["id"] for s in run["scenarios"])], ["fingerprint", run["fingerprint"]], ["digest", run.get("digest", "")],
        ["versions", ", ".join(f"{k} {v}" for k, v in sorted(run["versions"].items()))], ["accounts", said],
        ["founding", ", ".join(f"{k} {number(float(v))}" for k, v in run.get("founding_residuals", {}).items())],
    ]  # fmt: skip
    definitions = [[i[lang], i["id"], i["unit"], i[f"definition_{lang}"]] for i in run["indicators"]]
    head = [word("indicator", lang), "id", word("unit", lang), ""]
    return table(["", ""], facts) + f"<details><summary>{text(word('indicator', lang))}</summary>{table(head, definitions)}</details>"


def write_report(results: Results | View, path: Path, lang: Lang = "zh") -> None:
    """Write the report as one HTML file that needs no network.

    Args:
        results: of any number of scenarios, or a view of several.
        path: file to write (aside, then renamed).
        lang: language shown first, zh or en.

    Raises:
        StorageError: the file cannot be written.
    """
    view = results if isinstance(results, View) else View([results])
    sections: list[str] = []
    plots: dict[str, str] = {}
    for language in LANGS:
        section, mine = build(view, language)
        sections.append(section)
        plots |= mine
    names = " / ".join(one.zh for one in view.scenes), " / ".join(one.en for one in view.scenes)
    titles: dict[Lang, str] = {"zh": f"{word('title', 'zh')}:{names[0]}", "en": f"{word('title', 'en')}: {names[1]}"}
    write_page(path, sections, plots, titles, lang)


def write_page(path: Path, sections: list[str], plots: dict[str, str], titles: Mapping[Lang, str], lang: Lang = "zh") -> None:
    """Write sections in both languages with their figures as one HTML file that needs no network, aside and renamed.

    Args:
        path: file to write.
        sections: one for each language, each a ``section`` element.
        plots: figures as JSON, by the id of their element.
        titles: of the page, by language.
        lang: language shown first, zh or en.

    Raises:
        StorageError: the file cannot be written.
    """
    switch = {"zh": word("switch", "zh"), "en": word("switch", "en")}
    data = "{" + ",".join(f"{json.dumps(k)}:{script_json(v)}" for k, v in plots.items()) + "}"
    policy = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:"
    document = (
        f"<!doctype html><html lang='{'zh-CN' if lang == 'zh' else 'en'}'><head><meta charset='utf-8'><meta http-equiv='Content-Security-Policy' content=\"{policy}\">"
        f"<meta name='viewport' content='width=device-width,initial-scale=1'><link rel='icon' href='data:,'><title>{text(titles[lang])}</title><style>{STYLE}</style></head><body>"
        f"<header><div><button id='switch' type='button'>{text(switch[lang])}</button><h1 id='title'>{text(titles[lang])}</h1></div></header><main>{''.join(sections)}</main>"
        f"<script>{plotly.offline.get_plotlyjs()}</script>"
        f"<script>const FIGURES={data};const TITLES={script_json(titles)};const SWITCH={script_json(switch)};const START={script_json(json.dumps(lang))};{SCRIPT}</script></body></html>"
    )
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        aside.write_text(document, encoding="utf-8")
        os.replace(aside, path)
    except OSError as error:
        raise StorageError(f"{path}: {error.strerror or error}; the report was not written, the tables are whole: 'zonesim report' writes it again") from error
    finally:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
