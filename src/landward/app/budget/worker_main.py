"""The other side of `Worker`: load what is computed with, then answer one question at a time."""

import importlib
import os
import signal
import sys
from contextlib import suppress
from typing import Any

from pydantic_core import to_json

from landward.app.budget.worker import read, write
from landward.model.base import BadInput
from landward.model.said import SENT, parts_of

GIVES_WAY = 5
"""How far it stands back behind the app itself, in the system's steps of 0 to 19."""


def main(told: dict[str, Any]) -> None:
    """Answer until the app ends us or is gone."""
    back = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whatever a library prints is no answer
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the app, which then ends us
    _stand_back()
    asked = sys.stdin.buffer
    _named(told["get_ready"])()
    while True:
        try:
            task, shape, content = (read(asked) for _ in range(3))
        except ValueError:
            os._exit(0)
        kind, answer = _answer(_named(task.decode()), _named(shape.decode()), content)
        write(back, kind)
        write(back, answer)
        back.flush()


def _answer(task: Any, shape: Any, content: bytes) -> tuple[bytes, bytes]:
    try:
        return b"J", to_json(
            task(shape.model_validate_json(content, context=dict(SENT))), context=dict(SENT)
        )
    except BadInput as error:
        return b"R", to_json(parts_of(str(error)))


def _named(name: str) -> Any:
    module, _, path = name.partition(":")
    found: Any = importlib.import_module(module)
    for part in path.split("."):
        found = getattr(found, part)
    return found


def _stand_back() -> None:
    """Let everything else go first, and leave no core file. A system without either goes on."""
    with suppress(OSError, AttributeError):
        os.nice(GIVES_WAY)
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
