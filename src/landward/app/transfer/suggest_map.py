"""A map for somebody's table, column by column: what it looks like, what was chosen for it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from landward.exchange.clocks import read_clock
from landward.exchange.mapping import CsvMap, map_of
from landward.exchange.stamps import read_stamp
from landward.exchange.text_table import read_table, same_name
from landward.exchange.turned import turned
from landward.model.base import BadInput, Frozen
from landward.model.item_ids import item_of, names_something
from landward.model.said import phrase
from landward.vault import Vault

ROLES = ("leave", "date", "time", "symptom", "sleep", "dose", "drug", "note")
SCALES = ("0-3", "0-4", "0-5", "0-10", "1-5", "1-7", "1-10", "0-100")
BETTER = ("down", "up")
_LOOKED_AT = 50
_SAMPLES = 3
_MOST_COLUMNS = 60
_WORDS = {
    "sleep": ("sleep", "schlaf", "sommeil", "sueño", "sonno", "sono", "slaap", "sen"),
    "dose": ("dose", "dosis", "dosage", "mg", "dosierung"),
    "drug": ("drug", "medicine", "medication", "medikament", "médicament"),
    "note": ("note", "notes", "comment", "comments", "notiz", "notizen", "bemerkung"),
}


class Column(Frozen):
    """One column: its name, some cells, and what it is taken for until somebody says otherwise."""

    place: int
    name: str
    samples: tuple[str, ...]
    role: str
    scale: str = ""
    better: str = "down"


class Columns(Frozen):
    """All columns of a table, and the name this table goes by."""

    source: str
    columns: tuple[Column, ...]
    drug: str = ""


def columns_of(path: Path) -> Columns:
    """The columns of a table, and what each looks like. Raises BadInput."""
    table = turned(read_table(path.read_bytes()))
    names = table.header[:_MOST_COLUMNS]
    if not table.across and (day := next((n for n in names if read_stamp(n) is not None), "")):
        raise BadInput(
            phrase(
                "the first line has no names of columns, but “{day}”: write names above it, such "
                "as Date, Anxiety, and choose the file again",
                day=day[:40],
            )
        )
    cells: list[list[str]] = [[] for _ in names]
    for count, (_, row) in enumerate(table.rows()):
        for place, cell in enumerate(row[: len(names)]):
            if cell:
                cells[place].append(cell)
        if count >= _LOOKED_AT:
            break
    if not any(cells):
        raise BadInput(phrase("the file has a header but no rows"))
    source = "table " + hashlib.sha256("\n".join(map(same_name, names)).encode()).hexdigest()[:8]
    dated = False
    columns = []
    for place, name in enumerate(names):
        role = _role(name, cells[place], dated=dated)
        dated = dated or role == "date"
        columns.append(
            Column(
                place=place,
                name=name or phrase("column {place}", place=place + 1),
                samples=tuple(dict.fromkeys(cells[place]))[:_SAMPLES],
                role=role,
            )
        )
    return Columns(source=source, columns=tuple(columns))


def as_before(found: Columns, vault: Vault) -> Columns:
    """The columns with what was chosen for such a table before."""
    kept = _kept(vault, found.source)
    said = {
        f"{what}{column.place}": words
        for column in found.columns
        for what, words in kept.get(column.name, {}).items()
    }
    return chosen_from(found, {**said, **kept.get("", {})})


def _role(name: str, cells: list[str], *, dated: bool) -> str:
    if not cells:
        return "leave"
    if not dated and sum(read_stamp(cell) is not None for cell in cells) * 5 >= len(cells) * 4:
        return "date"
    parts = set(same_name(name).replace("(", " ").replace(")", " ").replace("_", " ").split())
    for role, words in _WORDS.items():
        if parts & set(words):
            return role
    if all(read_clock(cell) is not None for cell in cells):
        return "time"
    return "leave"


def _kept(vault: Vault, source: str) -> dict[str, dict[str, str]]:
    told = vault.fact(f"import map {source}")
    try:
        found = json.loads(told) if told else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def remember_map(vault: Vault, chosen: Columns) -> None:
    """Keep what was chosen, for the next file with these columns."""
    kept = {one.name: {"role": one.role, "scale": one.scale, "better": one.better}
            for one in chosen.columns}  # fmt: skip
    kept[""] = {"drug": chosen.drug}
    vault.remember(f"import map {chosen.source}", json.dumps(kept, ensure_ascii=False))


def chosen_from(found: Columns, said: Mapping[str, str]) -> Columns:
    """The columns with what a form says of them: `role0`, `scale0`, `better0`, `drug`."""

    def one(column: Column) -> Column:
        role = said.get(f"role{column.place}", column.role)
        scale = said.get(f"scale{column.place}", column.scale)
        better = said.get(f"better{column.place}", column.better)
        fits = role in ROLES and scale in ("", *SCALES) and better in BETTER
        return (
            column.model_copy(update={"role": role, "scale": scale, "better": better})
            if fits
            else column
        )

    drug = said.get("drug", found.drug).strip()[:200]
    return Columns(source=found.source, columns=tuple(map(one, found.columns)), drug=drug)


def rules_of(chosen: Columns, zone: str) -> CsvMap:
    """The map of what was chosen. Raises BadInput naming what is missing."""
    by_role: dict[str, list[Column]] = {}
    for column in chosen.columns:
        by_role.setdefault(column.role, []).append(column)
    if len(by_role.get("date", ())) != 1:
        raise BadInput(phrase("say which one column holds the date"))
    for role in ("time", "sleep", "dose", "drug", "note"):
        if len(by_role.get(role, ())) > 1:
            raise BadInput(
                phrase(
                    "two columns are chosen as {role}; one is read, so leave one of them out",
                    role=role,
                )
            )
    raw: dict[str, Any] = {
        "source": chosen.source,
        "zone": zone,
        "date": {"column": by_role["date"][0].name},
        "items": {},
    }
    if time := by_role.get("time"):
        raw["date"]["time"] = time[0].name
    for column in by_role.get("symptom", ()):
        if not column.scale:
            raise BadInput(phrase("say on which scale “{name}” is", name=column.name))
        if not names_something(column.name):
            raise BadInput(
                phrase(
                    "“{name}” names no symptom; give the column a name in the file",
                    name=column.name,
                )
            )
        low, high = column.scale.split("-")
        raw["items"][item_of(column.name)] = {
            "column": column.name, "scale": [float(low), float(high)], "better": column.better,
        }  # fmt: skip
    for role, name in (("sleep", "sleep_hours"), ("note", "note")):
        if found := by_role.get(role):
            raw[name] = {"column": found[0].name}
    if dose := by_role.get("dose"):
        raw |= _doses_of(dose[0], by_role.get("drug", ()), chosen.drug)
    if not (raw["items"] or "dose" in raw or "sleep_hours" in raw or "note" in raw):
        raise BadInput(phrase("choose at least one column to bring in beside the date"))
    return map_of(raw, phrase("this choice"))


def _doses_of(dose: Column, drugs: Sequence[Column], drug: str) -> dict[str, Any]:
    """How doses are read, with their medicine: a column of it, or one for all rows."""
    if drugs:
        return {"dose": {"column": dose.name, "drug": drugs[0].name}}
    if not drug:
        raise BadInput(phrase("say which medicine the doses are of"))
    return {"dose": {"column": dose.name}, "constants": {"drug": drug}}
