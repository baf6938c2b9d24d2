"""Read one hostile file as the app does, and watch what the reading process takes."""

import os
import resource
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from landward.app.library.tables import load_catalog
from landward.app.plan.given import check_plan_file
from landward.app.transfer import foreign
from landward.exchange.importer import Circumstances
from landward.model.base import BadInput

MAPS = Path(__file__).parents[2] / "examples" / "maps"


@dataclass(frozen=True)
class Took:
    refused: str
    wall_s: float
    cpu_s: float
    size: int


def read(kind: str, path: Path, one_map: Path) -> None:
    if kind == "landward":
        foreign.read_foreign_export(path)
    elif kind == "csv":
        foreign.read_foreign_csv(path, one_map, None)
    elif kind == "map":
        foreign.read_foreign_csv(path, path, None)
    elif kind == "plan":
        check_plan_file(load_catalog(), path)
    else:
        foreign.recognised(path)
        foreign.read_foreign(path, kind, Circumstances(zone="UTC"))


def took(kind: str, name: str, data: bytes) -> Took:
    """Read one file. Raises whatever is not a refusal in one line."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        one_map = next(iter(sorted(MAPS.glob("*.toml"))))
        before, began, refused = os.times(), time.monotonic(), ""
        try:
            read(kind, path, one_map)
        except BadInput as error:
            refused = str(error)
        wall_s, after = time.monotonic() - began, os.times()
    cpu_s = sum(after[:4]) - sum(before[:4])
    return Took(refused, wall_s, cpu_s, len(data))


def peaks_mb() -> tuple[float, float]:
    """The highest memory of any reading process so far, and of this one."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return children, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
