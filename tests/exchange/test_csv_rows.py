"""Reading somebody's CSV by a map: every kind of wrong file gets one clear line."""

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landward.exchange.csv_rows import MAX_REFUSALS, read_csv
from landward.exchange.mapping import CsvMap, read_map
from landward.model.base import BadInput
from landward.model.bodies import CheckIn, DoseTaken
from landward.model.identity import DrugWord

MAP = """
source = "mine"
zone = "Europe/London"
[constants]
drug = "diazepam"
[date]
column = "date"
[items.anxiety]
column = "anx"
scale = [0, 3]
better = "down"
missing = ["", "NA"]
[dose]
column = "mg"
"""
RULES = read_map(MAP)


def reading(text: str, rules: CsvMap = RULES):
    return read_csv(text.encode(), rules)


def test_rows_become_check_ins_and_doses() -> None:
    found = reading("date,anx,mg\n2026-01-01,2,10\n2026-01-02,NA,9.50\n2026-01-03,0,\n")
    assert not found.refusals
    bodies = [(p.date.day, p.kind, p.body) for p in found.proposals]
    assert [(day, kind) for day, kind, _ in bodies] == [
        (1, "check_in"), (1, "dose_taken"), (2, "check_in"), (2, "dose_taken"), (3, "check_in"),
    ]  # fmt: skip
    answered = CheckIn.model_validate_json(bodies[0][2])
    assert answered.answers == {"anxiety": 2} and answered.scales == {"anxiety": "0..3 better down"}
    assert CheckIn.model_validate_json(bodies[2][2]).asked == ("anxiety",), "asked, not answered"
    assert str(DoseTaken.model_validate_json(bodies[3][2]).dose_mg) == "9.5"


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffdate,anx,mg\n2026-01-01,2,10\n",
        "date,anx,mg\r\n2026-01-01,2,10\r\n",
        "date,anx,mg\n\n2026-01-01,2,10\n,,\n",
        'date,anx,mg,note\n2026-01-01," 2 ",10,"a,b\nc"\n',
        "date,anx,mg\n2026-01-01,2,10",
    ],
    ids=["byte order mark", "Windows line ends", "blank lines", "quotes", "no last line end"],
)
def test_the_same_rows_however_they_were_saved(text: str) -> None:
    found = reading(text)
    assert [p.body for p in found.proposals] == [
        p.body for p in reading("date,anx,mg\n2026-01-01,2,10\n").proposals
    ]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("2026-02-30,2,10", "not a date"),
        ("9999-12-31,2,10", "not a day this diary"),
        ("2026-01-01,4,10", "off its scale 0–3"),
        ("2026-01-01,-1,10", "off its scale"),
        ("2026-01-01,two,10", "not a number"),
        ("2026-01-01,nan,10", "not a number"),
        ("2026-01-01,2,ten", "not a dose"),
        ("2026-01-01,2,-5", "not a dose"),
        ("2026-01-01,2,1e9", "not a dose"),
    ],
)
def test_a_line_that_cannot_be_used_is_refused_with_its_number(row: str, why: str) -> None:
    found = reading(f"date,anx,mg\n2025-12-31,1,10\n{row}\n")
    assert [(r.line, why in r.reason) for r in found.refusals] == [(3, True)], found.refusals


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"date,anx,mg\n", "no rows"),
        (b"date,anx\n2026-01-01,2\n", "no column “mg”"),
        (b"\xff\xfe\x00d", "not UTF-8"),
        (b"\x00\x01\x02", "no column"),
    ],
    ids=["empty", "only a header", "a column missing", "not text", "junk"],
)
def test_a_wrong_file_is_one_clear_line(data: bytes, why: str) -> None:
    with pytest.raises(BadInput, match=why) as caught:
        read_csv(data, RULES)
    assert "\n" not in str(caught.value)


def test_a_million_junk_lines_end_early() -> None:
    found = reading("date,anx,mg\n" + "junk,junk,junk\n" * 1_000_000)
    assert len(found.refusals) == MAX_REFUSALS and not found.proposals
    assert found.lines < 1000


TWICE = "date,anx,mg\n2026-01-01,1,\n2026-01-01,3,\n2026-01-02,1,\n2026-01-02,1,\n"


@pytest.mark.parametrize(("choice", "value"), [("first", 1), ("last", 3)])
def test_two_rows_for_one_day_are_resolved_as_the_map_says_and_told(
    choice: str, value: int
) -> None:
    found = reading(TWICE, read_map(f'on_duplicate = "{choice}"\n' + MAP))
    assert CheckIn.model_validate_json(found.proposals[0].body).answers == {"anxiety": value}
    assert found.remarks == (
        f"2026-01-01 stands on lines 2 and 3; the {choice} one is used",
        "2026-01-02 stands on lines 4 and 5; they agree",
    )


def test_two_different_rows_for_one_day_are_refused_unless_the_map_decides() -> None:
    found = reading(TWICE)
    assert [(r.line, "different answers" in r.reason) for r in found.refusals] == [
        (2, True),
        (3, True),
    ]
    assert [question.choices for question in found.questions] == [("first", "last")]


INTAKES = """
source = "my phone"
[constants]
drug = "clonazepam"
[date]
column = "date"
[dose]
column = "mg"
"""


