"""Two hundred words, days, drugs and symptoms that no relay may hold, and the search for them."""

from datetime import timedelta
from pathlib import Path

from made_people import DRUGS, FIRST

WORDS = tuple(
    f"{a}{b}"
    for a in ("heron", "lantern", "quarry", "saffron", "thimble", "willow", "cobalt", "juniper",
              "meadow", "velvet", "orchard", "pewter")
    for b in ("fright", "tremor", "sorrow", "burning", "nausea", "despair", "numbing", "ringing",
              "shaking", "weeping")
)  # fmt: skip
"""What the made-up people write in their notes."""

DAYS = tuple((FIRST + timedelta(days=n)).isoformat() for n in range(60))
SYMPTOMS = ("insomnia", "0..10 better down", "check_in", "dose_taken", "as_planned", "recorded_at",
            "Europe/Dublin", "device-0", "device-1", "corrected", "imported, as", "tablet of one",
            "laptop of one", "landward item", "replaces")  # fmt: skip
PLANTED = (*WORDS, *DAYS, *DRUGS, *SYMPTOMS)


def found_in(folder: Path) -> set[str]:
    """Which of them stand in any file below `folder`: as UTF-8 or UTF-16, in any case."""
    seen: set[str] = set()
    for path in folder.rglob("*"):
        if path.is_file():
            held = path.read_bytes().lower()
            seen |= {
                word
                for word in PLANTED
                if word.lower().encode() in held or word.lower().encode("utf-16-le") in held
            }
    return seen
