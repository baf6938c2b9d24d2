"""The bill of materials, and what `run.py lock` says of a change."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

ROOT = Path(__file__).parents[2]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(ROOT / "requirements"))
    import bom

    return bom


@pytest.fixture
def pins(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(ROOT / "requirements"))
    import pins

    return pins


def test_the_bill_is_cyclonedx_by_the_published_schema(made) -> None:
    text = json.dumps(made.bill())
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    broken = text.replace('"type": "library"', '"type": "librarian"', 1)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(broken) is not None


def test_every_pinned_library_is_in_it_with_its_hashes(made, pins) -> None:
    listed = {(one["name"], one.get("version")): one for one in made.bill()["components"]}
    runtime = {pin.name for pin in pins.all_pins()["runtime"]}
    for name, found in pins.all_pins().items():
        for pin in found:
            part = listed[pin.name, pin.version]
            assert {one["content"] for one in part["hashes"]} >= set(pin.hashes), pin
            assert {"name": "landward:requirements", "value": name} in part["properties"]
            assert part["scope"] == ("required" if pin.name in runtime else "excluded"), pin
    assert {"pynacl", "sqlcipher3", "pydantic"} <= runtime


def test_files_by_others_are_in_it_as_the_notices_say(made) -> None:
    notices = (ROOT / "THIRD_PARTY_NOTICES.md").read_text("utf-8")
    for name, version, _, _, path, _ in made.SHIPPED:
        assert f"`{name}` {version}" in notices and path in notices
        assert version in (ROOT / path).read_text("utf-8")
    fonts = [one for one in made.bill()["components"] if one["type"] == "file"]
    assert len(fonts) == len(list((ROOT / "src/landward/report/fonts").glob("*.ttf"))) > 0


def test_the_command_writes_the_same_bytes_twice_and_asks_no_network(tmp_path: Path) -> None:
    written = []
    for name in ("one.json", "two.json"):
        command = [sys.executable, str(ROOT / "requirements/bom.py"), str(tmp_path / name)]
        nowhere = {"HTTPS_PROXY": "http://127.0.0.1:9", "PATH": os.environ["PATH"]}
        done = subprocess.run(command, capture_output=True, text=True, env=nowhere, check=False)
        assert done.returncode == 0, done.stderr
        assert "of them in a running Landward" in done.stdout
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1] and b"https://" not in written[0]


OLD = (
    "a==1 \\\n    --hash=sha256:{0}\n"
    "b==2 ; sys_platform == 'win32' \\\n    --hash=sha256:{1}\n"
    "d==1 \\\n    --hash=sha256:{2}\n"
)
NEW = (
    "a==1.1 \\\n    --hash=sha256:{0}\n"
    "c==3 \\\n    --hash=sha256:{1}\n"
    "d==1 \\\n    --hash=sha256:{3}\n"
)
DIGESTS = [letter * 64 for letter in "0123"]


def test_what_a_lock_changed_is_said(pins) -> None:
    before = {"runtime": pins.read_pins(OLD.format(*DIGESTS))}
    after = {"runtime": pins.read_pins(NEW.format(*DIGESTS))}
    assert before["runtime"][1].marker == "sys_platform == 'win32'"
    assert pins.changes(before, after) == [
        "! d 1: other files under one version (1 new, 1 gone)  (runtime)",
        "+ c 3  (runtime)",
        "- b 2  (runtime)",
        "~ a 1 → 1.1  (runtime)",
    ]
    assert pins.changes(before, before) == []


@pytest.mark.parametrize("text", ["a>=1\n", "a==1\n", "-r other.txt\n", "    --hash=sha256:00\n"])
def test_a_line_that_pins_nothing_is_refused(pins, text: str) -> None:
    with pytest.raises(ValueError, match=r"pins nothing|has no hash"):
        pins.read_pins(text)
