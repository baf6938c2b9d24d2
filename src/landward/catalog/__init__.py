"""The only reader of the reviewed tables: typed rows, look-ups by any name, citations, checks."""

from landward.catalog.catalog import Catalog, load_catalog
from landward.catalog.search import Hit

__all__ = ["Catalog", "Hit", "load_catalog"]
