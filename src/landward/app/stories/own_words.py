"""A person's own corrections: only what they accept becomes an entry; the rest leaves no trace.

What was decided is one note of the diary, in plain lines that people and programs can read:

    Read in something I wrote
    accepted | a head full of bees | brain_fog | stopped | self
    changed | pressure | headache | cutting | self

A dropped finding is kept only where the person chose to keep their corrections; that choice is also
what `landward stories mine` hands out as training material. Codes alone leave by consent.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from landward.app.stories.reader import story_tables
from landward.model.base import BadInput, Frozen
from landward.model.bodies import Note, read_body
from landward.model.journal import JournalIndex
from landward.model.said import phrase
from landward.model.stories import PHASE_WORDS, Finding, Phase

HEADING = phrase("Read in something I wrote")
_NO_SYMPTOM = phrase("not in the list")
MOST_SHOWN = 90
"""Findings offered at once; a longer story is read in pieces."""

Decision = Literal["accepted", "changed", "dropped"]
_DECISIONS: Mapping[str, Decision] = {"accept": "accepted", "change": "changed", "drop": "dropped"}


class Judged(Frozen):
    """What the person said of one finding."""

    decision: Decision
    words: str
    symptom: str
    phase: Phase
    whose: str


def symptom_choices() -> tuple[tuple[str, str], ...]:
    """(id, plain name) of every symptom that can be chosen, by name."""
    found = story_tables().labels.items()
    return tuple(sorted(found, key=lambda pair: (pair[1], pair[0])))


def judge(finding: Finding, decision: str, symptom: str, phase: str) -> Judged | None:
    """A finding as the person left it; None where they said nothing of it.

    `symptom` is a plain name or id, empty for “not in the list”. Raises BadInput for a name that is
    none, or a phase that is none.
    """
    done = _DECISIONS.get(decision)
    if done is None:
        return None
    chosen, when = finding.symptom or "", finding.phase
    if done == "changed":
        chosen = _symptom_id(symptom)
        if phase:
            when = _phase(phase)
    return Judged(
        decision=done,
        words=" ".join(finding.text.replace("|", "/").split()),
        symptom=chosen,
        phase=when,
        whose=finding.whose,
    )


def _symptom_id(words: str) -> str:
    asked = words.strip().casefold()
    if not asked:
        return ""
    for symptom, label in symptom_choices():
        if asked in {symptom, label.casefold()}:
            return symptom
    raise BadInput(
        phrase(
            "“{words}” is not a symptom of the list; choose one, or leave it empty",
            words=words[:60],
        )
    )


def _phase(word: str) -> Phase:
    for phase in PHASE_WORDS:
        if word == phase:
            return phase
    raise BadInput(phrase("that is no time of a story; choose one of the list"))


def as_note(judged: Iterable[Judged], *, keep_dropped: bool) -> Note | None:
    """The note to save, or None where nothing was accepted, changed or to be kept."""
    lines = [
        " | ".join((one.decision, one.words, one.symptom or _NO_SYMPTOM, one.phase, one.whose))
        for one in judged
        if keep_dropped or one.decision != "dropped"
    ]
    return Note(text="\n".join([HEADING, *lines])) if lines else None


def corrections(notes: Iterable[str]) -> list[dict[str, str]]:
    """What a person decided, from the texts of their notes: rows for training, theirs to give."""
    rows = []
    for text in notes:
        heading, *lines = text.split("\n")
        if heading.strip() != HEADING:
            continue
        for line in lines:
            parts = [part.strip() for part in line.split("|")]
            if len(parts) == 5 and parts[0] in _DECISIONS.values():
                row = dict(
                    zip(("decision", "words", "symptom", "phase", "whose"), parts, strict=True)
                )
                row["symptom"] = "" if row["symptom"] == _NO_SYMPTOM else row["symptom"]
                rows.append(row)
    return rows


def codes_alone(rows: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """What may leave by consent: symptom, time and whose, of what was accepted or changed.

    Never a word and never a day; sorted, so that their order tells no story. A note is plain text
    that anyone may edit: what is no code of the lists stays.
    """
    known = story_tables().labels
    kept = [
        {"symptom": row["symptom"], "phase": row["phase"], "whose": row["whose"]}
        for row in rows
        if row["decision"] != "dropped"
        and row["symptom"] in known
        and any(row["phase"] == phase for phase in PHASE_WORDS)
        and row["whose"] in {"self", "other"}
    ]
    return sorted(kept, key=lambda row: (row["symptom"], row["phase"], row["whose"]))


def note_texts(index: JournalIndex) -> list[str]:
    """The standing notes of a diary, oldest first. A note names no drug that needs a name."""
    bodies = map(read_body, index.of_kinds(["note"]))
    return [body.text for body in bodies if isinstance(body, Note)]


def notes_to_read(index: JournalIndex, most: int) -> str:
    """The newest notes as one text of at most `most` letters; what was made here is left out."""
    kept: list[str] = []
    for text in reversed(note_texts(index)):
        if text.startswith(HEADING):
            continue
        most -= len(text) + 2
        if most < 0:
            break
        kept.append(text)
    return "\n\n".join(reversed(kept))


def pieces(text: str, findings: Sequence[Finding]) -> list[tuple[str, int | None]]:
    """The story cut where findings begin and end: (words, number of the finding or None)."""
    cut: list[tuple[str, int | None]] = []
    at = 0
    for number, one in enumerate(findings):
        if one.start < at:
            continue
        cut.append((text[at : one.start], None))
        cut.append((text[one.start : one.end], number))
        at = one.end
    cut.append((text[at:], None))
    return [piece for piece in cut if piece[0]]