@pytest.mark.parametrize("choice", ["refuse", "first", "last"])
@pytest.mark.parametrize("amounts", [("0.5", "0.5", "0.5"), ("0.5", "0.5", "1")])
def test_several_doses_of_a_day_are_all_of_them(choice: str, amounts: tuple[str, ...]) -> None:
    rules = read_map(f'on_duplicate = "{choice}"\n' + INTAKES)
    rows = "".join(f"2026-03-0{day},{mg}\n" for day in (1, 2) for mg in amounts)
    found = reading("date,mg\n" + rows + "2026-03-03,1.5\n", rules)
    doses = [(p.date.day, DoseTaken.model_validate_json(p.body)) for p in found.proposals]
    assert [str(dose.dose_mg) for day, dose in doses if day == 1] == list(amounts)
    assert [dose.day_total for _, dose in doses] == [False] * 6 + [True], "one row is the day's"
    assert len({p.row_key for p in found.proposals}) == 7 and not found.refusals


def test_a_row_of_answers_written_twice_word_for_word_is_one_dose() -> None:
    found = reading("date,anx,mg\n2026-01-01,1,5\n2026-01-01,1,5\n")
    assert [p.kind for p in found.proposals] == ["check_in", "dose_taken"]
    assert found.remarks == ("2026-01-01 stands on lines 2 and 3; they agree",)


def meant(word: str) -> DrugWord:
    if word == "Valium":
        return DrugWord(drug="diazepam", own_word=word)
    return DrugWord(drug=word, near=("diazepam",) if word == "diazepan" else ())


@pytest.mark.parametrize("named", ["constants", "column"])
def test_a_brand_in_the_map_or_in_a_column_is_its_drug(named: str) -> None:
    text = INTAKES.replace("clonazepam", "Valium")
    if named == "column":
        text = text.replace('column = "mg"', 'column = "mg"\ndrug = "medicine"')
    found = read_csv(b"date,mg,medicine\n2026-03-01,5,Valium\n", read_map(text), meant)
    dose = DoseTaken.model_validate_json(found.proposals[0].body)
    assert (dose.drug, dose.own_word) == ("diazepam", "Valium")
    assert found.proposals[0].version == 2, "an older Landward keeps it and does not misread it"


def test_a_name_nobody_knows_is_kept_and_said() -> None:
    rules = read_map(INTAKES.replace("clonazepam", "diazepan"))
    found = read_csv(b"date,mg\n2026-03-01,5\n2026-03-02,5\n", rules, meant)
    assert DoseTaken.model_validate_json(found.proposals[0].body).drug == "diazepan"
    (remark,) = found.remarks
    assert "Did you mean diazepam?" in remark and "kept as a medicine of its own" in remark


def test_a_row_without_its_medicine_is_refused() -> None:
    rules = read_map(INTAKES.replace('column = "mg"', 'column = "mg"\ndrug = "medicine"'))
    found = read_csv(b"date,mg,medicine\n2026-03-01,5,\n", rules)
    assert "no medicine is named" in found.refusals[0].reason


def test_day_numbers_count_from_the_start() -> None:
    rules = read_map(MAP.replace('column = "date"', 'column = "n"\nstart = 2012-08-13'))
    found = reading("n,anx,mg\n1,0,150\n239,1,0\n", rules)
    assert {p.date for p in found.proposals} == {dt.date(2012, 8, 13), dt.date(2013, 4, 8)}


def test_only_rows_that_pass_the_filter_are_read() -> None:
    rules = read_map(MAP + '[filter]\nid = "b"\n')
    found = reading("id,date,anx,mg\na,2026-01-01,9,9\nb,2026-01-02,1,\n", rules)
    assert [p.date.day for p in found.proposals] == [2] and not found.refusals
    with pytest.raises(BadInput, match="no row where id = b"):
        reading("id,date,anx,mg\na,2026-01-01,1,1\n", rules)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (("scale = [0, 3]", "scale = [3, 0]"), "items.anxiety"),
        (("better = ", "bettr = "), "bettr"),
        (("[date]", "[dates]"), "dates|date"),
        (('drug = "diazepam"', ""), "must name the drug"),
        (("Europe/London", "Atlantis"), "not a time zone"),
        (("[dose]", "dose]"), "not valid TOML"),
    ],
)
def test_a_wrong_map_names_what_is_wrong(change: tuple[str, str], why: str) -> None:
    with pytest.raises(BadInput, match=why) as caught:
        read_map(MAP.replace(*change), "my.toml")
    assert str(caught.value).startswith("my.toml")


@given(st.binary(max_size=400))
def test_no_bytes_crash_the_reader(data: bytes) -> None:
    with contextlib.suppress(BadInput):
        read_csv(b"date,anx,mg\n" + data, RULES)


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("3/4/2021,13/4/2021", "“13/4/2021” in column C fits no other way"),
        ("13/4/2021,3/14/2021", "“13/4/2021” (column B) can only be day first"),
        ("3/4/2021,4/5/2021", "“3/4/2021” in column B, and every other date here"),
    ],
)
def test_days_across_are_named_by_their_column(head: str, said: str) -> None:
    rules = read_map(MAP.split("[dose]", maxsplit=1)[0])
    try:
        found = reading(f"What,{head}\nanx,1,2\n", rules)
        told = " ".join((*found.remarks, *(one.words for one in found.questions)))
    except BadInput as refused:
        told = str(refused)
    assert said in told
    assert "line" not in told
