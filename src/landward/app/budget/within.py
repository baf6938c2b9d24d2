"""Run one function in a process of its own, within a budget; back comes checked data or one line.

What reads a stranger's file, or a library that ends the whole process when it meets a fault, gets
no share in the diary: the process is started afresh (never forked from one that holds a key), its
environment holds no passphrase, it can write no file, and all that comes out of it is one answer
that is validated here. Past its budget it is ended, and the person reads one line.
"""

import base64
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import IO, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from landward.app.budget.amounts import MB, READING, Budget
from landward.app.budget.child import TOLD, TOO_MUCH
from landward.model.base import BadInput
from landward.model.said import SENT, from_parts, phrase

AnswerT = TypeVar("AnswerT")
Given = str | int | bool | None | bytes | Path
KEPT = ("LANG", "LANGUAGE", "TZ", "SYSTEMROOT", "WINDIR", "TEMP", "TMP")
"""All that the other process learns of this one's environment, beside LC_…"""
ONE_THREAD = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "RAYON_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "1",
}
"""Each further thread reserves memory that the budget would have to count."""
START = (
    "import json, sys; told = json.loads(sys.stdin.buffer.readline()); "
    "sys.path[:] = told['path']; from landward.app.budget.child import main; main(told)"
)


def within(
    task: Callable[..., AnswerT],
    *given: Given,
    answer: type[AnswerT],
    what: str,
    budget: Budget = READING,
    hear: Callable[[int], None] | None = None,
) -> AnswerT:
    """What `task(*given)` answers, worked out in a process of its own within `budget`.

    `task` is a function of a module, `given` plain values, `answer` the type it answers with: a
    pydantic model, a tuple of them, or bytes. `what` names the work in a refusal: “export.zip”.
    Where somebody wants to `hear` how far it is, in rising percent, `task` is given one thing more,
    last: whom to tell. Raises BadInput with what the task refused, or in one line that it took too
    much or broke off.
    """
    told = {
        "path": [place for place in sys.path if place],
        "module": task.__module__,
        "name": task.__qualname__,
        "given": [_packed(value) for value in given],
        "tells": hear is not None,
        "cpu_seconds": budget.cpu_seconds,
        "memory_bytes": budget.memory_mb * MB,
        "answer_bytes": budget.answer_mb * MB,
        "scratch_bytes": budget.scratch_mb * MB,
    }
    # The folder is ours, so that it goes even where the process in it was ended.
    with _scratch(budget) as scratch:
        asked = json.dumps(told).encode() + b"\n"
        kind, content = _run(asked, budget, what, scratch, hear or _nobody)
    if kind == b"B" and answer is bytes:
        return cast(AnswerT, content)  # the answer asked for is bytes, which is what came
    if kind == b"R":
        raise BadInput(said_there(content))
    if kind == b"M":
        raise BadInput(_too_much(budget, what))
    if kind == b"F":
        met = content.decode("ascii", "replace")[:120]
        raise BadInput(
            phrase(
                "{what} cannot be read: our reader met a fault ({met}); nothing was read",
                what=what,
                met=met,
            )
        )
    try:
        return TypeAdapter(answer).validate_json(content, context=dict(SENT))
    except ValidationError:
        raise BadInput(
            phrase("{what} cannot be read: what its reader answered is no reading", what=what)
        ) from None


def said_there(content: bytes) -> str:
    """What the other process refused with, in the words it said."""
    try:
        return from_parts(json.loads(content))
    except ValueError:  # what it answered is no words of ours; shown as it is, on one line
        return content.decode("utf-8", "replace")


@contextmanager
def _scratch(budget: Budget) -> Iterator[str]:
    if not budget.scratch_mb:
        yield ""
        return
    with tempfile.TemporaryDirectory(prefix="landward-", ignore_cleanup_errors=True) as folder:
        yield folder


def _packed(value: Given) -> object:
    """A value as JSON holds it. A path is made whole: the other process stands elsewhere."""
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode()}
    return {"path": str(value.absolute())} if isinstance(value, Path) else value


def _nobody(_: int) -> None:
    """Where nobody waits, nothing is heard."""


def _run(
    told: bytes, budget: Budget, what: str, scratch: str, hear: Callable[[int], None]
) -> tuple[bytes, bytes]:
    """(kind, content) of the answer. Raises BadInput where the process ended without one."""
    process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own words
        [sys.executable, "-I", "-B", "-X", "utf8", "-c", START],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(os.environ) | ({"TMPDIR": scratch} if scratch else {}),
        close_fds=True,
        start_new_session=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    late = Timer(budget.wall_seconds, process.kill)
    late.daemon = True
    late.start()
    try:
        answered = _exchange(process.stdin, process.stdout, told, budget.answer_mb * MB + 2, hear)
    finally:
        timed_out = not late.is_alive()
        late.cancel()
        process.kill()
        process.stdout.close()
        ended = process.wait()
    if len(answered) > budget.answer_mb * MB + 1:
        raise BadInput(
            phrase("{what} holds more than can be shown at once; nothing was read", what=what)
        )
    if answered:
        return answered[:1], answered[1:]
    raise BadInput(_ended(ended, budget, what, timed_out=timed_out))


def _exchange(
    to: IO[bytes], back: IO[bytes], told: bytes, most: int, hear: Callable[[int], None]
) -> bytes:
    """Say what to do, hear how far it is, and the answer to its end or to `most` bytes."""
    try:
        to.write(told)
        to.close()
    except BrokenPipeError:
        return b""
    last = -1
    while (kind := back.read(1)) == TOLD:
        percent = back.read(1)
        if not percent or not last < percent[0] <= 100:  # it would tell for ever, or is no percent
            return b""
        last = percent[0]
        hear(last)
    return kind + back.read(most - 1)


def environment(ours: Mapping[str, str]) -> dict[str, str]:
    """What another process learns of this one's environment: no passphrase, one thread."""
    kept = {name: text for name, text in ours.items() if name in KEPT or name.startswith("LC_")}
    return kept | ONE_THREAD


def _ended(code: int, budget: Budget, what: str, *, timed_out: bool) -> str:
    """One line for a process that gave no answer."""
    if timed_out or code == -getattr(signal, "SIGXCPU", 0):
        return phrase(
            "reading {what} took longer than {cpu_seconds} seconds; nothing was read",
            what=what,
            cpu_seconds=budget.cpu_seconds,
        )
    if code == TOO_MUCH:
        return _too_much(budget, what)
    return phrase(
        "{what} broke off its reader; nothing was read. It is damaged, or made to do harm",
        what=what,
    )


def _too_much(budget: Budget, what: str) -> str:
    return phrase(
        "{what} needs more than {memory_mb} MB of memory; nothing was read",
        what=what,
        memory_mb=budget.memory_mb,
    )
