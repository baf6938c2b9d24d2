"""Windows, waves and lasting changes, as JSON."""

from typing import Any

from landward.model.readings import DiaryWaves
from landward.report.readings.waves import sentence


def as_json(found: DiaryWaves) -> dict[str, Any]:
    """The shape of `waves --json`"""
    reading = found.reading
    newest = len(reading.days) - found.too_early

    def iso(position: int) -> str:
        return reading.date_of(position).isoformat()

    return {
        "coverage": {"days": len(reading.days), "answered": reading.answered},
        "scale": [int(end) if float(end).is_integer() else end for end in reading.scale],
        "items": list(found.items),
        "turned": found.turned,
        "method": reading.method,
        "days": [
            {
                "date": iso(position),
                "severity": day.severity,
                "state": str(day.state),
                "p_window": day.p_window,
                "p_wave": day.p_wave,
                "baseline": day.baseline,
                "too_early": position >= newest,
            }
            for position, day in enumerate(reading.days)
        ],
        "spells": [
            {
                "state": str(spell.state),
                "start": iso(spell.start),
                "end": iso(spell.end),
                "days": spell.days,
                "amplitude": spell.amplitude,
                "start_interval": [iso(p) for p in spell.start_interval],
                "end_interval": [iso(p) for p in spell.end_interval],
            }
            for spell in reading.spells
        ],
        "level_shifts": [
            {
                "date": iso(shift.index),
                "before": shift.before,
                "after": shift.after,
                "interval": [iso(p) for p in shift.interval],
                "stays": shift.stays,
            }
            for shift in reading.level_shifts
        ],
        "sentence": sentence(found),
    }
