"""Which Landward this is. Imports nothing, so that everything may ask it."""

__version__ = "0.1.0"
