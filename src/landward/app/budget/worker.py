"""A warm process beside the one that holds the diary: it computes, so that pages stay quick.

It gets the numbers of one reading and gives back the reading, over pipes; it never sees notes
or keys, and is ended with the diary it worked for, so that nothing of it stays in memory. It
gives way to whatever else the machine has to do. What it answers is checked here like anything that
comes from outside.
"""

import os
import struct
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from typing import IO, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import to_json

from landward.app.budget.within import environment, said_there
from landward.model.base import BadInput
from landward.model.errors import Locked
from landward.model.said import SENT

AskedT = TypeVar("AskedT", bound=BaseModel)
AnswerT = TypeVar("AnswerT")
MOST_BYTES = 64 * 1024**2
SIZE = struct.Struct(">Q")
START = (
    "import json, sys; told = json.loads(sys.stdin.buffer.readline()); sys.path[:] = told['path']; "
    "from landward.app.budget.worker_main import main; main(told)"
)


class Broke(Exception):
    """The process ended by itself, or answered with what is no answer."""


class Worker:
    """One process, started when it is first wanted; one question at a time, from any thread."""

    def __init__(self, get_ready: Callable[[], None]) -> None:
        self._get_ready = get_ready
        self._turn, self._guard = Lock(), Lock()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The process as the system knows it; None while there is none."""
        process = self._process
        return None if process is None or process.poll() is not None else process.pid

    def start(self) -> None:
        """Have it load what it computes with, before anyone asks. It knows nothing of a diary."""
        self._running()

    def ask(
        self, task: Callable[[AskedT], AnswerT], asked: AskedT, answer: type[AnswerT]
    ) -> AnswerT:
        """`task(asked)`, worked out over there; `task` is a function of a module.

        Raises BadInput where the task refuses, Locked where it was ended meanwhile, and Broke where
        it ended by itself, twice.
        """
        with self._turn:
            try:
                return self._exchange(self._running(), task, asked, answer)
            except Broke:  # a system short of memory may have ended it
                self.end()
                return self._exchange(self._running(), task, asked, answer)

    def end(self) -> None:
        """End the process and whatever it is doing: the diary is locked."""
        with self._guard:
            process, self._process = self._process, None
            if process is not None:
                process.kill()
                process.wait()
                for pipe in (process.stdin, process.stdout):
                    with suppress(OSError):  # a question it did not read is lost with it
                        assert pipe is not None
                        pipe.close()

    def _running(self) -> subprocess.Popen[bytes]:
        with self._guard:
            if self._process is None or self._process.poll() is not None:
                self._process = _started(self._get_ready)
            return self._process

    def _exchange(
        self,
        process: subprocess.Popen[bytes],
        task: Callable[[AskedT], AnswerT],
        asked: AskedT,
        answer: type[AnswerT],
    ) -> AnswerT:
        assert process.stdin is not None
        assert process.stdout is not None
        name = f"{task.__module__}:{task.__qualname__}"
        given = f"{type(asked).__module__}:{type(asked).__qualname__}"
        try:
            for part in (
                name.encode(),
                given.encode(),
                asked.model_dump_json(context=dict(SENT)).encode(),
            ):
                write(process.stdin, part)
            process.stdin.flush()
            kind, content = read(process.stdout), read(process.stdout)
        except (OSError, ValueError) as error:
            if process is not self._process:
                raise Locked("the diary is locked") from None
            raise Broke from error
        if kind == b"R":
            raise BadInput(said_there(content))
        try:
            return TypeAdapter(answer).validate_json(content, context=dict(SENT))
        except ValidationError:
            raise Broke from None


def _started(get_ready: Callable[[], None]) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own words
        [sys.executable, "-I", "-B", "-X", "utf8", "-c", START],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(os.environ),
        close_fds=True,
        # In our session: Linux weighs sessions against each other, and would let it not give way.
    )
    assert process.stdin is not None
    told = {
        "path": [place for place in sys.path if place],
        "get_ready": f"{get_ready.__module__}:{get_ready.__qualname__}",
    }
    process.stdin.write(to_json(told) + b"\n")
    process.stdin.flush()
    return process


def write(to: IO[bytes], content: bytes) -> None:
    """One piece, its size before it."""
    to.write(SIZE.pack(len(content)) + content)


def read(back: IO[bytes]) -> bytes:
    """One piece. Raises ValueError where the other side ended."""
    head = back.read(SIZE.size)
    if len(head) < SIZE.size:
        raise ValueError("the other side ended")
    (size,) = SIZE.unpack(head)
    content = back.read(size) if size <= MOST_BYTES else b""
    if len(content) < size:
        raise ValueError("the other side ended")
    return content
