"""medTimer's CSV of events: one row a reminder, with the medicine, the amount, when it was taken.

Semicolons and no quote marks; the words of the header are in the phone's language, but the last
columns say `(ISO 8601)` in each. A reminder that was not confirmed is no dose that was not taken:
it is left out and counted.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from landward.exchange.dates import Decided, moment_of
from landward.exchange.importer import Circumstances, Head, Importer, Piece
from landward.exchange.letters import decoded
from landward.exchange.stamps import read_stamp
from landward.exchange.values import read_milligrams
from landward.model.base import BadInput
from landward.model.bodies import DoseTaken
from landward.model.proposals import FileQuestion, FileReading, Proposal, Refusal
from landward.model.said import counted, phrase

SOURCE = "medtimer"
_ISO = "(iso 8601)"
_FIXED = 3
_COUNT = re.compile(
    r"(\d+(?:[.,]\d+)?|½|¼|¾|\d ?½)? ?(?:x|tab(?:let)?s?|pills?|tabletten?|stück|st)?\.?",
    re.IGNORECASE,
)
MAX_REFUSALS = 200


def is_medtimer(head: Head) -> bool:
    """Whether this looks like medTimer's events."""
    first = head.data[:2000].decode("utf-8", "ignore").lstrip("\ufeff").splitlines()[:1]
    return bool(first) and first[0].lower().count(_ISO) == 2 and first[0].count(";") >= _FIXED


def read_medtimer(pieces: Sequence[Piece], around: Circumstances) -> FileReading:
    """Read the doses. Raises BadInput where it is no such file."""
    with pieces[0].open() as stream:
        text, remarks = decoded(stream.read())
    lines = [line.rstrip("\r") for line in text.split("\n")]
    header = [name.strip().lower() for name in lines[0].split(";")]
    if not (len(header) > _FIXED and header[-1].endswith(_ISO)):
        raise BadInput(
            phrase("this is not medTimer's export of events: it has no column (ISO 8601)")
        )
    proposals: list[Proposal] = []
    refusals: list[Refusal] = []
    questions: dict[str, FileQuestion] = {}
    seen: set[str] = set()
    count = untaken = same = 0
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        count += 1
        cells = [cell.strip() for cell in line.split(";")]
        try:
            if len(cells) < len(header):
                raise ValueError(
                    phrase(
                        "{count} cells under a header of {count_2}",
                        count=len(cells),
                        count_2=len(header),
                    )
                )
            # A note may hold semicolons: what stands at the ends is counted from the ends.
            if not cells[-1]:
                untaken += 1
                continue
            proposal = _proposal(number, cells, around, questions)
        except ValueError as error:
            refusals.append(Refusal(line=number, reason=" ".join(str(error).split())[:300]))
            if len(refusals) >= MAX_REFUSALS:
                break
            continue
        if proposal.row_key in seen:
            same += 1
        else:
            seen.add(proposal.row_key)
            proposals.append(proposal)
    if not count:
        raise BadInput(phrase("this medTimer file has a header but no rows"))
    if untaken:
        which = counted(untaken, "{count} reminder was", "{count} reminders were")
        remarks.append(
            phrase(
                "{which} not confirmed: nothing is written for them, neither taken nor missed",
                which=which,
            )
        )
    return FileReading(
        source=SOURCE,
        zone=around.zone,
        proposals=tuple(proposals),
        refusals=tuple(refusals),
        remarks=tuple(remarks),
        questions=tuple(questions.values()),
        lines=count,
        used=len(proposals),
        same=same,
        left_out=untaken,
    )


def _proposal(
    line: int, cells: Sequence[str], around: Circumstances, questions: dict[str, FileQuestion]
) -> Proposal:
    stamp = read_stamp(cells[-1])
    when = (
        moment_of(stamp, Decided("ymd"), around.zone, None, around.day_starts_at) if stamp else None
    )
    if when is None or when.at is None:
        raise ValueError(phrase("“{cells}” is not a time", cells=cells[-1][:40]))
    if around.is_ahead(when.day):
        raise ValueError(
            phrase("{day} lies ahead of today; check the date", day=when.day.isoformat())
        )
    name, said = cells[1], cells[2]
    if not name:
        raise ValueError(phrase("no medicine is named beside the dose"))
    amount = _amount(name, said, around, questions)
    drug = around.drug_meant(re.sub(r"\s*\([^)]*\)\s*$", "", name) or name)
    body = DoseTaken(drug=drug.drug, own_word=drug.own_word, dose_mg=amount, at=when.at)
    return Proposal(
        line=line,
        row_key=f"{cells[-2]}/{cells[-1]}/{name}/{said}",
        date=when.day,
        kind=DoseTaken.kind,
        version=body.written_as,
        body=body.to_json(),
    )


def _amount(
    name: str, said: str, around: Circumstances, questions: dict[str, FileQuestion]
) -> Decimal:
    """An amount in mg. “1” is no amount of a drug: how much is in one is asked, once a medicine."""
    found = _COUNT.fullmatch(said.strip())
    if found is None:
        return read_milligrams(said, "dosage")
    key = f"one {name}"
    each = around.answers.get(key, "")
    if not each:
        questions[key] = FileQuestion(
            id=key,
            words=phrase(
                "“{value}” of {name} on the phone: how many mg are in one?",
                value=said or name,
                name=name,
            ),
            example="0.5 mg",
        )
        return Decimal(0)
    count = (found[1] or "1").replace(" ", "").replace(",", ".")
    for sign, part in (("½", ".5"), ("¼", ".25"), ("¾", ".75")):
        count = count.replace(sign, part)
    return Decimal(count) * read_milligrams(each, key)


IMPORTER = Importer(
    name="medtimer",
    words=phrase("medTimer: its events as CSV (doses)"),
    identify=is_medtimer,
    extract=read_medtimer,
    wants=lambda name: "medtimer" in name.lower() and name.lower().endswith(".csv"),
)
