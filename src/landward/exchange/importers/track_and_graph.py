"""Track & Graph's CSV: `FeatureName, Timestamp, Value, Label, Note` (older: label in the value).

A tracker has a name and a number, and the file does not say on which scale: it is asked, tracker
by tracker. A tracker that stays without a scale is kept in words beside its day.
"""

import re
from collections import Counter
from collections.abc import Sequence

from landward.exchange.dates import Decided, moment_of
from landward.exchange.importer import Circumstances, Head, Importer, Piece
from landward.exchange.stamps import read_stamp
from landward.exchange.text_table import read_table
from landward.exchange.values import read_number
from landward.model.base import BadInput
from landward.model.bodies import CheckIn
from landward.model.item_ids import names_something, says_itself
from landward.model.proposals import FileQuestion, FileReading, Proposal, Refusal
from landward.model.said import phrase
from landward.model.scale import Scale

SOURCE = "track & graph"
KEPT_AS_WORDS = "words"
MAX_REFUSALS = 200
_DURATION = re.compile(r"(-?\d+:-?\d{1,2}:-?\d{1,2})(?::(.*))?", re.DOTALL)
_SCALE = re.compile(
    r"(-?\d+(?:\.\d+)?)\s*(?:-|–|to|\.\.)\s*(-?\d+(?:\.\d+)?)\s*,?\s*(?:better )?(up|down)?"
)


def is_track_and_graph(head: Head) -> bool:
    """Whether this looks like Track & Graph's export."""
    first = head.data[:200].decode("utf-8", "ignore").lstrip("\ufeff").replace('"', "")
    return first.lower().startswith("featurename,timestamp,value")


def read_track_and_graph(pieces: Sequence[Piece], around: Circumstances) -> FileReading:
    """Read the trackers. Raises BadInput where it is no such file."""
    with pieces[0].open() as stream:
        table = read_table(stream.read(), ("FeatureName", "Timestamp", "Value"))
    place = {name.lower(): position for position, name in enumerate(table.header)}
    if not {"featurename", "timestamp", "value"} <= place.keys():
        raise BadInput(
            phrase("this is not Track & Graph's export: it has no FeatureName and Timestamp")
        )
    proposals: list[Proposal] = []
    refusals: list[Refusal] = []
    unscaled: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    count = 0
    for line, cells in table.rows():
        count += 1
        row = {name: cells[at] if at < len(cells) else "" for name, at in place.items()}
        try:
            proposals.append(_proposal(line, row, around, unscaled, seen))
        except ValueError as error:
            refusals.append(Refusal(line=line, reason=" ".join(str(error).split())[:300]))
            if len(refusals) >= MAX_REFUSALS:
                break
    if not count:
        raise BadInput(phrase("this Track & Graph file has a header but no rows"))
    # In the order they happened: the last of a day counts.
    proposals.sort(key=lambda one: (one.date, one.row_key))
    return FileReading(
        source=SOURCE,
        zone=around.zone,
        proposals=tuple(proposals),
        refusals=tuple(refusals),
        remarks=table.decided,
        questions=tuple(
            FileQuestion(
                id=f"scale {name}",
                words=phrase(
                    "{name} ({times} numbers): on which scale, and is more better or worse?",
                    name=name,
                    times=times,
                ),
                choices=(KEPT_AS_WORDS, "0-4 down", "0-10 down", "0-10 up", "1-5 up"),
                example="0-10 down",
            )
            for name, times in sorted(unscaled.items())
        ),
        lines=count,
        used=len(proposals),
    )


def _proposal(
    line: int, row: dict[str, str], around: Circumstances, unscaled: Counter[str],
    seen: Counter[str],
) -> Proposal:  # fmt: skip
    name, stamp = row["featurename"], read_stamp(row["timestamp"])
    if not names_something(name):
        raise ValueError(phrase("this row names no tracker"))
    when = (
        moment_of(stamp, Decided("ymd"), around.zone, None, around.day_starts_at) if stamp else None
    )
    if when is None:
        raise ValueError(phrase("Timestamp: “{row}” is not a time", row=row["timestamp"][:40]))
    if around.is_ahead(when.day):
        raise ValueError(
            phrase("{day} lies ahead of today; check the date", day=when.day.isoformat())
        )
    text, label = row["value"], row.get("label", "")
    spoken = text
    number: float | None = None
    if found := _DURATION.fullmatch(text):
        spoken, label = found[1], label or found[2] or ""
    else:
        first, _, rest = text.partition(":")
        number, label = read_number(first, "Value"), label or rest
        spoken = f"{number:g}"
    words = f"{name}: {spoken}" + (f" ({label})" if label else "")
    note = row.get("note", "")
    scale = _scale(name, around, number, unscaled)
    item = around.item_meant(name)
    if scale is not None and number is not None:
        if not scale.holds(number):
            raise ValueError(
                phrase(
                    "{name}: {number} is off its scale {low}–{high}",
                    name=name,
                    number=format(number, "g"),
                    low=format(scale.low, "g"),
                    high=format(scale.high, "g"),
                )
            )
        own = {} if says_itself(item, name) else {item: name[:200]}
        body = CheckIn(asked=(item,), answers={item: number}, scales={item: str(scale)}, words=own,
                       tags=(words[:200],) if label else (), note=note)  # fmt: skip
    else:
        body = CheckIn(tags=(words[:200],), note=note)
    key = f"{row['timestamp']}/{name}"
    seen[key] += 1
    return Proposal(
        line=line,
        row_key=f"{key}/{seen[key]}",
        date=when.day,
        kind=CheckIn.kind,
        version=CheckIn.version,
        body=body.to_json(),
    )


def _scale(
    name: str, around: Circumstances, number: float | None, unscaled: Counter[str]
) -> Scale | None:
    if number is None:
        return None
    answer = around.answers.get(f"scale {name}", "").strip()
    if not answer:
        unscaled[name] += 1
        return None
    if answer == KEPT_AS_WORDS:
        return None
    found = _SCALE.fullmatch(answer)
    if found is None or float(found[1]) >= float(found[2]):
        raise BadInput(
            phrase(
                "“{answer}” is no scale for {name}; write it like 0-10 down, or words",
                answer=answer,
                name=name,
            )
        )
    return Scale.model_validate({"low": found[1], "high": found[2], "better": found[3] or "down"})


IMPORTER = Importer(
    name="track-and-graph",
    words=phrase("Track & Graph: its CSV (trackers)"),
    identify=is_track_and_graph,
    extract=read_track_and_graph,
    wants=lambda name: name.lower().endswith(".csv"),
)
