"""The 100 made-up stories: what the reader says of the mentions it finds, against the gold."""

import json
from collections import Counter
from pathlib import Path

from landward.app.stories.reader import story_reader
from landward.model.stories import Finding

FILE = Path(__file__).parent / "made_up.jsonl"


def run_made_up(arguments: list[str]) -> None:
    half = "test" if "test" in arguments else "dev"
    stories = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    result = measure([one for one in stories if one["split"] == half])
    print(f"{half} half:")
    for name, value in result.items():
        print(f"  {name:58} {value}")


def measure(stories: list[dict]) -> dict[str, str]:
    """Only numbers come out: the test half is scored and never shown."""
    reader = story_reader()
    right: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    drugs: Counter[str] = Counter()
    confused: Counter[tuple[str, str]] = Counter()
    for story in stories:
        reading = reader.read(story["text"])
        for mention in story["mentions"]:
            seen["all"] += 1
            found = overlapping(reading.findings, mention)
            if found is None:
                continue
            right["found"] += 1
            for name in ("whose", "negated", "possible", "resolved"):
                seen[name] += 1
                right[name] += getattr(found, name) == mention[name]
                if name != "whose" and mention[name]:
                    seen[f"{name} where true"] += 1
                    right[f"{name} where true"] += getattr(found, name)
            if mention["whose"] == "other":
                seen["other"] += 1
                right["other"] += found.whose == "other"
            if mention["whose"] == "self" or story["writer"] == "supporter":
                seen["phase"] += 1
                right["phase"] += found.phase == mention["phase"]
                said = "said" if found.phase_said else "carried"
                seen[said] += 1
                right[said] += found.phase == mention["phase"]
                confused[mention["phase"], found.phase] += 1
        for named in story["drugs"]:
            drugs["all"] += 1
            there = next((one for one in reading.drugs if one.start == named["start"]), None)
            if there is not None:
                drugs["drug"] += there.drug == named["drug"]
                dose = float(there.dose_mg) if there.dose_mg else None
                drugs["dose"] += dose == named["dose_mg"]
                drugs["duration"] += there.duration_days == named["duration_days"]
    lines = {"mentions found": _share(right["found"], seen["all"])}
    lines["phase (self, and the person of a supporter)"] = _share(right["phase"], seen["phase"])
    lines["  where its own sentence says when"] = _share(right["said"], seen["said"])
    lines["  where it is carried over"] = _share(right["carried"], seen["carried"])
    for name in ("whose", "negated", "possible", "resolved"):
        lines[name] = _share(right[name], seen[name])
    for name in ("negated where true", "possible where true", "resolved where true"):
        lines[name] = _share(right[name], seen[name])
    lines["whose where somebody else's"] = _share(right["other"], seen["other"])
    for name in ("drug", "dose", "duration"):
        lines[f"medicine: {name}"] = _share(drugs[name], drugs["all"])
    wrong = Counter({pair: n for pair, n in confused.items() if pair[0] != pair[1]})
    lines["phase, commonest slips (is, read as)"] = ", ".join(
        f"{a}→{b} {n}" for (a, b), n in wrong.most_common(6)
    )
    return lines


def overlapping(findings: tuple[Finding, ...], mention: dict) -> Finding | None:
    meeting = [one for one in findings if one.start < mention["end"] and mention["start"] < one.end]
    return max(
        meeting,
        key=lambda one: min(one.end, mention["end"]) - max(one.start, mention["start"]),
        default=None,
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f} ({part} of {whole})" if whole else "none"
