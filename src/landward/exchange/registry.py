"""Every importer there is, found in `importers/`; help, page, fuzzing and benchmarks ask here."""

import pkgutil
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module

from landward.exchange import importers as package
from landward.exchange.importer import Head, Importer
from landward.model.registry import by_name


@cache
def importers() -> Mapping[str, Importer]:
    """Importers by name, in the order in which a file is offered to them."""
    modules = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    found = [import_module(f"{package.__name__}.{name}").IMPORTER for name in modules]
    return in_order(found)


def in_order(found: Iterable[Importer]) -> Mapping[str, Importer]:
    """Importers by name, those that take what nobody knows last. Raises NameTaken."""
    by_rank = sorted(found, key=lambda one: (one.last, one.name))
    return by_name("importers", by_rank, lambda one: one.name)


def identify(head: Head) -> Importer | None:
    """The importer that knows a file by its beginning, or None."""
    return next((one for one in importers().values() if one.identify(head)), None)
