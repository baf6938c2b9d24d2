"""Landward: a private diary, taper planner and doctor's report, with its science laid open.

    import landward

    diary = landward.read_csv("diary.csv", "map.toml")
    waves = landward.read_waves(diary)
    print(landward.in_words(waves))

`docs/reference/python.md` shows every name below at work. Importing this loads nothing else: a
name is fetched from `landward.api` when it is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from landward.version import __version__

if TYPE_CHECKING:
    from landward.api import (
        BadInput,
        Catalog,
        Diary,
        MedicineRecord,
        TaperPlan,
        as_json,
        cite_fact,
        day_panel,
        examples_folder,
        find_facts,
        get_ready,
        in_words,
        load_catalog,
        make_report,
        open_diary,
        plan_taper,
        read_course,
        read_csv,
        read_doses,
        read_export,
        read_feelings,
        read_helped,
        read_lag,
        read_story,
        read_waves,
        run_lab,
        show_drug,
        show_level,
    )

__all__ = [
    "BadInput",
    "Catalog",
    "Diary",
    "MedicineRecord",
    "TaperPlan",
    "__version__",
    "as_json",
    "cite_fact",
    "day_panel",
    "examples_folder",
    "find_facts",
    "get_ready",
    "in_words",
    "load_catalog",
    "make_report",
    "open_diary",
    "plan_taper",
    "read_course",
    "read_csv",
    "read_doses",
    "read_export",
    "read_feelings",
    "read_helped",
    "read_lag",
    "read_story",
    "read_waves",
    "run_lab",
    "show_drug",
    "show_level",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"landward has no “{name}”; `dir(landward)` lists what it has")
    found = getattr(import_module("landward.api"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
