"""A forged line says nothing in the person's name, and gives nothing another name."""

from pathlib import Path

import pytest

from landward.app.diary.open_diary import OpenDiary
from landward.app.diary.whole import whole_diary
from landward.app.keep.waiting import answer, lines_waiting
from landward.app.read.names import table_words, words_for
from landward.model.medicines.record import medicine_record
from landward.vault import Vault
from tests.vault.conftest import NOW, make_entry, make_vault, reopen
from tests.vault.test_asking import forge


@pytest.fixture
def locked(path: Path) -> Path:
    make_vault(path).lock()
    return path


SPEAKING = [
    ("user_label", {"label": "window", "until": "2199-12-31"}),
    ("incident", {"what": "safety:seizure"}),
    ("shared", {"what": "report", "reader": "my GP"}),
]


@pytest.mark.parametrize(("kind", "says"), SPEAKING, ids=[kind for kind, _ in SPEAKING])
def test_what_only_the_person_can_say_waits_unless_it_is_proved(
    locked: Path, kind: str, says: dict[str, object]
) -> None:
    forge(locked, make_entry(1, kind=kind, says=says))
    Vault.seal(locked, make_entry(2, kind=kind, says=says), now=NOW)
    with reopen(locked) as vault:
        assert [entry.seq for entry in vault.entries()] == [2]
        (line,) = lines_waiting(vault)
        assert line.why == "it says in your name what goes to others or before a reading"
        assert answer(vault, let_in=line.id).startswith("Let in")


def test_a_forged_total_that_its_answers_cannot_have_waits(locked: Path) -> None:
    sound = {
        "instrument": "phq9", "asked": ["phq9.1"], "answers": {"phq9.1": 2},
        "scales": {"phq9.1": "0..3 better down"}, "total": 2,
    }  # fmt: skip
    forge(locked, make_entry(1, kind="scale", says=sound))
    forge(locked, make_entry(2, kind="scale", says=sound | {"total": 1_000_000}))
    with reopen(locked) as vault:
        assert [entry.seq for entry in vault.entries()] == [1]


def test_a_forged_line_renames_no_symptom_and_no_medicine(path: Path) -> None:
    """Words of a check-in once stood over everything: lanes, pages, what the doctor reads."""
    mine = make_entry(1, kind="dose_taken", says={"drug": "diazepam", "dose_mg": "5"})
    with make_vault(path) as vault:
        vault.append([mine])
    forged = {"anxiety": "take two more", "own.knot": "knot"}
    says = {"asked": [], "words": forged}
    forge(path, make_entry(2, kind="check_in", says=says, version=2))
    dose = {"drug": "diazepam", "dose_mg": "5", "own_word": "clonazepam"}
    forge(path, make_entry(3, kind="dose_taken", says=dose, version=2))
    with reopen(path) as vault:
        diary = whole_diary(vault.entries())
        words = words_for(diary)
        assert words["anxiety"] == table_words()["anxiety"]
        assert words["own.knot"] == "knot", "it has no other name"
        assert medicine_record(diary.lines).medicines["diazepam"].own_word == "diazepam"
        assert diary.own_word("diazepam") == ""


def test_a_forged_line_renames_nothing_on_the_persons_own_pages(path: Path) -> None:
    """`me` names pins and lanes: words of a stranger stand only where there is no name yet."""
    mine = {"asked": [], "words": {"own:a": "bees"}}
    with make_vault(path) as vault:
        vault.append([make_entry(1, kind="check_in", version=2, says=mine)])
    says = {"asked": [], "words": {"anxiety": "take two", "own:a": "calm", "own:b": "knot"}}
    forge(path, make_entry(2, kind="check_in", version=2, says=says))
    with reopen(path) as vault:
        assert len(vault.entries()) == 2
        label = OpenDiary(vault).me.label
        assert [label("anxiety"), label("own:a"), label("own:b")] == ["Anxiety", "bees", "knot"]
