"""`landward cohort`: many diaries at once: make some up, check a folder, run a registered study."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import App, Parameter

from landward.cli.terminal import AsJson, console, plain, print_json, progress, say
from landward.model.said import joined, phrase

if TYPE_CHECKING:
    from landward.model.released import Release

app = App(
    name="cohort",
    help="""Many people's consented diaries, pooled: made up, checked, studied.

Nothing leaves but rounded numbers about groups of ten or more.

Examples:

  landward cohort make --people 500 --seed 1 -o made-up
  landward cohort check made-up
  landward cohort run examples/studies/first-study.toml --data made-up -o results
""",
)

EngineName = Annotated[
    Literal["duckdb", "spark"], Parameter(help="duckdb, or spark (needs the extra and Java 17).")
]


@app.command
def make(
    *,
    people: Annotated[int, Parameter(help="How many made-up people, up to a million.")],
    seed: Annotated[int, Parameter(help="The same number makes the same people.")],
    out: Annotated[Path, Parameter(name=["--out", "-o"], help="A new folder.")],
    items: Annotated[int, Parameter(help="How many things they are asked, 1 to 10.")] = 3,
) -> None:
    """Make up diaries whose truth is known, to try a study on before any real data are seen.

    Examples:

      landward cohort make --people 500 --seed 1 -o made-up
    """
    from landward.app.share.cohort_make import make_cohort

    with progress(phrase("Making people up")):
        make_cohort(people, seed, out, items=items)
    say(
        phrase(
            "{people} made-up people are in {out}; truth.md says what is true of them.",
            people=people,
            out=out,
        )
    )


@app.command
def check(folder: Path, *, json: AsJson = False) -> None:
    """Check every row of pooled diaries. The first wrong one is named; exit 2.

    Examples:

      landward cohort check made-up
    """
    from landward.app.share.cohort_check import check_cohort
    from landward.app.share.cohort_engines import engine

    with progress(phrase("Checking every row")), engine("duckdb") as runner:
        found = check_cohort(runner, folder)
    if json:
        print_json({"file": found.file.model_dump(mode="json", by_alias=True), "rows": found.rows})
        return
    rows = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in found.rows.items())
    console().print(phrase("{folder}: all right ({rows}).", folder=folder, rows=rows))


@app.command
def gather(
    study: Path,
    *,
    gifts: Annotated[Path, Parameter(help="The folder of files that people handed over.")],
    out: Annotated[Path, Parameter(name=["--out", "-o"], help="A new folder.")],
) -> None:
    """Put people's gifts to one study together. Whoever took theirs back is left out.

    Examples:

      landward cohort gather study.toml --gifts received -o pooled
    """
    from landward.app.share.cohort_gather import gather as put_together
    from landward.app.share.cohort_run import read_study

    with progress(phrase("Reading the gifts")):
        file = put_together(read_study(study), gifts, out)
    say(phrase("{source} are in {out}.", source=file.source, out=out))


@app.command
def run(
    study: Path,
    *,
    data: Annotated[Path, Parameter(help="The folder of pooled diaries.")],
    engine: EngineName = "duckdb",
    master: Annotated[str, Parameter(help="Spark's master, for a cluster.")] = "local[2]",
    ledger: Annotated[
        Path | None,
        Parameter(help="Where all releases are written down. Beside the data unless given."),
    ] = None,
    only_new: Annotated[
        bool, Parameter(negative="", help="Leave out everyone who was in an earlier release.")
    ] = False,
    out: Annotated[
        Path | None,
        Parameter(name=["--out", "-o"], help="A folder for the page and the cells as files."),
    ] = None,
    json: AsJson = False,
) -> None:
    """Run a registered study. What leaves is rounded, written down, and never differs twice.

    The ledger remembers every release. The same study on the same data gives the same numbers; a
    question that could be subtracted from an earlier one is refused.

    Examples:

      landward cohort run examples/studies/first-study.toml --data made-up -o results
      landward cohort run study.toml --data made-up --engine spark --json
    """
    from landward.app.share.cohort_run import Run, read_study, run_study

    asked = Run(
        study=read_study(study),
        data=data,
        ledger=ledger or data.resolve().parent / "landward-ledger",
        engine=engine,
        master=master,
        only_new=only_new,
    )
    with progress(phrase("Reading the diaries")):
        release = run_study(asked)
    if out is not None:
        from landward.app.share.cohort_save import save_release

        save_release(release, out, dt.date.today())
        say(phrase("The page and the cells are in {out}.", out=out))
    if json:
        print_json(release.as_json())
    else:
        show(release)


def show(release: "Release") -> None:
    """The release in the terminal: the question, each measure as a table, what it cannot say."""
    from rich.markup import escape
    from rich.table import Table

    from landward.report.cohort_page import page_data

    screen, page = console(), page_data(release)
    screen.print(
        joined("", ("\n[bold]", plain(page["title"]), "[/bold]\n", plain(page["question"])))
    )
    screen.print(plain(page["made_up"]), style="bold")
    for name, words in page["facts"][:2]:
        screen.print(f"  {name}: {escape(words)}", style="dim")
    for measure in page["measures"]:
        screen.print(joined("", ("\n[bold]", plain(measure["title"]), "[/bold]")))
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
        for place, head in enumerate(measure["heads"]):
            table.add_column(f"  {head}", justify="left" if place == 0 else "right")
        for row in measure["rows"]:
            table.add_row(*(escape(f"  {text}") for text in row))
        screen.print(table)
        screen.print(
            "  " + phrase("This cannot say: {cannot_say}", cannot_say=plain(measure["cannot_say"])),
            style="dim",
        )
    screen.print(joined("", ("\n", plain(page["warning"]), "\n")))
