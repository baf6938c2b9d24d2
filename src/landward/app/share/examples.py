"""The published diaries, maps and studies: inside an installed Landward, beside a checkout's."""

from pathlib import Path

from landward.model.base import BadInput
from landward.model.said import phrase

_PACKAGE = Path(__file__).parents[2]
_PLACES = (_PACKAGE / "examples", _PACKAGE.parents[1] / "examples")
"""A wheel carries the examples inside the package; a checkout has them at its root."""


def examples_folder() -> Path:
    """The folder of the examples. Raises BadInput for an installation that has lost them."""
    for folder in _PLACES:
        if folder.is_dir():
            return folder
    raise BadInput(
        phrase(
            "the example diaries are not in {places}; install Landward anew, or name "
            "a folder that holds them with --examples",
            places=_PLACES[0],
        )
    )
