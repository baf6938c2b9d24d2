"""What people reported about tools like this one: each small file beside its right value."""

import base64
import json
import zipfile
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from landward.app.library.known_words import KNOWN
from landward.app.transfer.import_diary import circumstances, entries_of, read_mapped
from landward.app.transfer.read_elsewhere import read_elsewhere, recognise
from landward.model.base import BadInput
from landward.model.bodies import CheckIn, DoseTaken, Sleep
from landward.model.moment import Moment
from landward.model.proposals import FileReading

CASES = json.loads((Path(__file__).parents[2] / "scenarios" / "imports.json").read_text("utf-8"))
MOMENT = Moment(at=datetime(2026, 11, 21, 12, tzinfo=UTC), zone="Europe/Berlin")


def placed(case: Mapping[str, Any], folder: Path) -> Path:
    """The case's file, as somebody would have it."""
    path, content = folder / case["file"], case["content"]
    if "zip" in case:
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in case["zip"].items():
                archive.writestr(name, text)
    elif isinstance(content, str):
        path.write_bytes(content.encode())
    else:
        data = base64.b64decode(content.get("base64") or content["zlib"])
        path.write_bytes(data if "base64" in content else zlib.decompress(data))
    return path


def read(case: Mapping[str, Any], folder: Path) -> FileReading:
    path = placed(case, folder)
    if "map" in case:
        rules = folder / "map.toml"
        rules.write_text(case["map"], "utf-8")
        return read_mapped(path, rules, circumstances(MOMENT))
    kind = case.get("format") or recognise(path)
    assert kind is not None, "nobody knows this file"
    return read_elsewhere(path, kind, MOMENT.zone, circumstances(MOMENT))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_each_file_gives_its_right_value(case: Mapping[str, Any], tmp_path: Path) -> None:
    expect = case["expect"]
    if "problem" in expect:
        with pytest.raises(BadInput, match=expect["problem"]) as caught:
            read(case, tmp_path)
        assert "\n" not in str(caught.value)
        return
    reading = read(case, tmp_path)
    assert reading.used + reading.same + reading.refused == reading.lines
    entries = entries_of(reading, (), "test", MOMENT)
    sleep, answers, doses = {}, {}, {}
    for entry in sorted(entries, key=lambda entry: entry.order):
        body, day = KNOWN.read(entry), entry.date.isoformat()
        if isinstance(body, Sleep):
            sleep[day] = body.hours
        elif isinstance(body, CheckIn):
            answers.setdefault(day, {}).update(body.answers)
        elif isinstance(body, DoseTaken):
            doses.setdefault(day, []).append(f"{body.dose_mg:f}")
    if "sleep" in expect:
        assert sleep.keys() == expect["sleep"].keys()
        for day, (low, high) in expect["sleep"].items():
            assert low <= sleep[day] <= high, (day, sleep[day])
    if "answers" in expect:
        assert {day: found for day, found in answers.items() if found} == expect["answers"]
    if "doses" in expect:
        assert doses == expect["doses"]
    if "days" in expect:
        assert sorted({entry.date.isoformat() for entry in entries}) == expect["days"]
    for words in expect.get("says", ()):
        assert words in "".join(entry.body for entry in entries)
    assert [refusal.line for refusal in reading.refusals] == expect.get("refused_lines", [])
    assert [question.id for question in reading.questions] == expect.get("asked", [])
    assert reading.lines == expect.get("rows", reading.lines)
