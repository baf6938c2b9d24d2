"""TOML and JSON that somebody wrote, as plain values: keys a thousand deep cost no memory here."""

import json
import tomllib
from pathlib import Path
from typing import Any

from landward.app.budget.amounts import reading_budget
from landward.app.budget.within import within
from landward.model.base import BadInput
from landward.model.said import phrase


def read_table(path: Path) -> dict[str, Any]:
    """A TOML file, or JSON where its name ends so, as text, numbers, lists and tables; a date comes
    as it is written. Raises BadInput in one line.
    """
    return within(_table, path, answer=dict[str, Any], what=path.name, budget=reading_budget(path))


def _table(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
        raw = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except FileNotFoundError:
        raise BadInput(phrase("there is no file {path}", path=path)) from None
    except (OSError, ValueError, RecursionError) as error:
        raise BadInput(phrase("{path} cannot be read: {error}", path=path, error=error)) from None
    if not isinstance(raw, dict):
        raise BadInput(phrase("{path} cannot be read: it holds no named values", path=path))
    return raw
