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


def summed_up(reading: FileReading) -> Mapping[str, Any]:
    """What a reading comes to, in the words of `imports.json`."""
    assert reading.used + reading.same + reading.refused == reading.lines, "a row was lost"
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
    return {
        "sleep": sleep,
        "answers": {day: found for day, found in answers.items() if found},
        "doses": doses,
        "days": sorted({entry.date.isoformat() for entry in entries}),
        "says": "".join(entry.body for entry in entries),
        "refused_lines": [refusal.line for refusal in reading.refusals],
        "asked": [question.id for question in reading.questions],
        "rows": reading.lines,
    }


def holds(expect: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    """Whether what was found is what is right."""
    if "problem" in expect or "problem" in found:
        return expect.get("problem", " nothing") in found.get("problem", "")
    expect = {"refused_lines": [], "asked": [], **expect}
    sleep, said = expect.pop("sleep", None), expect.pop("says", ())
    if sleep is not None and (
        sleep.keys() != found["sleep"].keys()
        or any(not low <= found["sleep"][day] <= high for day, (low, high) in sleep.items())
    ):
        return False
    return all(words in found["says"] for words in said) and all(
        found[name] == right for name, right in expect.items()
    )


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_each_file_gives_its_right_value(case: Mapping[str, Any], tmp_path: Path) -> None:
    if "problem" in case["expect"]:
        with pytest.raises(BadInput, match=case["expect"]["problem"]) as caught:
            read(case, tmp_path)
        assert "\n" not in str(caught.value)
        return
    found = summed_up(read(case, tmp_path))
    assert holds(case["expect"], found), (case["expect"], found)
