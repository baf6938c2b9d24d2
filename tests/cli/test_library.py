"""`landward library`, as a person and a script see it."""

import json

import pytest

from landward.cli.main import run


def out(capsys, *arguments: str) -> str:
    assert run(arguments) == 0
    return capsys.readouterr().out


def test_every_question_is_listed_and_can_be_read(capsys):
    topics = json.loads(out(capsys, "library", "list", "--json"))["topics"]
    keys = [one["key"] for topic in topics for one in topic["questions"]]
    assert len(keys) == len(set(keys)) >= 43
    listed = out(capsys, "library", "list")
    assert all(f"  {key} " in listed for key in keys)


def test_a_page_is_found_by_a_question_in_ones_own_words(capsys):
    text = out(capsys, "library", "read", "how long does the numbness last")
    assert text.startswith("How long does the numbness last?\n")
    assert "What is not known" in text and "When to see a doctor" in text
    assert "Do not stop suddenly" in text
    assert all(len(line) <= 80 for line in text.splitlines())


def test_the_hardest_page_opens_with_help(capsys):
    lines = out(capsys, "library", "read", "suicide").splitlines()
    assert lines[3].startswith("Help now")


def test_a_claim_is_shown_by_its_id_with_verdict_and_why(capsys):
    text = out(capsys, "library", "claims", "000-22")
    assert "Verdict   Not supported as worded" in text and "Why       Sources" in text
    assert "claim.000-22" in out(capsys, "library", "claims")


def test_how_sure_it_is_stands_in_the_check_too(capsys):
    sure = json.loads(out(capsys, "library", "sure", "--json"))
    assert sure["plain"] in " ".join(out(capsys, "facts", "check").split())
    assert json.loads(out(capsys, "facts", "check", "--json"))["sure"] == sure
    assert sure["plain"] in " ".join(out(capsys, "library", "sure").split())


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("library", "read", "zzzzzz"), "no page is called “zzzzzz”"),
        (("library", "claims", "999-99"), "no claim is called “999-99”"),
    ],
)
def test_what_is_not_there_is_one_clear_line(capsys, arguments, says):
    assert run(arguments) == 2
    caught = capsys.readouterr()
    assert caught.out == "" and says in caught.err and caught.err.count("\n") == 1
