import gc
import weakref

import pytest

from landward.model.collector import Aside, collector_resting


class Node:
    """Something that can hold itself."""

    def __init__(self) -> None:
        self.me: Node | None = None


def test_nothing_is_collected_inside_and_nothing_searched_right_after() -> None:
    began: list[int] = []
    gc.collect()
    gc.callbacks.append(lambda phase, info: began.append(info["generation"]))
    try:
        with collector_resting():
            kept = [[number] for number in range(50_000)]
        [[number] for number in range(100)]
    finally:
        gc.callbacks.pop()
    assert began == [] and len(kept) == 50_000


def test_a_cycle_made_inside_is_found_by_the_next_full_collection() -> None:
    with collector_resting():
        node = Node()
        node.me = node
        gone = weakref.ref(node)
        del node
    assert gone() is not None
    gc.collect()
    assert gone() is None


def test_where_the_server_set_things_aside_what_is_read_is_set_aside_with_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = gc.get_freeze_count()
    monkeypatch.setattr(Aside, "kept", True)
    gc.freeze()
    try:
        aside = gc.get_freeze_count()
        with collector_resting():
            kept = [[number] for number in range(50_000)]
        assert gc.get_freeze_count() >= aside + len(kept)
        del kept
        assert gc.get_freeze_count() < aside + 25_000, "it goes when the last one lets go of it"
    finally:
        gc.unfreeze()
    assert before == 0


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with collector_resting():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
