"""The only reader of the reviewed tables: typed rows, look-ups by any name, citations, checks."""

from landward.catalog.catalog import Catalog, load_catalog
from landward.catalog.checks import CheckReport, check_tables
from landward.catalog.recompute import Recomputed, recompute
from landward.catalog.search import Hit

__all__ = [
    "Catalog",
    "CheckReport",
    "Hit",
    "Recomputed",
    "check_tables",
    "load_catalog",
    "recompute",
]
