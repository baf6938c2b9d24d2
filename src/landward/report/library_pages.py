"""The library's pages as Markdown for the docs: the index by question, and one file a page."""

from collections.abc import Mapping, Sequence

from landward.model.row_readings import Sureness
from landward.model.stopping import DO_NOT_STOP
from landward.report.article_page import ArticlePage, Line
from landward.report.row_lines import RowLine

_MADE = "Made from the tables by the program; do not edit."
_DATA = "../reference/data/"
HELP_NOW = (
    "**Help now: if you might act on it, call your emergency number. `landward crisis GB` lists "
    "crisis lines of a country; so does *Help now* on every page of the app.**"
)


def article_text(page: ArticlePage) -> str:
    """One page; the numbers behind a sentence lead to what it rests on."""
    lines = [f"# {page.question}", ""]
    if page.help_first:
        lines += [HELP_NOW, ""]
    lines += [f"**{page.answer.text}**{_numbers(page.answer)}", ""]
    for part in page.parts:
        lines += [f"## {part.heading}", ""]
        lines += [f"* {line.text}{_numbers(line)}" for line in part.lines]
        lines.append("")
    if page.ask:
        lines += [f"**For the doctor:** “{page.ask}”", ""]
    lines += ["## What this page rests on", ""]
    lines += [f"{n}. {_rest(n, row)}" for n, row in enumerate(page.rests, start=1)]
    lines.append("")
    if page.related:
        near = ", ".join(f"[{question}]({key}.md)" for key, question in page.related)
        lines += [f"Near this: {near}", ""]
    return "\n".join([*lines, f"{DO_NOT_STOP} {page.standing} {_MADE}", ""])


def _numbers(line: Line) -> str:
    if not line.numbers:
        return ""
    return " " + " ".join(f"[[{n}]](#rests-{n})" for n in line.numbers)


def _rest(number: int, row: RowLine) -> str:
    sources = ", ".join(f"[{key}]({_DATA}sources.md#{key.lower()})" for key in row.source)
    name = f"[{row.id}]({_DATA}claims.md#{row.id})" if row.id.startswith("claim.") else row.id
    return f'<a id="rests-{number}"></a>{row.kind}: {row.line} ({name}; {sources})'


def index_text(topics: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> str:
    """The index: every question under its topic."""
    lines = [
        "# Questions people ask",
        "",
        "Each page is a screen long on a phone. Every sentence rests on a row with its source, or "
        "is marked as what people say. In the app they are under *Library*, locked or not, with "
        f"one search over everything. {DO_NOT_STOP}",
        "",
    ]
    for heading, questions in topics:
        lines += [f"## {heading}", ""]
        lines += [f"* [{question}]({key}.md)" for key, question in questions]
        lines.append("")
    lines += [
        f"Behind them: [claims that circulate]({_DATA}claims.md), "
        f"[how sure the tables are]({_DATA}sure.md), [all the facts]({_DATA}README.md).",
        "",
        _MADE,
        "",
    ]
    return "\n".join(lines)


def sure_text(sure: Sureness, tables: Mapping[str, tuple[int, int, int, int]]) -> str:
    """How sure the tables are, and each table's rows, double-checked, draft and withdrawn."""
    lines = ["# How sure are these tables?", "", str(sure.plain), ""]
    if sure.last_reading:
        lines += [
            f"{sure.readings} readings quote the words they rest on; the last is of "
            f"{sure.last_reading.isoformat()}.",
            "",
        ]
    lines += ["| table | rows | double-checked | draft | withdrawn |", "|---|---|---|---|---|"]
    lines += [
        f"| {name} | {' | '.join(str(n) for n in counts)} |" for name, counts in tables.items()
    ]
    return "\n".join([*lines, "", _MADE, ""])
