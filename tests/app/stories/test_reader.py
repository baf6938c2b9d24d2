"""Whatever somebody pastes in: never an error, never the network, never a guess."""

import socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landward.app.stories.read_story import read_story, spans_of_lines, tokens_of
from landward.app.stories.reader import story_reader


@given(st.text(max_size=600))
@settings(max_examples=60, deadline=None)
def test_any_text_is_read_and_places_are_true(text):
    reading = read_story(text)
    for one in (*reading.findings, *reading.drugs, *reading.steps):
        assert 0 <= one.start < one.end <= len(text)
    assert all(0 <= one.confidence <= 1 for one in reading.findings)


@given(st.lists(st.text(alphabet=st.characters(exclude_characters="\n"), max_size=80), max_size=8))
@settings(max_examples=40, deadline=None)
def test_as_many_answers_as_lines_and_places_inside_them(lines):
    found = list(spans_of_lines(iter(lines)))
    assert len(found) == len(lines)
    for line, spans in zip(lines, found, strict=True):
        assert all(0 <= a < b <= len(tokens_of(line)) for a, b, _ in spans)


def test_a_line_of_a_hundred_thousand_words():
    (spans,) = spans_of_lines(iter(["nausea , headaches , " * 25_000]))
    assert len(spans) > 1000


@pytest.mark.parametrize(
    "text",
    [
        "Ich habe seit drei Wochen Angst, und der Arzt sagt, es ist nicht das Valium.",
        "Llevo tres meses sin dormir y el médico no me cree, pero es por la pastilla que dejé.",
        "Я не сплю уже третью неделю после отмены.",
    ],
)
def test_another_language_is_said_and_not_guessed(text):
    reading = read_story(text)
    assert reading.language == "other" and reading.findings == () and "English" in reading.notice


def test_words_about_dying_bring_help_now_and_no_score():
    reading = read_story("I have insomnia. Some nights I want to die.")
    assert reading.help_now
    assert not read_story("I have insomnia and my sister died in 2010.").help_now


def test_html_and_quotes_within_quotes():
    text = "<p>She said: \"he told me 'you have <b>tinnitus</b>', and I did\"</p><script>x</script>"
    found = read_story(text).findings
    assert [text[one.start : one.end] for one in found if one.symptom == "tinnitus"] == ["tinnitus"]


def test_a_page_s_program_is_not_read_and_marks_are_not_part_of_a_symptom():
    text = "<p>I had “terrible ‘brain zaps’”.</p><script>alert('nausea')</script>"
    assert [one.text for one in read_story(text).findings] == ["brain zaps"]


def test_nothing_found_is_an_answer():
    assert read_story("The bus was late and we walked home by the river.").findings == ()


def test_no_network(monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("a story must never meet the network")

    monkeypatch.setattr(socket, "socket", refuse)
    assert read_story("I took Valium and had terrible insomnia.").findings


def test_the_same_story_is_read_the_same_way_twice():
    text = "I came off klonopin and had brain zaps, nausea and a head full of cotton wool."
    assert read_story(text) == read_story(text)
    assert story_reader() is story_reader()
