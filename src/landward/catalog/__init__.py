"""The only reader of the reviewed tables: typed rows, look-ups by any name, citations and checks."""

from landward.catalog.catalog import Catalog, load_catalog

__all__ = ["Catalog", "load_catalog"]
