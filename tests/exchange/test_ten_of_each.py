"""Ten small files of every kind, each beside its right value; every row of each accounted for."""

import datetime as dt

import pytest

from kinds import Small
from kinds.all_kinds import KINDS
from kinds.small import TODAY, ZONE
from landward.app.library.known_words import KNOWN
from landward.app.transfer.import_diary import circumstances, entries_of, read_mapped
from landward.app.transfer.read_elsewhere import read_elsewhere, recognise
from landward.model.base import BadInput
from landward.model.bodies import CheckIn, DoseTaken, Note, Sleep
from landward.model.moment import Moment
from landward.model.proposals import FileReading

MOMENT = Moment(at=dt.datetime.combine(TODAY, dt.time(12), dt.UTC), zone=ZONE)
ALL = [(kind, small) for kind, made in KINDS.items() for small in made()]


def test_there_are_ten_of_each() -> None:
    assert {kind: len(made()) for kind, made in KINDS.items() if len(made()) < 10} == {}
    names = [(kind, small.name) for kind, small in ALL]
    assert len(names) == len(set(names))


def read(small: Small, folder) -> FileReading:
    path, around = small.placed(folder), circumstances(MOMENT, small.said)
    if small.rules:
        rules = folder / "map.toml"
        rules.write_text(small.rules, "utf-8")
        return read_mapped(path, rules, around)
    kind = recognise(path)
    assert kind is not None, "nobody knows this file"
    return read_elsewhere(path, kind, ZONE, around)


@pytest.mark.parametrize(("kind", "small"), ALL, ids=lambda one: getattr(one, "name", one))
def test_each_gives_its_right_value(kind: str, small: Small, tmp_path) -> None:
    if small.problem:
        with pytest.raises(BadInput, match=small.problem) as caught:
            read(small, tmp_path)
        assert "\n" not in str(caught.value)
        return
    reading = read(small, tmp_path)
    assert reading.used + reading.same + reading.refused == reading.lines, "a row was lost"
    assert [one.id for one in reading.questions] == list(small.asked), reading.questions
    assert [one.line for one in reading.refusals] == list(small.refused), reading.refusals
    if small.asked and small.answers is None:
        return
    entries = sorted(entries_of(reading, (), "test", MOMENT), key=lambda entry: entry.order)
    assert len({entry.id for entry in entries}) == len(entries), "two rows with one id"
    answers, slept, doses, notes = {}, {}, {}, {}
    for entry in entries:
        body, day = KNOWN.read(entry), entry.date.isoformat()
        if isinstance(body, CheckIn):
            if body.answers:
                answers.setdefault(day, {}).update(body.answers)
            if body.note:
                notes[day] = body.note
        elif isinstance(body, Sleep):
            slept[day] = body.hours
        elif isinstance(body, Note):
            notes[day] = body.text
        elif isinstance(body, DoseTaken):
            doses.setdefault(day, []).append(f"{body.drug} {body.dose_mg.normalize():f}")
    if small.answers is not None:
        assert answers == small.answers
    if small.sleep is not None:
        assert slept == pytest.approx(small.sleep, abs=0.011)
    if small.doses is not None:
        assert {day: sorted(found) for day, found in doses.items()} == small.doses
    if small.notes is not None:
        assert notes == small.notes
    written = "".join(entry.body for entry in entries)
    for words in small.says:
        assert words in written
    for words in small.remarks:
        assert any(words in remark for remark in reading.remarks), reading.remarks
    if small.rows is not None:
        assert reading.lines == small.rows
    if small.left_out is not None:
        assert reading.left_out == small.left_out
