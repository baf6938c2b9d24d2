"""What an undo brings back is what was there: also where it came from."""

import datetime as dt
from pathlib import Path

import pytest

from landward.app.write.undo import undo
from landward.model.base import BadInput
from landward.model.bodies import CheckIn
from landward.model.diary import fold
from landward.model.moment import Moment
from landward.vault import Vault
from landward.vault.cost import CHEAPEST
from making import entry

DAY = dt.date(2026, 3, 1)
SCALES = {"day": "0..10 better down"}


def moment(minute: int) -> Moment:
    return Moment(at=dt.datetime(2026, 3, 2, 9, minute, tzinfo=dt.UTC), zone="UTC")


@pytest.mark.parametrize("origin", ["filled in later", "import:elsewhere", "app", "undo, app"])
def test_what_comes_back_keeps_where_it_came_from(tmp_path: Path, origin: str) -> None:
    first, second = (CheckIn(asked=("day",), answers={"day": n}, scales=SCALES) for n in (3, 7))
    written = entry(first, DAY, key="1", origin=origin)
    corrected = entry(second, DAY, key="2", replaces=(written.id,))
    corrected = corrected.but(recorded_at=moment(0).at)
    with Vault.create(tmp_path / "my.vault", "words", cost=CHEAPEST)[0] as vault:
        vault.append([written])
        vault.append([corrected])
        undo(vault, moment(1))
        day = fold(vault.entries()).days[DAY]
        assert day.answers == {"day": 3}
        assert day.filled_in_later == (origin == "filled in later")
        if origin != "undo, app":
            undo(vault, moment(2))  # the act before, not the undo
            with pytest.raises(BadInput, match="nothing to undo"):
                undo(vault, moment(3))
