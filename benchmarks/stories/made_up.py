"""Made-up stories: what the reader says of the mentions it finds, against the gold; kappa."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

from landward.app.stories.reader import story_reader
from landward.model.stories import Finding, StoryReading

FILE = Path(__file__).parent / "made_up.jsonl"
FILE_2 = Path(__file__).parent / "made_up_2.jsonl"
SAID = ("whose", "negated", "possible", "resolved")
PHASES = ("before", "on", "cutting", "stopped", "unknown")
Lines = dict[str, str]


def run_made_up(arguments: list[str]) -> None:
    """`dev` or `test` half of the old stories, or any file of the same format: only numbers."""
    files = [Path(one) for one in arguments if one.endswith(".jsonl")]
    stories = [one for file in files or [FILE] for one in read_stories(file)]
    half = next((one for one in ("dev", "test") if one in arguments), None)
    stories = [one for one in stories if half in (None, one["split"])]
    print(f"{len(stories)} stories of {', '.join(one.name for one in files or [FILE])}:")
    for name, value in measure(stories).items():
        print(f"  {name:58} {value}")


def read_stories(file: Path) -> list[dict]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]


def scored_for_phase(story: dict, mention: dict) -> bool:
    """The narrator's own, and in a supporter's story those of the person it is about."""
    return mention["whose"] == "self" or story["writer"] == "supporter"


def measure(stories: list[dict], read: Callable[[str], StoryReading] | None = None) -> Lines:
    """Only numbers come out: a kept-back file is scored and never shown."""
    read = read or story_reader().read
    pairs: dict[str, list[tuple[object, object]]] = defaultdict(list)
    drugs: Counter[str] = Counter()
    there_phase = 0
    for story in stories:
        reading = read(story["text"])
        for mention in story["mentions"]:
            counts = scored_for_phase(story, mention)
            there_phase += counts
            found = overlapping(reading.findings, mention)
            pairs["found"].append((True, found is not None))
            if found is None:
                continue
            for name in SAID:
                pairs[name].append((mention[name], getattr(found, name)))
            if counts:
                pair = (mention["phase"], found.phase)
                pairs["phase"].append(pair)
                pairs["sure" if found.phase_sure else "unsure"].append(pair)
        for named in story["drugs"]:
            drugs["all"] += 1
            here = next((one for one in reading.drugs if one.start == named["start"]), None)
            if here is not None:
                drugs["drug"] += here.drug == named["drug"]
                dose = float(here.dose_mg) if here.dose_mg else None
                drugs["dose"] += dose == named["dose_mg"]
                drugs["duration"] += here.duration_days == named["duration_days"]
    return _lines(pairs, drugs, there_phase)


def _lines(pairs: dict[str, list], drugs: Counter[str], there_phase: int) -> Lines:
    lines = {"mentions found": _share(pairs["found"])}
    lines["phase (self, and the person of a supporter)"] = _with_kappa(pairs["phase"])
    lines["  where it is sure"] = _share(pairs["sure"])
    lines["  where it says perhaps"] = _share(pairs["unsure"])
    right = sum(a == b for a, b in pairs["phase"])
    lines["  of all such mentions, a missed one being wrong"] = _of(right, there_phase)
    for phase in PHASES:
        lines[f"  where {phase}"] = _share([one for one in pairs["phase"] if one[0] == phase])
    for name in SAID:
        true = "other" if name == "whose" else True
        lines[name] = _with_kappa(pairs[name])
        lines[f"  {name} where {true}".replace("True", "true")] = _share(
            [one for one in pairs[name] if one[0] == true]
        )
        lines[f"  {name} where read as {true}".replace("True", "true")] = _share(
            [one for one in pairs[name] if one[1] == true]
        )
    for name in ("drug", "dose", "duration"):
        lines[f"medicine: {name}"] = _of(drugs[name], drugs["all"])
    wrong = Counter(pair for pair in pairs["phase"] if pair[0] != pair[1])
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


def _of(part: int, whole: int) -> str:
    return f"{part / whole:.3f} ({part} of {whole})" if whole else "none"


def _share(pairs: list[tuple]) -> str:
    return _of(sum(a == b for a, b in pairs), len(pairs))


def _with_kappa(pairs: list[tuple]) -> str:
    return f"{_share(pairs)}, kappa {kappa(pairs):.3f}" if pairs else "none"


def kappa(pairs: list[tuple]) -> float:
    """Cohen's kappa of (is, read as); 0 where both say one thing only."""
    n = len(pairs)
    is_, read_as = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(is_[one] * read_as[one] for one in is_) / n**2
    agreed = sum(a == b for a, b in pairs) / n
    return (agreed - chance) / (1 - chance) if chance < 1 else 0.0
