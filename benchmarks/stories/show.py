"""Twenty made-up stories of two writers, with what was found, good and bad.

python3 run.py bench stories show > docs/researchers/stories-twenty.md
"""

from collections.abc import Iterator

from made_up import FILE, FILE_2, overlapping, read_stories

from landward.app.stories.reader import story_reader

EACH = 10
HEAD = """# Twenty made-up stories, and what was found in them

Invented by two writers, ten stories each. The rules were written on the first ten (m…), not on the
last ten (u…); the model of time was trained on all of them, so *when* is the reader's better side.
Made by `python3 run.py bench stories show`. *Should be* stands where the gold differs; what the
gold names and the reader missed stands last."""


def run_show(_: list[str]) -> None:
    print(page())


def page() -> str:
    """The page as it stands in docs/researchers, without its last line break."""
    return "\n".join([HEAD, *_lines()])


def _lines() -> Iterator[str]:
    reader = story_reader()
    stories = [one for one in read_stories(FILE) if one["split"] == "dev"][:EACH]
    for story in [*stories, *read_stories(FILE_2)[:EACH]]:
        reading = reader.read(story["text"])
        yield f"\n## {story['id']} ({story['writer']}, {story['country']})\n"
        yield "> " + story["text"].replace("\n", "\n> ")
        yield (
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
            yield (
                f"| {words} | {one.label} | {', '.join(said)} | {one.phase} | {'; '.join(wrong)} |"
            )
        missed = [m["text"] for m in story["mentions"] if overlapping(reading.findings, m) is None]
        if missed:
            yield f"\nMissed: {'; '.join(missed)}."
        named = [
            f"{one.text}: {one.drug}, {one.dose_mg or '–'} mg, {one.duration_days or '–'} days"
            for one in reading.drugs
        ]
        if named:
            yield f"\nMedicines: {'; '.join(named)}."
