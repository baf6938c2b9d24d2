"""Guideline files: the header speaks for every rule that does not say otherwise."""

from pathlib import Path
from typing import Any

from landward.catalog.read import as_fields, read_toml
from landward.model.guidelines import Guideline

_INHERITED = ("source", "licence", "status", "country")


def guideline_fields(raw: dict[str, Any]) -> dict[str, Any]:
    """A parsed guideline file as the fields of `Guideline`, the header's values handed down."""
    header = as_fields({key: value for key, value in raw.items() if key != "rule"})
    rules = []
    for rule in raw.get("rule", []):
        inherited = {key: header[key] for key in _INHERITED if key in header}
        rules.append({"guideline": header.get("key"), **inherited, **as_fields(rule)})
    return {**header, "rules": rules}


def read_guidelines(folder: Path) -> tuple[Guideline, ...]:
    """Every file of `guidelines/`, by key. Raises ValidationError where one is not sound."""
    paths = sorted((folder / "guidelines").glob("*.toml"))
    return tuple(Guideline.model_validate(guideline_fields(read_toml(path))) for path in paths)
