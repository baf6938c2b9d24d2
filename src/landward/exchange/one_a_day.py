"""Several rows about one day: doses are all of them, answers are one, and nobody guesses which."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from landward.model.bodies import Body, CheckIn, DoseTaken, Note
from landward.model.proposals import FileQuestion, Proposal, Refusal, named_places
from landward.model.said import counted, phrase

Choice = Literal["refuse", "first", "last"]
QUESTION = "several"


class RowRead(NamedTuple):
    """One row of a file: its line, its day, its clock where there is one, what it says."""

    line: int
    day: dt.date
    at: dt.datetime | None
    bodies: tuple[Body, ...]


class Found(NamedTuple):
    """What the rows come to, and how many went into it."""

    proposals: tuple[Proposal, ...]
    remarks: tuple[str, ...]
    refusals: tuple[Refusal, ...]
    questions: tuple[FileQuestion, ...]
    used: int
    same: int
    passed_over: int
    """Rows whose answers another row of the day was chosen over; each choice is in `remarks`."""


class _Fates:
    def __init__(self, across: bool) -> None:
        self.across = across
        self.proposals: list[Proposal] = []
        self.remarks: list[str] = []
        self.refusals: list[Refusal] = []
        self.used = self.same = self.passed_over = 0
        self.by_time = self.undecided = 0


def one_a_day(
    rows: Sequence[RowRead], choice: Choice, answer: str = "", *, across: bool = False
) -> Found:
    """One set of answers a day, and every dose.

    The same answers twice are no choice to make. Different ones are the map's `choice`, or the
    person's `answer`; else, where every row of the day has its time, the last one counts; else
    they are refused and asked about. Where two rows answer different things, both are kept.
    `across`: the rows were columns of the file.
    """
    by_day: dict[dt.date, list[RowRead]] = {}
    for row in rows:
        by_day.setdefault(row.day, []).append(row)
    said = _said(choice, answer)
    fates = _Fates(across)
    for day in sorted(by_day):
        _one_day(day, by_day[day], said, fates)
    questions: tuple[FileQuestion, ...] = ()
    if fates.undecided:
        days = counted(fates.undecided, "{count} day has", "{count} days have")
        questions = (
            FileQuestion(
                id=QUESTION,
                words=phrase(
                    "{days} rows with different answers and no time. Which row counts?", days=days
                ),
                choices=("first", "last"),
                example="last",
            ),
        )
    if fates.by_time:
        days = counted(fates.by_time, "{count} day", "{count} days")
        fates.remarks.append(
            phrase("{days} with several answers: the last one by its time counts.", days=days)
        )
    return Found(
        tuple(fates.proposals),
        tuple(fates.remarks),
        tuple(fates.refusals),
        questions,
        fates.used,
        fates.same,
        fates.passed_over,
    )


def _said(choice: Choice, answer: str) -> Choice:
    if answer == "first":
        return "first"
    return "last" if answer == "last" else choice


def _one_day(  # noqa: PLR0912 - one ladder, read from the top: the same, joined, by time, asked
    day: dt.date, rows: list[RowRead], choice: Choice, fates: _Fates
) -> None:
    timed = all(row.at is not None for row in rows)
    if timed:
        rows = sorted(rows, key=lambda row: (row.at, row.line))
    doses = [(row.line, body) for row in rows for body in row.bodies if isinstance(body, DoseTaken)]
    notes = [(row.line, body) for row in rows for body in row.bodies if isinstance(body, Note)]
    speaking = [(row.line, told) for row in rows if (told := _answers(row.bodies))]
    answers, used = speaking[:1], {line for line, _ in speaking[:1]}
    where = named_places(sorted(row.line for row in rows), across=fates.across)
    stands = phrase("{day} stands {where}", day=day.isoformat(), where=where)
    if len(rows) > 1 and speaking and all(row.bodies == rows[0].bodies for row in rows):
        doses = [(line, body) for line, body in doses if line == rows[0].line]
        fates.remarks.append(phrase("{stands}; they agree", stands=stands))
    elif len(speaking) > 1 and any(told != speaking[0][1] for _, told in speaking):
        joined, places, differ = _joined(speaking)
        if not differ:
            answers, used = [(speaking[0][0], joined)], places
        elif choice == "refuse" and timed:
            answers, used = [(speaking[-1][0], joined)], places
            fates.by_time += 1
        elif choice == "refuse":
            fates.undecided += 1
            reason = phrase(
                "{stands} with different answers; say which counts: first or last", stands=stands
            )
            fates.refusals += [Refusal(line=row.line, reason=reason) for row in rows]
            return
        else:
            answers = [speaking[-1 if choice == "last" else 0]]
            used = {answers[0][0]}
            fates.remarks.append(
                phrase("{stands}; the {choice} one is used", stands=stands, choice=choice)
            )
    told_before: set[str] = set()
    fates.proposals += [_proposal(line, day, body, "") for line, told in answers for body in told]
    fates.proposals += _doses_of_day(day, doses)
    used |= {line for line, _ in doses}
    for line, note in notes:
        if note.text not in told_before:
            told_before.add(note.text)
            used.add(line)
            which = f"/{len(told_before)}" if len(told_before) > 1 else ""
            fates.proposals.append(_proposal(line, day, note, which))
    kept = [told for _, told in answers]
    for row in rows:
        if row.line in used:
            fates.used += 1
        elif _answers(row.bodies) in kept or not _answers(row.bodies):
            fates.same += 1
        else:
            fates.passed_over += 1


def _answers(bodies: Iterable[Body]) -> tuple[Body, ...]:
    return tuple(body for body in bodies if not isinstance(body, DoseTaken | Note))


def _joined(
    speaking: list[tuple[int, tuple[Body, ...]]],
) -> tuple[tuple[Body, ...], set[int], bool]:
    """Rows as one set of answers, a later answer over an earlier one; the lines that still speak in
    it; whether any two disagreed.
    """
    found: dict[str, Body] = {}
    by: dict[str, int] = {}
    differ = False
    for line, told in speaking:
        for body in told:
            there = found.get(body.kind)
            if isinstance(body, CheckIn):
                before = there if isinstance(there, CheckIn) else CheckIn()
                both = before.answers.keys() & body.answers.keys()
                differ |= any(before.answers[item] != body.answers[item] for item in both)
                by |= {item: line for item in body.asked
                       if item in body.answers or item not in before.asked}  # fmt: skip
                found[body.kind] = before.model_copy(
                    update={
                        "asked": tuple(dict.fromkeys((*before.asked, *body.asked))),
                        "answers": {**before.answers, **body.answers},
                        "scales": {**before.scales, **body.scales},
                        "words": {**before.words, **body.words},
                    }
                )
            else:
                differ |= there is not None and there != body
                found[body.kind] = body
                by[f"/{body.kind}"] = line
    return tuple(found.values()), set(by.values()), differ


def _doses_of_day(day: dt.date, doses: list[tuple[int, DoseTaken]]) -> list[Proposal]:
    """One dose of a drug without a clock is its day's dose; several are single doses."""
    times = Counter(body.drug for _, body in doses)
    return [
        _proposal(
            line,
            day,
            body if times[body.drug] == 1 else body.model_copy(update={"day_total": False}),
            f"/{place}" if place > 1 else "",
        )
        for place, (line, body) in enumerate(doses, start=1)
    ]


def _proposal(line: int, day: dt.date, body: Body, which: str) -> Proposal:
    return Proposal(
        line=line,
        row_key=f"{day.isoformat()}/{body.kind}{which}",
        date=day,
        kind=body.kind,
        version=body.written_as,
        body=body.to_json(),
    )
