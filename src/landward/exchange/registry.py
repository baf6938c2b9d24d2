"""Every importer there is, found in `importers/`; help, page, fuzzing and benchmarks ask here."""

import pkgutil
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType

from landward.exchange import importers as package
from landward.exchange.importer import Head, Importer


@cache
def importers() -> Mapping[str, Importer]:
    """Importers by name, in the order in which a file is offered to them."""
    modules = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    return by_name(import_module(f"{package.__name__}.{name}").IMPORTER for name in modules)


def by_name(found: Iterable[Importer]) -> Mapping[str, Importer]:
    """Importers by name. Raises ValueError where two have one name."""
    named: dict[str, Importer] = {}
    for one in sorted(found, key=lambda one: (one.last, one.name)):
        if one.name in named:
            raise ValueError(f"two importers are called “{one.name}”")
        named[one.name] = one
    return MappingProxyType(named)


def identify(head: Head) -> Importer | None:
    """The importer that knows a file by its beginning, or None."""
    return next((one for one in importers().values() if one.identify(head)), None)
