"""A name given twice is refused as the registry is made, and the refusal names it."""

import pytest

from landward.model.registry import EachNameOnce, NameTaken, by_name


def test_things_stand_under_their_names_in_order() -> None:
    assert dict(by_name("letters", ["b", "a"], str.upper)) == {"B": "b", "A": "a"}


def test_a_name_used_twice_is_refused_by_name() -> None:
    with pytest.raises(NameTaken, match="two letters are called “A”"):
        by_name("letters", ["a", "b", "A"], str.upper)


def test_a_line_given_twice_in_a_class_is_refused_by_name() -> None:
    with pytest.raises(NameTaken, match="two lines of Settings are called “theme”"):
        exec("class Settings(metaclass=Once):\n theme = 1\n theme = 2", {"Once": EachNameOnce})


def test_every_list_that_grows_refuses_a_second_thing_of_a_name() -> None:
    """Settings, report blocks, readings and importers are all made by the same two refusals."""
    from landward.app.diary.settings import BY_NAME
    from landward.app.read.cards import CARDS
    from landward.exchange.registry import importers, in_order
    from landward.report.blocks.all_blocks import BLOCKS

    for what, registry in (("settings", BY_NAME), ("readings", CARDS), ("report blocks", BLOCKS)):
        first = next(iter(registry.values()))
        with pytest.raises(NameTaken, match=f"two {what} are called “{first.name}”"):
            by_name(what, (*registry.values(), first), lambda one: one.name)
    daylio = importers()["daylio"]
    with pytest.raises(NameTaken, match="two importers are called “daylio”"):
        in_order((daylio, daylio))
