"""`landward facts` and `landward crisis`, as a script sees them."""

import json

import pytest

from landward.cli.main import run


def out(capsys, *arguments: str) -> str:
    assert run(arguments) == 0
    return capsys.readouterr().out


def test_show_reads_like_a_page(capsys):
    text = out(capsys, "facts", "show", "Klonopin")
    assert text.startswith("clonazepam\n")
    assert "Do not stop suddenly" in text
    assert "From 0.5 to 4 mg, depending on the table." in text
    assert all(len(line) <= 120 for line in text.splitlines())


def test_show_as_json_keeps_exact_doses_as_text(capsys):
    page = json.loads(out(capsys, "facts", "show", "clonazapam", "--json"))
    assert page["drug"]["id"] == "clonazepam"
    assert page["equals_10_mg_diazepam"]["low_mg"] == "0.5"
    assert page["half_life_h"][0]["typical"] == 38
    assert {row["strength"] for row in page["products"] if row["country"] == "CA"} == {
        "0.25", "0.5", "1", "2",
    }  # fmt: skip
    assert all(source["read"] for source in page["sources"])


def test_all_shows_notes_and_sources(capsys):
    text = out(capsys, "facts", "show", "diazepam", "--all")
    assert "what was read of it" in text and "off-licence" in text


def test_check_counts_and_finds_nothing_wrong(capsys):
    report = json.loads(out(capsys, "facts", "check", "--json"))
    assert report["errors"] == []
    assert report["tables"]["claims"]["rows"] == 112
    text = out(capsys, "facts", "check")
    assert "0 errors" in text and "No row was reviewed by a clinician yet." in text


def test_cite_shows_the_row_and_what_was_read(capsys):
    text = out(capsys, "facts", "cite", "eq.clonazepam.ashton2002")
    assert "value             0.5" in text
    assert "NHSSCOT-EQ" in text and "Read:" in text
    cited = json.loads(out(capsys, "facts", "cite", "FDA-2020", "--json"))
    assert cited["row"] is None and cited["sources"][0]["key"] == "FDA-2020"


def test_search_finds_how_people_say_it(capsys):
    assert "electric_shock_sensations" in out(capsys, "facts", "search", "brain", "zaps")
    assert json.loads(out(capsys, "facts", "search", "qqqq", "--json")) == {"hits": []}
    assert "Nothing fits" in out(capsys, "facts", "search", "qqqq")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("facts", "show", "tylenol"), "no drug called “tylenol”"),
        (("facts", "show", "clorazepam"), "could be"),
        (("facts", "cite", "NOBODY-1999"), "no source or row"),
    ],
)
def test_what_cannot_be_found_is_one_clear_line(capsys, arguments, says):
    assert run(arguments) == 2
    caught = capsys.readouterr()
    assert caught.out == "" and says in caught.err and caught.err.count("\n") == 1


def test_crisis_needs_nothing_and_puts_the_emergency_number_first(capsys):
    lines = out(capsys, "crisis", "gb").splitlines()
    assert "call 999 now" in lines[0]
    assert lines[2].startswith("999") and "Samaritans" in lines[3]
    assert "Nobody dialled them" in lines[-1] or "Nobody dialled them" in lines[-2]


def test_crisis_for_a_country_nobody_listed_has_general_words(capsys):
    text = out(capsys, "crisis", "ZZ")
    assert "112, 911 or 999" in text
    assert json.loads(out(capsys, "crisis", "ZZ", "--json"))["lines"] == []


def test_crisis_alone_lists_countries(capsys):
    assert "GB  United Kingdom" in out(capsys, "crisis")
    assert len(json.loads(out(capsys, "crisis", "--json"))["countries"]) >= 18


def test_safety_answers_with_rule_and_source(capsys):
    text = out(capsys, "safety", "together", "lorazepam", "oxycodone", "omeprazole")
    assert "ix.opioids: FDA-2016" in text
    assert "Nothing is written here about omeprazole" in text
    text = out(capsys, "safety", "dependence", "diazepam", "--days-per-week", "7", "--months", "6")
    assert "dep.long: ASAM-2025" in text and "Do not stop suddenly" in text
    assert "call 999 now" in out(capsys, "safety", "now", "ran_out", "--country", "gb")
    notes = json.loads(out(capsys, "safety", "driving", "--country", "GB", "--json"))["notes"]
    assert notes[0]["rule"] == "drive.general.sleepy"


def test_safety_refuses_what_cannot_be(capsys):
    assert run(("safety", "dependence", "diazepam", "--days-per-week", "9")) == 2
    assert "9 days a week cannot be" in capsys.readouterr().err
