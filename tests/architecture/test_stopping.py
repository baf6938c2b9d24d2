"""Stopping suddenly is spoken of in one sentence, wherever a person may read it."""

import re
from pathlib import Path

from landward.model.stopping import DO_NOT_STOP, STOPPING

SOURCE = Path(__file__).parents[2] / "src" / "landward"
READ_BY_PEOPLE = {".py", ".html", ".typ", ".js", ".toml"}


def test_the_sentence() -> None:
    assert DO_NOT_STOP == (
        "Do not stop suddenly: stopping suddenly can cause seizures and can kill."
    )


def test_no_file_says_it_in_other_words() -> None:
    """The tables are facts with their own sources; what we say ourselves is one sentence."""
    said = {}
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix not in READ_BY_PEOPLE or "tables" in path.parts:
            continue
        text = " ".join(path.read_text(encoding="utf-8").split())
        for found in re.findall(r"stopping suddenly can [^.;<\"{]*", text):
            if found.strip() != STOPPING:
                said[str(path.relative_to(SOURCE))] = found
        if "dangerous (seizures)" in text:
            said[str(path.relative_to(SOURCE))] = "dangerous (seizures)"
    assert not said
