"""Giving: only what was chosen leaves, days count from the first cut, and it can be taken back."""

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landward.app.share.cohort_gather import gather
from landward.app.share.cohort_run import read_study
from landward.app.share.give import make_gift, make_withdrawal, preview_gift, to_file
from landward.engines.cohort.give import OwnDay, OwnDoses, rows_to_give
from landward.model.base import BadInput
from landward.model.bodies import CheckIn, DoseTaken, Profile
from landward.vault import Vault
from landward.vault.cost import CHEAPEST
from making import MOMENT, entry

STUDY = Path(__file__).parents[3] / "examples" / "studies" / "first-study.toml"
FIRST = date(2026, 3, 1)
TODAY = date(2026, 3, 30)
SECRET = "my sister knows"
SCALES = {
    "day": "0..10 better down",
    "insomnia": "0..4 better down",
    "own_word": "0..4 better down",
}


@pytest.fixture
def vault(tmp_path):
    made, _ = Vault.create(tmp_path / "v", "pw", now=MOMENT.at, cost=CHEAPEST)
    said = [(FIRST, Profile(fields={"country": "ca", "age_band": "40-59", "better_note": SECRET}))]
    for number in range(30):
        day = FIRST + timedelta(days=number)
        answers = {"day": number % 11, "insomnia": number % 3, "own_word": 2}
        asked = (*answers, "panic_attack")
        said.append(
            (day, CheckIn(asked=asked, answers=answers, scales=SCALES, note=SECRET, tags=("walk",)))
        )
        dose = Decimal(10) if number < 15 else Decimal(9)
        said.append((day, DoseTaken(drug="diazepam", dose_mg=dose, day_total=True)))
    made.append([entry(body, day, key=str(n)) for n, (day, body) in enumerate(said)])
    yield made
    made.lock()


def test_only_codes_and_numbers_leave(vault) -> None:
    study = read_study(STUDY)
    gift = make_gift(vault, study, preview_gift(vault, study, TODAY))
    text = to_file(gift).decode()
    for secret in (SECRET, "own_word", "walk", "2026-03", vault.device):
        assert secret not in text.replace(study.consent_text, "")
    rows = gift.rows
    assert (rows.person.zero, rows.person.first_day, rows.person.last_day) == ("first_cut", -15, 14)
    assert [(c.day, c.from_ug, c.to_ug) for c in rows.dose_changes] == [(0, 10_000, 9000)]
    asked = {(a.item, a.state) for a in rows.answers}
    assert asked == {
        ("insomnia", 0),
        ("insomnia", 1),
        ("panic_attack", 2),
        ("emotional_numbness", 2),
    }
    assert rows.person.country == "ca"
    lines = rows.lines()
    assert len(lines) == 1 + len(rows.days) + len(rows.dose_changes) + len(rows.answers)


def test_a_day_that_has_not_been_is_not_given(vault) -> None:
    study = read_study(STUDY)
    before = preview_gift(vault, study, TODAY)
    late = CheckIn(asked=("insomnia",), answers={"insomnia": 4}, scales=SCALES)
    vault.append([entry(late, TODAY + timedelta(days=300), key="late")])
    assert preview_gift(vault, study, TODAY) == before


def test_two_studies_cannot_tell_that_they_have_the_same_person(vault) -> None:
    one = read_study(STUDY)
    two = one.model_copy(update={"id": "second-study"})
    rows = preview_gift(vault, one, TODAY)
    first, second = make_gift(vault, one, rows), make_gift(vault, two, rows)
    assert first.person != second.person
    assert first.verify_key != second.verify_key
    assert make_gift(vault, one, rows) == first


def test_gathered_and_taken_back(vault, tmp_path) -> None:
    study, received = read_study(STUDY), tmp_path / "received"
    received.mkdir()
    gift = make_gift(vault, study, preview_gift(vault, study, TODAY))
    (received / "a.json").write_bytes(to_file(gift))
    assert gather(study, received, tmp_path / "pooled").items[0].id == "emotional_numbness"
    (received / "b.json").write_bytes(to_file(make_withdrawal(vault, study)))
    with pytest.raises(BadInput, match=r"no gift .* that stands"):
        gather(study, received, tmp_path / "pooled-2")
    assert not (tmp_path / "pooled-2").exists()


@pytest.mark.parametrize(
    ("how", "says"),
    [
        (lambda gift: {**gift, "person": 7}, "signature does not fit"),
        (lambda gift: {**gift, "consent_text": "anything"}, "signature does not fit"),
        (lambda gift: {**gift, "schema": "landward-gift/2"}, "landward-gift/2"),
        (lambda gift: {**gift, "note": "hello"}, "not a gift or a withdrawal"),
    ],
)
def test_a_gift_changed_on_the_way_is_named(vault, tmp_path, how, says) -> None:
    study, received = read_study(STUDY), tmp_path / "received"
    received.mkdir()
    gift = json.loads(to_file(make_gift(vault, study, preview_gift(vault, study, TODAY))))
    (received / "a.json").write_text(json.dumps(how(gift)))
    with pytest.raises(BadInput, match=says):
        gather(study, received, tmp_path / "pooled")
    assert not (tmp_path / "pooled").exists()


def test_one_person_twice_and_another_consent_are_named(vault, tmp_path) -> None:
    study, received = read_study(STUDY), tmp_path / "received"
    received.mkdir()
    gift = to_file(make_gift(vault, study, preview_gift(vault, study, TODAY)))
    (received / "a.json").write_bytes(gift)
    (received / "b.json").write_bytes(gift)
    with pytest.raises(BadInput, match=r"b\.json: this person gave twice"):
        gather(study, received, tmp_path / "pooled")
    newer = study.model_copy(update={"consent_version": "2"})
    with pytest.raises(BadInput, match="another text or version"):
        gather(newer, received, tmp_path / "pooled")


def test_nothing_to_take_back_and_own_words_asked_for_are_named(vault) -> None:
    study = read_study(STUDY)
    with pytest.raises(BadInput, match="nothing was given"):
        make_withdrawal(vault, study)
    with pytest.raises(BadInput, match="Your own words are never given"):
        preview_gift(vault, study.model_copy(update={"elements": ("own_word",)}), TODAY)
    with pytest.raises(BadInput, match="nobody can agree"):
        preview_gift(vault, study.model_copy(update={"consent_text": ""}), TODAY)


@given(
    offset=st.integers(0, 4000),
    cut=st.integers(1, 20),
    severities=st.lists(st.one_of(st.none(), st.integers(0, 10)), min_size=21, max_size=21),
)
def test_the_calendar_does_not_matter(offset, cut, severities) -> None:
    """The same days in another year give the same rows: no date is left in them."""

    def rows(start: date):
        at = [start + timedelta(days=n) for n in range(21)]
        days = {d: OwnDay(s, {"insomnia": 1.0}) for d, s in zip(at, severities, strict=True)}
        doses = OwnDoses("diazepam", {}, [(at[cut], Decimal(5), Decimal("4.5"))])
        return rows_to_give(days, doses, ("day", "doses", "insomnia"), {})

    assert rows(date(2020, 1, 1)) == rows(date(2020, 1, 1) + timedelta(days=offset))
    assert rows(date(2020, 1, 1)).person.first_day == -cut
