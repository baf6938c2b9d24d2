"""Landward: a private diary, taper planner and doctor's report, with its science laid open."""

__version__ = "0.1.0"
