"""Twenty made-up stories of the half that may be looked at, with what was found, good and bad.

python3 run.py bench stories show > docs/researchers/stories-twenty.md
"""

import json

from made_up import FILE, overlapping

from landward.app.stories.reader import story_reader


def run_show(_: list[str]) -> None:
    reader = story_reader()
    stories = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    print("# Twenty made-up stories, and what was found in them")
    print()
    print("Invented; the rules were written and the model of time trained on them: so these are")
    print("the reader's better side.")
    print("Made by `python3 run.py bench stories show`. *Should be* stands where the gold differs;")
    print("what the gold names and the reader missed stands last.")
    for story in [one for one in stories if one["split"] == "dev"][:20]:
        reading = reader.read(story["text"])
        print(f"\n## {story['id']} ({story['writer']}, {story['country']})\n")
        print("> " + story["text"].replace("\n", "\n> "))
        print(
            "\n| words | symptom | said of it | when | should be |\n| --- | --- | --- | --- | --- |"
        )
        for one in reading.findings:
            gold = next((m for m in story["mentions"] if overlapping((one,), m) is not None), None)
            said = [name for name in ("negated", "possible", "resolved") if getattr(one, name)]
            said += ["somebody else's"] if one.whose == "other" else []
            wrong = [] if gold else ["not in the gold"]
            if gold:
                wrong += [gold["phase"]] if gold["phase"] != one.phase else []
                wrong += [gold["whose"]] if gold["whose"] != one.whose else []
                wrong += [
                    f"{name}: {str(gold[name]).lower()}"
                    for name in ("negated", "possible", "resolved")
                    if gold[name] != getattr(one, name)
                ]
            words = " ".join(one.text.split()).replace("|", "/")
            print(
                f"| {words} | {one.label} | {', '.join(said)} | {one.phase} | {'; '.join(wrong)} |"
            )
        missed = [m["text"] for m in story["mentions"] if overlapping(reading.findings, m) is None]
        if missed:
            print(f"\nMissed: {'; '.join(missed)}.")
        named = [f"{one.text}: {one.drug}, {one.dose_mg or '–'} mg" for one in reading.drugs]
        if named:
            print(f"\nMedicines: {'; '.join(named)}.")
