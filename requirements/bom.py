"""`python3 run.py bom`: what Landward is made of, as CycloneDX 1.6 JSON, from the pinned files.

    python3 run.py bom              build/landward-VERSION.cdx.json
    python3 run.py bom FILE

Every library with its version and the hashes it may be installed from, what it is needed for
(running, testing, building), its licence as it is installed here, and the files by others that are
shipped. Nothing is asked of any network. The same pins give the same file: it has no clock.
"""

import hashlib
import json
import re
import sys
import uuid
from importlib import metadata
from pathlib import Path
from typing import Any

from pins import Pin, all_pins

ROOT = Path(__file__).resolve().parents[1]
SCOPES = {"runtime": "required", "test": "excluded", "build": "excluded", "tools": "excluded"}
"""In CycloneDX's words: what a running Landward needs, and what only makes or tests it."""

SHIPPED = (
    ("htmx.org", "4.0.1", "0BSD", "npm", "src/landward/web/static/htmx.min.js", "required"),
    ("axe-core", "4.14.1", "MPL-2.0", "npm", "tests/browser/axe/axe.min.js", "excluded"),
)
"""Scripts by others that stand in the source; fonts are found by their files."""


def bill(root: Path = ROOT) -> dict[str, Any]:
    """The whole bill of materials."""
    version = version_of(root)
    parts = [*libraries(root), *scripts(root), *fonts(root)]
    me = f"pkg:pypi/landward@{version}"
    needed = sorted(one["bom-ref"] for one in parts if one["scope"] == "required")
    told: dict[str, Any] = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application", "bom-ref": me, "name": "landward", "version": version,
                "purl": me, "licenses": [{"license": {"id": "Apache-2.0"}}],
            },
        },
        "components": sorted(parts, key=lambda one: str(one["bom-ref"])),
        "dependencies": [{"ref": me, "dependsOn": needed}],
    }  # fmt: skip
    named = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(told, sort_keys=True))
    return {**told, "serialNumber": f"urn:uuid:{named}"}


def version_of(root: Path) -> str:
    """The version that the package will carry."""
    found = re.search(
        r'__version__ = "([^"]+)"', (root / "src/landward/version.py").read_text("utf-8")
    )
    assert found is not None
    return found[1]


def libraries(root: Path) -> list[dict[str, Any]]:
    """Every pinned library once, needed for the most of what it is pinned for."""
    sets: dict[tuple[str, str], list[str]] = {}
    pins: dict[tuple[str, str], Pin] = {}
    for name, found in all_pins(root / "requirements").items():
        for pin in found:
            sets.setdefault((pin.name, pin.version), []).append(name)
            pins[pin.name, pin.version] = pin
    return [library(pin, sets[key]) for key, pin in pins.items()]


def library(pin: Pin, sets: list[str]) -> dict[str, Any]:
    """One library as a component."""
    purl = f"pkg:pypi/{pin.name}@{pin.version}"
    needed = any(SCOPES[name] == "required" for name in sets)
    about = [{"name": "landward:requirements", "value": name} for name in sets]
    if pin.marker:
        about.append({"name": "landward:marker", "value": pin.marker})
    return {
        "type": "library", "bom-ref": purl, "name": pin.name, "version": pin.version, "purl": purl,
        "scope": "required" if needed else "excluded",
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in sorted(pin.hashes)],
        "properties": about,
        **licence(pin.name),
    }  # fmt: skip


def licence(name: str) -> dict[str, Any]:
    """The licence that the installed library names; nothing where it is not installed here."""
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return {}
    if expression := about.get("License-Expression"):
        return {"licenses": [{"expression": expression}]}
    given = about.get_all("Classifier") or []
    named = [one.rpartition(" :: ")[2] for one in given if one.startswith("License ::")]
    text = " ".join((about.get("License") or "").split())
    said = named or ([text] if 0 < len(text) <= 60 else [])
    return {"licenses": [{"license": {"name": one}} for one in said]} if said else {}


def scripts(root: Path) -> list[dict[str, Any]]:
    """Scripts by others, with the hash of the very file."""
    return [
        {
            "type": "library", "bom-ref": f"pkg:{kind}/{name}@{version}", "name": name,
            "version": version, "purl": f"pkg:{kind}/{name}@{version}", "scope": scope,
            "hashes": [hash_of(root / path)], "licenses": [{"license": {"id": terms}}],
        }
        for name, version, terms, kind, path, scope in SHIPPED
    ]  # fmt: skip


def fonts(root: Path) -> list[dict[str, Any]]:
    """Fonts by others, each file for itself."""
    return [
        {
            "type": "file", "bom-ref": f"file:{path.relative_to(root).as_posix()}",
            "name": path.name, "scope": "required", "hashes": [hash_of(path)],
            "licenses": [{"license": {"id": "OFL-1.1"}}],
        }
        for path in sorted((root / "src/landward/report/fonts").glob("*.ttf"))
    ]  # fmt: skip


def hash_of(path: Path) -> dict[str, str]:
    """The SHA-256 of a file, as CycloneDX writes it."""
    return {"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}


def main() -> int:
    """Write it to the file that was named, else into build/."""
    told = bill()
    version = told["metadata"]["component"]["version"]
    given = sys.argv[1:]
    target = Path(given[0]) if given else ROOT / "build" / f"landward-{version}.cdx.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    needed = sum(one["scope"] == "required" for one in told["components"])
    print(f"{target}: {len(told['components'])} parts, {needed} of them in a running Landward")
    return 0


if __name__ == "__main__":
    sys.exit(main())
