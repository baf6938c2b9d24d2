"""Lines a stranger could seal: every kind of entry, made from the model's own schema, by seed.

A line is half plausible and half hostile: each value is drawn from what its schema allows, with
its edges, or from what is small to write and hard to work with. Half of the lines are told to be
sound, so that they pass the door and are met by every page.
"""

import datetime as dt
import json
import random
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nacl.public import PublicKey, SealedBox

from landward.app.diary.setting import Choice, Several
from landward.app.diary.settings import BY_NAME
from landward.app.share.fictional import PINS, WEEKLY, fictional_lines
from landward.model.bodies import KINDS, PlanAdopted
from landward.model.entries import canonical_json
from landward.vault import sealed_files
from landward.vault.header import read_header

Json = Any
LETTERS = (
    "", "x", "Anxiety", "é" * 40, "ё́" * 60, "\u202eesrever", "\u200b", "\uffff", "\x1b[31mred",
    "\x00", "😀" * 20, "=1+1", "<script>alert(1)</script>", "{{ 7*7 }}", "%s%n", "²",
    "0e-999999999", "1e9999999", "9" * 400, "../../etc/passwd", "NaN", "\u2028", "#" * 199,
    '";DROP TABLE entry;--', "a " * 99, "\n" * 50, "\t", "data:text/html,x", "\ufdfa" * 60,
)  # fmt: skip
LONG = tuple(
    piece * (19_900 // len(piece))
    for piece in ("x", "word ", "<b>", "\u0301", "( ", "a\n", "&lt;", "\u202e", "_*", "9")
)
NUMBERS: tuple[Json, ...] = (
    0, -0.0, 1, -1, 0.5, 4, 10, 1e-300, -1e-300, 1e30, -1e30, 2**53, -(2**53), 1e308, 10**39,
    0.1 + 0.2, 24, 23.999999999, 1_000_000, "3", None, True,
)  # fmt: skip
SCALES = (
    "0..10 better down", "0..4 better down", "0..4 better up", "0..1 better up",
    "-1000000000000..1000000000000 better up", "0..0.0000000001 better down",
    "-99999..99999 better down", "1..0 better up", "²..9 better up", f"0..{'9' * 300} better up",
)  # fmt: skip
AMOUNTS = (
    "0", "0.000000000000000000000000000001", "1", "0.5", "99999", "100000", "100001", "-1", "1e5",
    "0e-999999999", "9" * 9, "1." + "3" * 30, "NaN", "Infinity", "٣", "2.50",
)  # fmt: skip
ITEMS = (
    "day", *PINS, *WEEKLY, "window_hours", "pleasant", "painful", "a" * 80, "x.y:z-1", "0",
    "own.a", "__proto__", "constructor", "A", "a" * 81, "weekly_feelings", "sleep",
)  # fmt: skip
ZONES = ("UTC", "Europe/London", "Pacific/Kiritimati", "Mars/Phobos", "../../etc/passwd", "\x1b[2J")
ORIGINS = (
    "app", "undo, app", "filled in later", "import:csv", "import:daylio", "from my sister",
    "unsigned, app", "\u202e", "x" * 200, "command line", "copied from paper",
)  # fmt: skip


class Forger:
    """Makes lines about the days before `today`; the same seed gives the same lines."""

    def __init__(self, today: dt.date, seed: int, known: tuple[str, ...] = ()) -> None:
        self.chance, self.today, self.known = random.Random(seed), today, known
        plans = [line.body for line in fictional_lines(today) if isinstance(line.body, PlanAdopted)]
        self.plan = json.loads(plans[0].plan)
        self.schemas = {kind: body.model_json_schema() for kind, body in KINDS.items()}
        self.wild = 0.0

    def line(self, number: int) -> str:
        """One line, of each kind in its turn; every other one told to be sound."""
        kinds = (*KINDS, "dream", "profile")
        kind = kinds[number % len(kinds)]
        self.wild = 0.0 if number // len(kinds) % 2 else self.chance.choice((0.05, 0.2, 0.6))
        body = self.body(kind)
        envelope = {
            "date": self.date(), "device": self.one_of(("test", "while-locked", "phone-7f3a")),
            "id": self.chance.randbytes(16).hex(), "kind": kind, "origin": self.one_of(ORIGINS),
            "recorded_at": self.moment(), "replaces": self.replaces(kind),
            "seq": self.chance.choice((0, number, 2**53 - 1)),
            "version": self.version(kind), "zone": self.one_of(ZONES),
        }  # fmt: skip
        if self.hostile():
            name = self.chance.choice(sorted(envelope))
            envelope[name] = self.strange()
        try:
            written = canonical_json(body)
        except ValueError:
            written = json.dumps(body)
        return f'{{"body":{written},{json.dumps(envelope)[1:]}'

    # ---- columns ----------------------------------------------------------------------------

    def version(self, kind: str) -> int:
        newest = KINDS[kind].version if kind in KINDS else 1
        return self.chance.choice((newest, newest, newest, 1, newest + 1, 2**53 - 1))

    def date(self) -> str:
        near = self.today - dt.timedelta(days=self.chance.choice((0, 0, 1, 2, 7, 40, 400)))
        if self.chance.random() < 0.9:
            return near.isoformat()
        far = ("1900-01-01", "2199-12-31", "0001-01-01", "9999-12-31", "2026-02-30")
        ahead = (self.today + dt.timedelta(days=days) for days in (1, 2, 30, 399, 401))
        return self.chance.choice((*far, *(day.isoformat() for day in ahead)))

    def moment(self) -> str:
        soon = f"{self.today.isoformat()}T0{self.chance.randrange(10)}:00:00+00:00"
        far = ("2199-01-01T00:00:00+00:00", "1900-01-01T00:00:00-23:59", "9999-12-31T23:59:59Z")
        return self.chance.choice((soon, soon, soon, *far))

    def replaces(self, kind: str) -> list[str]:
        if not self.known or self.chance.random() < (0.2 if kind == "retraction" else 0.8):
            return []
        return self.chance.choices(self.known, k=self.chance.choice((1, 1, 2, 50)))

    # ---- bodies -----------------------------------------------------------------------------

    def body(self, kind: str) -> Json:
        if kind not in KINDS:
            return self.strange_object(0)
        schema = self.schemas[kind]
        said = self.value(schema, schema.get("$defs", {}))
        if kind == "profile":
            said = {"fields": self.settings()}
        if kind == "plan_adopted" and isinstance(said, dict):
            said["plan"] = json.dumps(self.bent(self.plan))
        if isinstance(said, dict) and "asked" in schema.get("properties", {}):
            said |= self.answers()
        if kind == "dose_taken" and isinstance(said, dict) and not self.hostile():
            said.setdefault("dose_mg", "1")
            if said.get("status") == "not_taken":
                said["dose_mg"] = None
        return said

    def value(self, schema: dict[str, Json], defs: dict[str, Json], name: str = "") -> Json:
        """A value that the schema allows, or (as often as `wild` says) one it does not."""
        if self.hostile():
            return self.strange()
        if "$ref" in schema:
            return self.value(defs[schema["$ref"].rpartition("/")[2]], defs, name)
        if "anyOf" in schema:
            return self.value(self.chance.choice(schema["anyOf"]), defs, name)
        if "enum" in schema or "const" in schema:
            return self.chance.choice(schema.get("enum") or [schema["const"]])
        if name.endswith("_mg") or "mg_per" in name:
            return self.chance.choice(AMOUNTS[:6])
        kind = schema.get("type")
        if kind == "object":
            return self.object(schema, defs)
        if kind == "array":
            count = self.chance.choice((0, 1, 3, 200 if self.chance.random() < 0.05 else 2))
            return [self.value(schema.get("items", {}), defs) for _ in range(count)]
        if kind in ("number", "integer"):
            low, high = schema.get("minimum", -(10**6)), schema.get("maximum", 10**6)
            middle = self.chance.randint(int(low), int(high))
            return self.chance.choice((low, high, middle))
        return self.text(schema) if kind == "string" else self.chance.random() < 0.5

    def object(self, schema: dict[str, Json], defs: dict[str, Json]) -> Json:
        needed, made = set(schema.get("required", ())), {}
        for name, part in schema.get("properties", {}).items():
            if name in needed or self.chance.random() < 0.5:
                made[name] = self.value(part, defs, name)
        more = schema.get("additionalProperties")
        if isinstance(more, dict):
            for item in self.chance.sample(ITEMS[:20], self.chance.choice((0, 1, 5))):
                made[item] = self.value(more, defs)
        if self.hostile():
            made[self.chance.choice(LETTERS)] = self.strange()
        return made

    def text(self, schema: dict[str, Json]) -> str:
        if schema.get("format") == "date":
            return self.date()
        if schema.get("format") == "date-time":
            return self.moment()
        if "pattern" in schema:
            return self.chance.choice(ITEMS[:20])
        longest = schema.get("maxLength", 200)
        drugs = ("diazepam", "clonazepam", "Rivotril", "lorazepam", "diazepam; alprazolam")
        found: str = self.chance.choice((*drugs, *LETTERS, *(LONG if longest > 200 else ())))
        return found[:longest] or "x"

    def answers(self) -> dict[str, Json]:
        """Answers that fit what was asked, on scales that hold them, where not told otherwise."""
        asked = self.chance.sample(ITEMS[:20], self.chance.randint(0, 12))
        if self.hostile():
            asked = [self.chance.choice(ITEMS) for _ in range(self.chance.choice((1, 300)))]
        answers, scales = {}, {}
        for item in asked:
            scales[item] = scale = self.chance.choice(SCALES if self.hostile() else SCALES[:7])
            low, high = scale.split(" ")[0].split("..")
            value: Json = self.chance.choice((low, high))
            answers[item] = self.strange() if self.hostile() or value == "²" else float(value)
        return {"asked": asked, "answers": answers, "scales": scales} | {
            name: [] for name in ("declined", "no_occasion", "too_much")
        }

    def settings(self) -> dict[str, Json]:
        """Texts for some settings: what they offer, and what they do not."""
        fields: dict[str, Json] = {}
        for setting in self.chance.sample(
            sorted(BY_NAME.values(), key=lambda one: one.name), self.chance.choice((1, 2, 6))
        ):
            offered = list(setting.options) if isinstance(setting, Choice | Several) else []
            strange = (*LETTERS, *AMOUNTS, '{"a":' * 40 + "1" + "}" * 40)
            choices = offered if offered and not self.hostile() else strange
            fields[setting.name] = self.chance.choice(choices)
        if self.chance.random() < 0.3:
            fields["names"] = json.dumps({item: self.chance.choice(LETTERS) for item in ITEMS})
        return fields

    def bent(self, value: Json) -> Json:
        """A real plan with some of its leaves exchanged."""
        if self.chance.random() < self.wild / 20:
            return self.strange()
        if isinstance(value, dict):
            return {key: self.bent(part) for key, part in value.items()}
        if isinstance(value, list):
            return [self.bent(part) for part in value]
        return value

    # ---- what is hard to work with ------------------------------------------------------------

    def hostile(self) -> bool:
        return self.chance.random() < self.wild

    def one_of(self, texts: tuple[str, ...]) -> str:
        return self.chance.choice(LETTERS)[:60] or "x" if self.hostile() else texts[
            self.chance.randrange(len(texts) if self.wild else min(2, len(texts)))
        ]  # fmt: skip

    def strange(self) -> Json:
        shape = self.chance.random()
        if shape < 0.35:
            return self.chance.choice(LETTERS)
        if shape < 0.6:
            return self.chance.choice(NUMBERS)
        if shape < 0.75:
            return self.chance.choice(AMOUNTS)
        if shape < 0.8:
            return self.chance.choice(LONG)
        return self.strange_object(0)

    def strange_object(self, depth: int) -> Json:
        """Nested, wide or odd."""
        shape = self.chance.randrange(5)
        if shape == 0:
            deep: Json = 1
            for _ in range(self.chance.choice((5, 31, 200))):
                deep = {"a": deep} if self.chance.random() < 0.5 else [deep]
            return {"a": deep}
        if shape == 1:
            return {f"k{n}": n for n in range(self.chance.choice((3, 2_000)))}
        if shape == 2 and depth < 3:
            return {self.chance.choice(LETTERS): self.strange_object(depth + 1) for _ in range(4)}
        if shape == 3:
            return {"text": self.chance.choice(LONG)}
        return {self.chance.choice(LETTERS): self.chance.choice(NUMBERS)}


def lines(
    count: int, today: dt.date, *, seed: int = 14, known: tuple[str, ...] = ()
) -> Iterator[str]:
    """`count` forged lines; some claim to take the place of the `known` ids."""
    forger = Forger(today, seed, known)
    return (forger.line(number) for number in range(count))


def leave(path: Path, forged: Iterator[str]) -> int:
    """Seal lines into the inbox as a stranger's program does: past every check of ours."""
    header = read_header(path)
    boxes = (header.inbox, header.inbox, *header.boxes)
    keys = [SealedBox(PublicKey(bytes.fromhex(box.public_key))) for box in boxes]
    left = 0
    for left, line in enumerate(forged, start=1):
        which = left % len(boxes)
        text = f"landward-inbox 1 {header.vault}\n{line}".encode("utf-8", "surrogatepass")
        name = f"{boxes[which].id}.{secrets.token_hex(16)}.{left:08x}.sealed"
        (path / sealed_files.FOLDER / name).write_bytes(keys[which].encrypt(text))
    return left
