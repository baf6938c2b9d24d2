"""Where values lie in a picture: slots of time across, answers upright."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Across:
    """`slots` equal slots side by side; the last one may be cut short, as a week of three days."""

    slots: float
    left: float
    width: float

    @property
    def slot(self) -> float:
        """The width of one slot."""
        return self.width / self.slots

    def edge(self, slot: float) -> float:
        """The left edge of a slot, never outside."""
        return self.left + max(0.0, min(1.0, slot / self.slots)) * self.width

    def middle(self, slot: float) -> float:
        """The middle of a slot."""
        return self.left + min(1.0, (slot + 0.5) / self.slots) * self.width


@dataclass(frozen=True, slots=True)
class Upright:
    """Values from `low` to `high` between `top` and `top + height`; small ones on top if turned."""

    low: float
    high: float
    top: float
    height: float
    turned: bool = False

    def at(self, value: float) -> float:
        """How far down a value is drawn."""
        share = (value - self.low) / (self.high - self.low)
        return self.top + self.height * (share if self.turned else 1 - share)
