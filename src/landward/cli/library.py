"""`landward library`: the pages people can read, the claims ledger, how sure the tables are."""

import textwrap

from cyclopts import App

from landward.app.library.articles import (
    claims_ledger,
    index_of_questions,
    read_page,
    sureness,
    table_statuses,
)
from landward.app.library.sections import find
from landward.cli.terminal import AsJson, print_json, tell
from landward.model.base import BadInput
from landward.model.said import joined, phrase
from landward.model.stopping import DO_NOT_STOP
from landward.report.article_page import ArticlePage
from landward.report.as_json.library import index_json, ledger_json, page_json, sure_json
from landward.report.ledger import LedgerEntry

app = App(
    name="library",
    help="Questions people ask, each answered in a page; claims and their verdicts.",
    help_format="plaintext",
)
WIDTH = 80


@app.command(name="list")
def list_(*, json: AsJson = False) -> None:
    """Every question the library answers, by topic.

    Examples:

      landward library list
    """
    topics = index_of_questions()
    if json:
        print_json(index_json((t.name, t.heading, t.questions) for t in topics))
        return
    for topic in topics:
        tell(f"{topic.heading}")
        for one in topic.questions:
            tell(f"  {one.key:24}{one.question}")
        tell()


@app.command
def read(*question: str, json: AsJson = False) -> None:
    """Read one page: by its name in the list, or by a question in your own words.

    Examples:

      landward library read gut
      landward library read "how long does the numbness last"
    """
    words = " ".join(question)
    page = _page(words)
    if json:
        print_json(page_json(page))
        return
    tell(joined("\n", _lines(page)))


def _page(words: str) -> ArticlePage:
    try:
        return read_page(words.strip().lower())
    except BadInput:
        for hit in find(words):
            if hit.kind == "article":
                return read_page(hit.id)
        raise


def _lines(page: ArticlePage) -> list[str]:
    lines = [page.question, "-" * len(page.question), ""]
    if page.help_first:
        lines += [
            phrase("Help now: `landward crisis GB` says whom to call; the country is two letters.")
        ]
        lines += [""]
    lines += [*_wrapped(page.answer.text, page.answer.numbers, ""), ""]
    for part in page.parts:
        lines.append(f"{part.heading}")
        for line in part.lines:
            lines += _wrapped(line.text, line.numbers, "  ")
        lines.append("")
    lines.append(phrase("Rests on"))
    lines += [f"  {n}  {row.id}" for n, row in enumerate(page.rests, start=1)]
    return [*lines, "", DO_NOT_STOP, phrase("`landward facts cite ID` shows one row.")]


def _wrapped(text: str, numbers: tuple[int, ...], indent: str) -> list[str]:
    ties = f" [{' '.join(map(str, numbers))}]" if numbers else ""
    return textwrap.wrap(text + ties, WIDTH, initial_indent=indent, subsequent_indent=indent)


@app.command
def claims(name: str = "", *, json: AsJson = False) -> None:
    """The claims ledger: what documents said, what studies say, the verdict and why.

    Examples:

      landward library claims
      landward library claims claim.000-22
    """
    parts = claims_ledger()
    if json:
        print_json(ledger_json(parts))
        return
    if name:
        wanted = name.strip().removeprefix("claim.")
        found = [row for part in parts for row in part.entries if row.id == f"claim.{wanted}"]
        if not found:
            raise BadInput(
                phrase(
                    "no claim is called “{name}”; `landward library claims` lists all",
                    name=name[:40],
                )
            )
        tell(joined("\n", _claim(found[0])))
        return
    for part in parts:
        tell(f"{part.heading} ({len(part.entries)})")
        for row in part.entries:
            tell(textwrap.fill(f"{row.id}  {row.said}", WIDTH, subsequent_indent=" " * 14))
        tell()
    tell(phrase("A verdict is about how a sentence is worded, not about what anyone went through."))


def _claim(row: LedgerEntry) -> list[str]:
    told = (
        ("Said", row.said),
        ("By", row.document),
        ("Studies", row.found or phrase("nothing was looked up")),
        ("Verdict", row.verdict),
        ("Why", row.why),
        ("Note", row.note),
        ("Sources", ", ".join(row.source)),
    )
    lines = [row.id]
    for heading, text in told:
        if text:
            lines += textwrap.wrap(f"{heading:10}{text}", WIDTH, subsequent_indent=" " * 10)
    return lines


@app.command
def sure(*, json: AsJson = False) -> None:
    """How sure the tables are: rows by status, the last reading, the last sample.

    Examples:

      landward library sure
    """
    found = sureness()
    if json:
        print_json(sure_json(found))
        return
    tell(textwrap.fill(found.plain, WIDTH))
    tell(
        phrase(
            "Readings that quote a source: {readings}; the last is of {last_reading}.",
            readings=found.readings,
            last_reading=found.last_reading,
        )
        + "\n"
    )
    tell(f"{'table':24}{'rows':>6}{'double-checked':>16}{'draft':>8}{'withdrawn':>11}")
    for row in table_statuses():
        counts = f"{row.rows:>6}{row.double_checked:>16}{row.draft:>8}{row.withdrawn:>11}"
        tell(f"{row.table:24}{counts}")
