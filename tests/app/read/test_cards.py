"""The registry of readings: a reading declared once is a command, a page and JSON."""

import importlib
from pathlib import Path

import pytest

from landward.app import read
from landward.app.read.cards import CARDS, DECLARED, reading_of
from landward.app.read.reading import Reading
from landward.cli.main import COMMANDS
from landward.model.registry import NameTaken, by_name
from landward.web.pages import feelings_seen
from landward.web.pages.readings import PAGES


def test_every_reading_of_every_file_has_its_card() -> None:
    """A reading without a card would be no command and no page, unseen."""
    found = {}
    for path in Path(read.__file__).parent.glob("*.py"):
        module = importlib.import_module(f"landward.app.read.{path.stem}")
        found |= {x.name: x for x in vars(module).values() if isinstance(x, Reading)}
    assert found == {card.name: reading_of(card) for card in DECLARED}


def test_each_card_is_a_command_and_each_declared_one_a_page() -> None:
    commands = {name: (target, line) for name, target, _, line in COMMANDS}
    for card in CARDS.values():
        assert commands[card.name][1] == card.line
    own = [page.path for page in feelings_seen.PAGES]
    assert own == [f"/journey/{card.name}" for card in DECLARED if card.own_page]
    made = [f"/journey/{card.name}" for card in DECLARED if not card.own_page]
    assert [page.path for page in PAGES] == made
    assert [card.name for card in DECLARED] == ["feelings", "course", "helped"]
    assert all(card.link for card in DECLARED)


def test_a_name_used_twice_is_refused_by_name() -> None:
    with pytest.raises(NameTaken, match="two readings are called “course”"):
        by_name("readings", (CARDS["course"],) * 2, lambda card: card.name)
