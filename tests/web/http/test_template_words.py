"""Templates are their own messages: found as they are written, put into a language as compiled."""

import gettext

import pytest
from jinja2 import DictLoader

from landward.model.said import ENGLISH, Catalogue, phrase
from landward.web.http.template_words import WordsEnvironment, messages


class Upper(gettext.NullTranslations):
    """A language that shouts, and turns “Next: {when}.” round."""

    def gettext(self, message: str) -> str:
        if message == "Next: {next_dose}. <1>All {n} doses</1>":
            return "<1>ALL {n}</1>; {next_dose} IS NEXT"
        if message == "lost {x}":
            return "LOST"
        parts = message.replace("{", "\0{").replace("}", "}\0").split("\0")
        return "".join(p if p.startswith("{") else p.upper() for p in parts)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


LOUD = Catalogue("xx", Upper())


def render(source: str, catalogue: Catalogue = LOUD, **values: object) -> str:
    loader = DictLoader({"page": source})
    environment = WordsEnvironment(catalogue, loader=loader, autoescape=True, trim_blocks=True)
    return environment.get_template("page").render(values)


FOUND = [
    ("<p>Next: {{ next_dose }}. <a href='/d?x={{ y }}'>All {{ n }} doses</a></p>",
     ["Next: {next_dose}. <1>All {n} doses</1>"]),
    ("<h1>Journey</h1><p class='quiet'>A\n  line.</p>", ["Journey", "A line."]),
    ("<a class='b' href='/x'>Only this</a>", ["Only this"]),
    ("<b>{{ drug }}</b> <em>{{ mg }}</em>, {{ x }}", []),
    ("<input title='A title' placeholder='Find' value='Value' name='Name'>", ["A title", "Find"]),
    ("<a aria-label='Change {{ dose }}'>Change</a>", ["Change {dose}", "Change"]),
    ("{% if a %}One.{% else %}Two.{% endif %} Three.", ["One.", "Two.", "Three."]),
    ("<a{% if here %} aria-current='page'{% endif %}>Library</a>", ["Library"]),
    ("<script>var words = 'no <b>words</b>';</script><style>p { color: red }</style>End", ["End"]),
    ("{{ field('name', _('Its label')) }}", ["Its label"]),
    ("{% block shape %}wide{% endblock %}{% block main %}Words{% endblock %}", ["Words"]),
    ("&nbsp;·&amp; {{ x }}", []),
    ("{{ a.b|length }} of {{ a.b|length }} and {{ c.b }}", ["{a_b} of {a_b} and {c_b}"]),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), FOUND)
def test_the_sentences_of_a_template_are_found(source: str, expected: list[str]) -> None:
    assert [one.one for one in messages(source)] == expected


@pytest.mark.parametrize(("source", "_"), FOUND)
def test_english_is_written_as_it_stands(source: str, _: list[str]) -> None:
    from jinja2 import Environment

    values = {"a": {"b": [1]}, "c": {"b": 2}, "field": lambda *a: "".join(a), "_": str,
              "next_dose": "<22:00>", "n": 2}  # fmt: skip
    plain = Environment(autoescape=True, trim_blocks=True).from_string(source)
    assert render(source, ENGLISH, **{k: v for k, v in values.items() if k != "_"}) == plain.render(
        values
    )


def test_a_language_may_turn_a_sentence_round_and_values_stay_escaped() -> None:
    source = "<p>Next: {{ next_dose }}. <a href='/d?x={{ y }}'>All {{ n }} doses</a></p>"
    made = render(source, next_dose="<b>", y="1&2", n=3)
    assert made == "<p><a href='/d?x=1&amp;2'>ALL 3</a>; &lt;b&gt; IS NEXT</p>"


def test_a_translation_that_lost_a_value_is_not_used() -> None:
    assert render("<p>lost {{ x }}</p>", x=5) == "<p>lost 5</p>"


def test_what_counts_is_one_message_with_two_forms() -> None:
    source = "<b>{% plural n %}{{ n }} day{% many %}{{ n }} days of {{ who }}{% endplural %}</b>"
    (found,) = messages(source)
    assert (found.one, found.many) == ("{n} day", "{n} days of {who}")
    assert render(source, n=1, who="<i>") == "<b>1 DAY</b>"
    assert render(source, n=2, who="<i>") == "<b>2 DAYS OF &lt;i&gt;</b>"
    assert render(source, ENGLISH, n=2, who="<i>") == "<b>2 days of &lt;i&gt;</b>"


def test_what_code_said_is_put_into_the_language_and_a_persons_words_are_not() -> None:
    made = render("<p>{{ a }}</p><p>{{ b }}</p>", a=phrase("kept {n}", n="<2>"), b="kept 2")
    assert made == "<p>KEPT &lt;2&gt;</p><p>kept 2</p>"
    assert render("<html lang='{{ lang }}'>") == "<html lang='xx'>"


@pytest.mark.parametrize("source", ["{{ _(name) }}", "{{ _('a', 'b') }}"])
def test_a_string_that_cannot_be_collected_is_an_error(source: str) -> None:
    with pytest.raises(TypeError, match="one string"):
        messages(source)
