"""One drug, one name; one symptom, one id: old entries are read under it, and never changed."""

import datetime as dt
import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landward.model.bodies import CheckIn, DoseTaken, PlanAdopted, Prescription, Profile, read_body
from landward.model.diary import Diary, fold
from landward.model.entries import Entry
from landward.model.identity import AS_WRITTEN, Names, drug_words, item_aliases
from making import entry

VAULTS = Path(__file__).parents[1] / "vaults"
BRANDS: Mapping[str, str] = {"valium": "diazepam", "klonopin": "clonazepam"}
NAMES = Names(lambda word: BRANDS.get(word.casefold(), word))


def dose(drug: str, mg: str = "5", **more: object) -> DoseTaken:
    return DoseTaken.model_validate({"drug": drug, "dose_mg": mg, **more})


def profile(**names: str) -> Profile:
    return Profile(fields={"names": json.dumps(names), "pins": " ".join(names)})


def check_in(item: str, value: float = 2) -> CheckIn:
    return CheckIn(asked=(item,), answers={item: value}, scales={item: "0..4 better down"})


def test_a_brand_is_read_as_its_drug_with_the_own_word_kept() -> None:
    read = NAMES.read(entry(dose("Valium")))
    assert isinstance(read, DoseTaken)
    assert (read.drug, read.own_word, read.dose_mg) == ("diazepam", "Valium", Decimal(5))


@pytest.mark.parametrize("word", ["clonazolam", "diazepan", "librax", "Grandma's drops", ""])
def test_an_unknown_word_stays_itself_never_a_look_alike(word: str) -> None:
    written = entry(dose(word))
    assert NAMES.read(written) == read_body(written)


def test_an_own_word_already_kept_stays() -> None:
    read = NAMES.read(entry(dose("diazepam", own_word="Diazepam Desitin")))
    assert isinstance(read, DoseTaken) and read.own_word == "Diazepam Desitin"


def test_a_prescription_and_a_plan_are_read_the_same_way() -> None:
    label = NAMES.read(entry(Prescription(drug="klonopin", dose_mg_per_day=Decimal(1))))
    assert isinstance(label, Prescription)
    assert (label.drug, label.own_word) == ("clonazepam", "klonopin")
    for text in ('{"drug":"Valium","steps":[]}', '{"plan":{"drug":"Valium"},"steps":[[1]]}'):
        plan = NAMES.read(entry(PlanAdopted(plan=text, tables_version="1")))
        assert isinstance(plan, PlanAdopted)
        assert json.loads(plan.plan) == json.loads(text.replace("Valium", "diazepam"))
    squeezed = entry(PlanAdopted(plan="zlib64:eJw=", tables_version="1"))
    assert NAMES.read(squeezed) == read_body(squeezed)


def test_a_diary_knows_one_drug_and_the_last_own_word_for_it() -> None:
    diary = fold(
        [
            entry(dose("diazepam", "4"), key="a"),
            entry(dose("valium"), key="b", minute=1),
            entry(dose("Valium"), key="c", minute=2),
        ],
        NAMES,
    )
    assert diary.drugs == ("diazepam",)
    assert diary.own_word("diazepam") == "Valium" and diary.own_word("clonazepam") == ""


def test_the_words_for_a_drug() -> None:
    assert drug_words("diazepam", "Valium") == "diazepam (Valium)"
    assert drug_words("diazepam", "Diazepam") == drug_words("diazepam", "") == "diazepam"


def test_the_phones_id_is_read_as_the_apps_once_the_name_is_known() -> None:
    told = entry(profile(horsturz="Hörsturz"), key="p")
    phone = entry(check_in("h_rsturz"), key="c", minute=1)
    for order in ([told, phone], [phone, told]):
        assert fold(order).items == ("horsturz",)
    assert fold([phone]).items == ("h_rsturz",), "nobody said what it is"


def test_both_ids_on_one_day_are_one_answer() -> None:
    told = entry(profile(horsturz="Hörsturz"), key="p")
    both = [
        entry(check_in("horsturz", 1), key="a"),
        entry(check_in("h_rsturz", 3), key="b", minute=5),
    ]
    day = next(iter(fold([told, *both]).days.values()))
    assert day.answers == {"horsturz": 3} and day.differing == {"horsturz"}


def test_a_body_that_holds_both_ids_keeps_both() -> None:
    aliased = AS_WRITTEN.knowing({"horsturz": "Hörsturz"})
    written = entry(
        CheckIn(
            asked=("horsturz", "h_rsturz"),
            answers={"horsturz": 1, "h_rsturz": 3},
            scales=dict.fromkeys(("horsturz", "h_rsturz"), "0..4 better down"),
        )
    )
    assert aliased.read(written) == read_body(written)


def test_an_id_that_could_be_two_names_is_left_alone() -> None:
    assert "h_r" not in item_aliases({"a": "hör", "b": "här"})
    assert item_aliases({"a": "hör"})["h_r"] == "hor"
    assert "h_rsturz" not in item_aliases({"a": "Hörsturz", "b": "h rsturz"}), "a name of its own"


def test_pins_and_names_move_to_the_ids_of_today() -> None:
    told = entry(profile(fuschmerz="Fußschmerz", insomnia="Insomnia"))
    read = fold([told]).names.read(told)
    assert isinstance(read, Profile)
    assert read.fields["pins"] == "fussschmerz insomnia"
    assert json.loads(read.fields["names"])["fussschmerz"] == "Fußschmerz"


BODIES = st.sampled_from(
    [
        dose("valium"), dose("diazepam"), dose("clonazolam"), check_in("horsturz"),
        check_in("h_rsturz", 4), check_in("fuschmerz"), profile(horsturz="Hörsturz"),
        profile(fuschmerz="Fußschmerz"), profile(own="Här sturz"),
    ]
)  # fmt: skip


@given(st.lists(st.tuples(BODIES, st.integers(0, 3), st.integers(-1, 5)), max_size=9))
def test_entry_by_entry_is_the_same_as_the_whole(
    said: list[tuple[object, int, int]],
) -> None:
    journal: list[Entry] = []
    for number, (body, day, replaced) in enumerate(said):
        gone = (journal[replaced].id,) if 0 <= replaced < len(journal) else ()
        about = dt.date(2026, 1, 1) + dt.timedelta(days=day)
        journal.append(entry(body, about, key=str(number), minute=number, replaces=gone))
    grown: Diary = fold([], NAMES)
    for written in journal:
        grown = grown.with_entry(written)
    assert grown == fold(journal, NAMES)


def test_a_vault_of_0_1_0_reads_under_one_name_and_stays_to_the_letter() -> None:
    lines = (VAULTS / "0.1.0-names.jsonl").read_text("utf-8").splitlines()
    entries = [Entry.from_line(line) for line in lines]
    diary = fold(entries, NAMES)
    assert diary.drugs == ("clonazepam", "clonazolam", "diazepam")
    assert diary.own_word("diazepam") == "Valium" and diary.own_word("clonazepam") == "klonopin"
    taken = [body.dose_mg for _, body in diary.of(DoseTaken) if body.drug == "diazepam"]
    assert taken == [Decimal(4), Decimal(5), Decimal(9), Decimal(9)]
    assert [day.answers.get("horsturz") for day in diary.days.values()] == [2, 3, None, None]
    assert [day.answers.get("fussschmerz") for day in diary.days.values()][2] == 2
    assert {entry.to_line() for entry, _ in diary.lines} == set(lines), "not a letter is changed"
