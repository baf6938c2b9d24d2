"""Check the made-up stories: `python3 benchmarks/stories/check_made_up.py`. Standard library only.

Says every fault with the story it is in, then the counts; exit 1 if there is any fault.
"""

import json
import sys
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
PHASES = ("before", "on", "cutting", "stopped", "unknown")
MENTION = {"text", "start", "end", "whose", "negated", "possible", "resolved", "phase"}
DRUG = {"text", "start", "end", "drug", "dose_mg", "duration_days"}
STORY = {"id", "split", "writer", "country", "text", "mentions", "drugs"}
STANDINGS = ("negated", "possible", "resolved")
MENTION_2 = MENTION | {"symptom", "hoped", "past", "stopped_days"}
STORY_2 = STORY | {"told"}
"""The fields of `made_up_2.jsonl`."""


def read(path: Path = HERE / "made_up.jsonl") -> list[dict]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def faults_of(story: dict) -> list[str]:
    """What is wrong with one story, in words."""
    found: list[str] = []
    if set(story) not in (STORY, STORY_2):
        return [f"fields are {sorted(story)}"]
    text, last_end = story["text"], 0
    if not 40 <= len(text.split()) <= 350:
        found.append(f"{len(text.split())} words")
    if story["split"] not in ("dev", "test") or story["writer"] not in ("self", "supporter"):
        found.append("split or writer")
    fields_of = MENTION_2 if "told" in story else MENTION
    marks = [(m, fields_of) for m in story["mentions"]] + [(d, DRUG) for d in story["drugs"]]
    for mark, fields in sorted(marks, key=lambda pair: pair[0]["start"]):
        if set(mark) != fields:
            found.append(f"fields of {mark}")
            continue
        start, end = mark["start"], mark["end"]
        if text[start:end] != mark["text"] or not mark["text"]:
            found.append(f"“{mark['text']}” is not at {start}:{end} (“{text[start:end]}” is)")
        if mark["text"] != mark["text"].strip():
            found.append(f"“{mark['text']}” has blanks at its ends")
        if (start and text[start - 1].isalnum() and text[start].isalnum()) or (
            end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
        ):
            found.append(f"“{mark['text']}” cuts through a word")
        if start < last_end:
            found.append(f"“{mark['text']}” overlaps the mark before it")
        last_end = end
        if fields is fields_of:
            if mark["phase"] not in PHASES or mark["whose"] not in ("self", "other"):
                found.append(f"“{mark['text']}”: phase or whose")
            if any(not isinstance(mark[name], bool) for name in STANDINGS):
                found.append(f"“{mark['text']}”: a standing that is no true or false")
            if sum(mark[name] for name in STANDINGS) > 1:
                found.append(f"“{mark['text']}”: more than one standing")
        else:
            found += [
                f"“{mark['text']}”: {name} {mark[name]}"
                for name in ("dose_mg", "duration_days")
                if mark[name] is not None and not mark[name] > 0
            ]
    return found


def main() -> int:
    stories = read()
    faults = [f"{story.get('id')}: {fault}" for story in stories for fault in faults_of(story)]
    if len({story["id"] for story in stories}) != len(stories):
        faults.append("two stories with one id")
    splits = Counter(story["split"] for story in stories)
    if splits != {"dev": 50, "test": 50}:
        faults.append(f"splits {dict(splits)}")
    for split in ("dev", "test"):
        told = [story for story in stories if story["split"] == split]
        mentions = [mention for story in told for mention in story["mentions"]]
        print(f"{split}: {len(told)} stories, {len(mentions)} mentions")
        print("  phase  ", dict(Counter(mention["phase"] for mention in mentions)))
        print("  whose  ", dict(Counter(mention["whose"] for mention in mentions)))
        print("  said   ", {name: sum(m[name] for m in mentions) for name in STANDINGS})
        print("  drugs  ", sum(len(story["drugs"]) for story in told))
        unknown = sum(any(m["phase"] == "unknown" for m in s["mentions"]) for s in told)
        print(f"  stories with a phase that must stay unknown: {unknown}")
        if not any(mention["phase"] == "unknown" for mention in mentions):
            faults.append(f"{split}: no unknown phase")
    if sum(len(story["mentions"]) for story in stories) < 600:
        faults.append("fewer than 600 mentions")
    second = read(HERE / "made_up_2.jsonl")
    faults += [f"{story.get('id')}: {fault}" for story in second for fault in faults_of(story)]
    print(
        f"second: {len(second)} stories, {sum(len(story['mentions']) for story in second)} mentions"
    )
    print("\n".join(faults) or "no fault")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
