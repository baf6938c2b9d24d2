"""No template holds a sentence that another language could not say."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from landward.web.http.template_words import Plural

TEMPLATES = Path(__file__).parents[2] / "src" / "landward" / "web" / "templates"

NOT_YET: frozenset[str] = frozenset({"journey.html"})
"""Templates that are being rebuilt: they are swept when that is done."""

ENGLISH = Environment(extensions=[Plural], trim_blocks=True, lstrip_blocks=True, autoescape=True)
NO_WORDS = re.compile(r'[a-z0-9_:.-]*|/\S*|([a-z-]+(="[^"]*")?[ ]?)+')
"""An id, an address, or the attributes of a field."""


def unmarked(source: str) -> list[str]:
    """Strings in expressions that read like words and are not `_('so')`."""
    tree = ENGLISH.parse(source)
    apart = {id(one) for kind in (nodes.Compare, nodes.Getitem) for node in tree.find_all(kind)
             for one in node.find_all(nodes.Const)}  # fmt: skip
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "_":
            apart |= {id(one) for one in call.args}
    return [
        one.value
        for one in tree.find_all(nodes.Const)
        if isinstance(one.value, str) and id(one) not in apart
        and re.search(r"[A-Za-z]{2}", one.value) and not NO_WORDS.fullmatch(one.value)
    ]  # fmt: skip


@pytest.mark.parametrize("name", sorted({p.name for p in TEMPLATES.glob("*.html")} - NOT_YET))
def test_every_string_of_words_is_marked(name: str) -> None:
    assert unmarked((TEMPLATES / name).read_text("utf-8")) == []


def test_an_unmarked_one_is_found() -> None:
    source = "{{ field('mg', 'Milligrams a day', hint=_('As written'), attrs='maxlength=\"9\"') }}"
    assert unmarked(source) == ["Milligrams a day"]
    assert unmarked("{{ 'Today' if day == 'today' else d['One two'] }}<p class='x'>") == ["Today"]


def test_the_list_of_templates_that_wait_is_true() -> None:
    assert {name for name in NOT_YET if (TEMPLATES / name).exists()} == NOT_YET
