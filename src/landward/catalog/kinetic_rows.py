"""One substance's kinetic rows of one drug: which number to compute with, and its source."""

import math

from landward.catalog.catalog import Catalog
from landward.catalog.populations import about_adults
from landward.model.drugs import KineticClaim
from landward.model.kinetics import absorption_rate_from_peak

_PERCENT = 100.0


class KineticRows:
    """One substance's claims of one drug, with a note of which sources were used."""

    def __init__(self, catalog: Catalog, drug: str, substance: str, weight_kg: float) -> None:
        self._claims = catalog.kinetics(drug, substance)
        self._weight_kg = weight_kg
        self.used: set[str] = set()
        self.from_peak = False

    def _pick(self, parameter: str, route: str | None = None) -> KineticClaim | None:
        """The row to compute with: the default, else the only one with a number."""
        fitting = [
            row for row in self._claims if row.parameter == parameter and route in {None, row.route}
        ]
        chosen = [row for row in fitting if row.is_default] or (
            fitting if len(fitting) == 1 else []
        )
        return chosen[0] if chosen and middle(chosen[0]) is not None else None

    def number(self, parameter: str, route: str | None = None) -> float | None:
        """The number to compute with (the middle of a range), or None."""
        row = self._pick(parameter, route)
        if row is None:
            return None
        self.used.update(row.source)
        return middle(row)

    def clearance_and_volume(self) -> tuple[float | None, float | None, bool]:
        """Clearance (L/h), volume (L) and whether they are apparent oral values (over F).

        A pair of oral values comes first, then a pair by injection, then volume and half-life.
        """
        for route in ("oral", "iv"):
            clearance, volume = self._clearance(route), self._volume(route)
            if clearance and volume:
                return clearance, volume, route == "oral"
        half_life = self.number("half_life_h")
        for route in ("oral", "iv"):
            volume, clearance = self._volume(route), self._clearance(route)
            if volume and half_life:
                return volume * math.log(2) / half_life, volume, route == "oral"
            if clearance and half_life:
                return clearance, clearance * half_life / math.log(2), route == "oral"
        return self._clearance(None), self._volume(None), False

    def _clearance(self, route: str | None) -> float | None:
        litres = self.number("clearance_l_h", route)
        if litres is not None:
            return litres
        millilitres = self.number("clearance_ml_min", route)
        if millilitres is not None:
            return millilitres * 60.0 / 1000.0
        per_kg = self.number("clearance_ml_min_kg", route)
        return None if per_kg is None else per_kg * self._weight_kg * 60.0 / 1000.0

    def _volume(self, route: str | None) -> float | None:
        litres = self.number("volume_l", route)
        if litres is not None:
            return litres
        per_kg = self.number("volume_l_kg", route)
        return None if per_kg is None else per_kg * self._weight_kg

    def absorption(self, clearance: float | None, volume: float | None) -> float | None:
        """The absorption rate per hour, else the one that puts the peak where it was seen."""
        rate = self.number("absorption_rate_per_h")
        if rate is not None or not (clearance and volume):
            return rate
        peaks = [row for row in self._claims if row.parameter == "tmax_h" and middle(row)]
        if not peaks:
            return None
        first = next((row for row in peaks if row.is_default), peaks[0])
        self.used.update(first.source)
        self.from_peak = True
        return absorption_rate_from_peak(middle(first) or 1.0, clearance / volume)

    def bioavailability(self) -> float | None:
        """The share of a dose that reaches the blood, 0 to 1, or None."""
        percent = self.number("bioavailability_percent")
        return None if percent is None else percent / _PERCENT

    def half_life(self) -> tuple[float, float, float] | None:
        """The lowest, the usual and the highest half-life any source gives for adults, hours."""
        rows = [r for r in self._claims if r.parameter == "half_life_h" and about_adults(r)]
        ends = [end for row in rows for end in (row.low, row.value, row.high) if end is not None]
        usual = next((middle(row) for row in rows if row.is_default), None)
        if not ends or usual is None:
            return None
        for row in rows:
            self.used.update(row.source)
        return min(ends), usual, max(ends)


def middle(row: KineticClaim) -> float | None:
    """The one number of a claim: its value, else the middle of what it gives, or None."""
    if row.value is not None:
        return row.value
    ends = [end for end in (row.low, row.high) if end is not None]
    return sum(ends) / len(ends) if ends else None
