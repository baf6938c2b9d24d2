"""The lab's scenarios: one small TOML file each."""

from difflib import get_close_matches
from pathlib import Path

from pydantic import ValidationError

from landward.catalog.read import TABLES, read_toml
from landward.model.base import BadInput, LandwardError
from landward.model.said import phrase
from landward.model.scenario import Scenario


def scenario_names(folder: Path = TABLES) -> tuple[str, ...]:
    """Every scenario there is, in order of the alphabet."""
    return tuple(sorted(path.stem for path in (folder / "scenarios").glob("*.toml")))


def read_scenario(name: str, folder: Path = TABLES) -> Scenario:
    """One scenario by name. Raises BadInput, naming the nearest, if there is none."""
    names = scenario_names(folder)
    if name not in names:
        near = get_close_matches(name, names, n=3, cutoff=0.4) or names[:3]
        raise BadInput(
            phrase(
                "no scenario is called “{name}”; did you mean {near}? `landward lab "
                "--list` shows all",
                name=name,
                near=" or ".join(near),
            )
        )
    raw = read_toml(folder / "scenarios" / f"{name}.toml")
    try:
        return Scenario.model_validate({
            "name": name,
            "arms": raw.pop("arm", ()),
            **raw,
        })  # fmt: skip
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise LandwardError(
            phrase("scenario {name}: {where}: {first}", name=name, where=where, first=first["msg"])
        ) from error
