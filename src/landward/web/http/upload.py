"""A file that a page was handed: kept in a folder only its owner may look into."""

import shutil
import tempfile
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

MOST_FILE_BYTES = 2 * 1024**3
LARGE_PATHS = frozenset({"/import/file"})
"""Addresses that take a whole file; every other form is a diary line at most."""

_LONGEST_NAME = 120


class HandedFile:
    """One file on disk. It is gone when this is dropped."""

    def __init__(self, name: str) -> None:
        self.name = " ".join(Path(name.replace("\\", "/")).name.split())[-_LONGEST_NAME:] or "file"
        self._folder = tempfile.TemporaryDirectory(prefix="landward-")
        self.path = Path(self._folder.name) / f"file{Path(self.name).suffix.lower()[:12]}"

    def drop(self) -> None:
        """Delete it now."""
        self._folder.cleanup()


async def handed_file(request: Request) -> HandedFile | None:
    """The file of a form, or None where it holds none or broke off."""
    try:
        form = await request.form(max_files=1, max_fields=5)
    except HTTPException:
        return None
    sent = form.get("file")
    if not isinstance(sent, UploadFile) or not sent.filename:
        await form.close()
        return None
    file = HandedFile(sent.filename)

    def copied() -> None:
        with file.path.open("wb") as out:
            shutil.copyfileobj(sent.file, out, 1024 * 1024)

    await run_in_threadpool(copied)
    await form.close()
    return file
