"""The reviewed tables as the app hands them to its tasks."""

from landward.catalog import Catalog, load_catalog

__all__ = ["Catalog", "load_catalog"]
