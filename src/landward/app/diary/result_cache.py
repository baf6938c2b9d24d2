"""What was computed from an open diary, kept while it stays true, some of it begun before its time.

Used from one thread; only what `begin` is given runs in another.
"""

from collections.abc import Callable, Hashable
from concurrent.futures import Executor, Future
from typing import TypeVar

from landward.app.diary.prefetch import Prefetch

ResultT = TypeVar("ResultT")
Stamp = Hashable
"""What must be unchanged for a result to stand."""


class ResultCache:
    """Results by name, each with the stamp it was made at."""

    def __init__(self) -> None:
        self._made: dict[Hashable, tuple[Stamp, object]] = {}
        self._begun: dict[Hashable, tuple[Stamp, Prefetch[object]]] = {}

    def keep(self, name: Hashable, stamp: Stamp, make: Callable[[], ResultT]) -> ResultT:
        """The result of `make`, made once per stamp; one that was begun elsewhere is waited for."""
        if name not in self._made or self._made[name][0] != stamp:
            self._made[name] = (stamp, self._finish(name, stamp, make))
        return self._made[name][1]  # type: ignore[return-value]  # one name, one maker, one type

    def begin(
        self, name: Hashable, stamp: Stamp, make: Callable[[], object], elsewhere: Executor
    ) -> None:
        """Let another thread make what `keep` will be asked for. An earlier one is dropped."""
        if name in self._begun:
            self._begun.pop(name)[1].give_up()
        self._begun[name] = (stamp, Prefetch(make, elsewhere))

    def has(self, name: Hashable, stamp: Stamp) -> bool:
        """Whether a result is there, or on its way."""
        return any(found.get(name, ("",))[0] == stamp for found in (self._made, self._begun))

    def hurry(self, name: Hashable) -> Future[object] | None:
        """Leave out the pause of what is on its way, for someone who waits; None if nothing is."""
        if name not in self._begun:
            return None
        ahead = self._begun[name][1]
        ahead.hurry()
        return ahead.coming

    def forget(self, stamp: Stamp | None = None) -> None:
        """Drop what was made at a stamp; without one everything, begun or made."""
        if stamp is None:
            for _, ahead in self._begun.values():
                ahead.give_up()
            self._begun.clear()
            self._made.clear()
        for name in [name for name, (when, _) in self._made.items() if when == stamp]:
            del self._made[name]

    def _finish(self, name: Hashable, stamp: Stamp, make: Callable[[], ResultT]) -> object:
        begun_at, ahead = self._begun.pop(name, (None, None))
        if ahead is not None and begun_at == stamp:
            return ahead.result(make)
        if ahead is not None:
            ahead.give_up()
        return make()
