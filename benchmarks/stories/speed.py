"""Sentences a second and milliseconds a story, in CPU time (user + system) of one process."""

import json
import time
from pathlib import Path

from corpus import data_folder, read_conll

from landward.app.stories.reader import story_reader


def run_speed(_: list[str]) -> None:
    began = time.process_time()
    reader = story_reader()
    print(f"built in {1000 * (time.process_time() - began):.0f} ms CPU")
    folder = data_folder()
    if folder is not None:
        tokens = [[token for token, _ in one] for one in read_conll(folder / "all_train.txt")]
        for name in ("cold", "warm"):
            began, wall = time.process_time(), time.perf_counter()
            for start in range(0, len(tokens), 512):
                reader.spans(tokens[start : start + 512])
            spent, took = time.process_time() - began, time.perf_counter() - wall
            print(
                f"spans, {name}: {len(tokens) / spent:.0f} sentences/s CPU, "
                f"{len(tokens) / took:.0f} wall"
            )
    lines = (Path(__file__).parent / "made_up.jsonl").read_text(encoding="utf-8").splitlines()
    stories = [json.loads(line)["text"] for line in lines]
    spent_ms = []
    for story in stories:
        began = time.process_time()
        reader.read(story)
        spent_ms.append(1000 * (time.process_time() - began))
    spent_ms.sort()
    print(
        f"one story: median {spent_ms[len(spent_ms) // 2]:.1f} ms, slowest {spent_ms[-1]:.1f} ms "
        f"({sum(map(len, stories)) // len(stories)} letters on average)"
    )
    big = "\n\n".join(stories)
    big = big * (10_000_000 // len(big) + 1)
    began = time.process_time()
    found = reader.read(big)
    print(
        f"{len(big) / 1e6:.1f} MB: {time.process_time() - began:.1f} s, {len(found.findings)} found"
    )
