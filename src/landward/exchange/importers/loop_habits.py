"""Loop Habit Tracker: `Checkmarks.csv`, one row a day and one column a habit, alone or in its zip.

2 or YES_MANUAL is done; 0, 1 and 3 (no, filled in by the app, skipped) are not a tick of the
person. A habit that is counted (`NUMERICAL` in `Habits.csv`) holds thousandths. What was done is
kept as words beside its day.
"""

from collections.abc import Sequence

from landward.exchange.dates import Decided, moment_of
from landward.exchange.importer import Circumstances, Head, Importer, Piece
from landward.exchange.stamps import read_stamp
from landward.exchange.text_table import TextTable, read_table
from landward.model.base import BadInput
from landward.model.bodies import CheckIn
from landward.model.proposals import FileReading, Proposal, Refusal
from landward.model.said import counted, phrase

SOURCE = "loop habits"
_DONE = {"2", "YES_MANUAL"}
_NOT_A_TICK = {"", "0", "-1", "1", "3", "NO", "YES_AUTO", "SKIP", "UNKNOWN"}
MAX_REFUSALS = 200


def is_loop_habits(head: Head) -> bool:
    """Whether this looks like Loop's checkmarks or its list of habits."""
    base = head.name.rsplit("/", 1)[-1].lower()
    first = head.data[:400].decode("utf-8", "ignore").lstrip("\ufeff").splitlines()[:1]
    header = first[0].lower() if first else ""
    if base == "habits.csv":
        return header.startswith("position,name,")
    return base == "checkmarks.csv" and header.startswith("date,") and header.rstrip().endswith(",")


def read_loop_habits(pieces: Sequence[Piece], around: Circumstances) -> FileReading:
    """Read the ticks. Raises BadInput where no Checkmarks.csv is among the files."""
    tables: dict[str, TextTable] = {}
    for piece in sorted(pieces, key=lambda piece: piece.name.count("/"), reverse=True):
        with piece.open() as stream:
            tables[piece.name.rsplit("/", 1)[-1].lower()] = read_table(stream.read())
    marks = tables.get("checkmarks.csv") or next(iter(tables.values()), None)
    if marks is None or not marks.header or marks.header[0].lower() != "date" or marks.header[-1]:
        raise BadInput(
            phrase("this is not Loop's export: it holds no Checkmarks.csv with a date column")
        )
    numbered = _counted(tables.get("habits.csv"))
    habits = [(place, name) for place, name in enumerate(marks.header) if place and name]
    proposals: list[Proposal] = []
    refusals: list[Refusal] = []
    count = empty = 0
    for line, cells in marks.rows():
        count += 1
        try:
            proposal = _proposal(line, cells, habits, numbered, around)
        except ValueError as error:
            refusals.append(Refusal(line=line, reason=" ".join(str(error).split())[:300]))
            if len(refusals) >= MAX_REFUSALS:
                break
            continue
        empty += proposal is None
        proposals += [proposal] if proposal is not None else []
    if not count:
        raise BadInput(phrase("this file has a header but no rows"))
    remarks = list(marks.decided)
    if empty:
        days = counted(empty, "{count} day has", "{count} days have")
        remarks.append(phrase("{days} no tick: nothing is written for them", days=days))
    if not numbered and "habits.csv" not in tables:
        remarks.append(
            phrase("Without Habits.csv numbers above 3 are taken as counts in thousandths")
        )
    return FileReading(
        source=SOURCE,
        zone=around.zone,
        proposals=tuple(sorted(proposals, key=lambda one: one.date)),
        refusals=tuple(refusals),
        remarks=tuple(remarks),
        lines=count,
        used=len(proposals),
        left_out=empty,
    )


def _counted(habits: TextTable | None) -> dict[str, str]:
    """Habits that are counted, with their unit."""
    if habits is None:
        return {}
    place = {name.lower(): position for position, name in enumerate(habits.header)}
    if not {"name", "type"} <= place.keys():
        return {}
    found = {}
    for _, cells in habits.rows():
        row = {name: cells[at] if at < len(cells) else "" for name, at in place.items()}
        if row["type"].upper() == "NUMERICAL":
            found[row["name"]] = row.get("unit", "")
    return found


def _proposal(
    line: int, cells: Sequence[str], habits: Sequence[tuple[int, str]], numbered: dict[str, str],
    around: Circumstances,
) -> Proposal | None:  # fmt: skip
    stamp = read_stamp(cells[0])
    when = moment_of(stamp, Decided("ymd"), around.zone) if stamp and stamp.order else None
    if when is None:
        raise ValueError(phrase("Date: “{cells}” is not a date", cells=cells[0][:40]))
    if around.is_ahead(when.day):
        raise ValueError(
            phrase("{day} lies ahead of today; check the date", day=when.day.isoformat())
        )
    tags = []
    for place, name in habits:
        text = cells[place].strip() if place < len(cells) else ""
        if name not in numbered and text.upper() in _DONE:
            tags.append(name[:200])
        elif (name not in numbered and text.upper() in _NOT_A_TICK) or text.upper() in (
            "", "0", "-1", "UNKNOWN", "SKIP", "NO",
        ):  # fmt: skip
            continue
        elif text.isascii() and text.isdecimal():
            tags.append(f"{name}: {int(text) / 1000:g} {numbered.get(name, '')}".strip()[:200])
        else:
            raise ValueError(
                phrase("{name}: “{text}” is no tick and no count", name=name, text=text[:40])
            )
    if not tags:
        return None
    return Proposal(
        line=line,
        row_key=f"{when.day.isoformat()}/ticks",
        date=when.day,
        kind=CheckIn.kind,
        version=CheckIn.version,
        body=CheckIn(tags=tuple(tags)).to_json(),
    )


def _wants(name: str) -> bool:
    return name.rsplit("/", 1)[-1].lower() in ("checkmarks.csv", "habits.csv")


IMPORTER = Importer(
    name="loop-habits",
    words=phrase("Loop Habit Tracker: its zip of CSVs, or Checkmarks.csv (ticks)"),
    identify=is_loop_habits,
    extract=read_loop_habits,
    wants=_wants,
    many=True,
)
