"""The page a relay serves to phones under /phone/: the same for everyone, with nothing of anybody.

Everything personal comes later, sealed by the person's own computer, and is opened on the phone.
"""

import datetime as dt
import json
from collections.abc import Mapping
from functools import cache

from landward.app.phone.face import Form, plain_part, questions_for
from landward.app.phone.make_page import POLICY, SOURCES, filled, whole_page
from landward.catalog import load_catalog
from landward.model.said import ENGLISH, phrase
from landward.model.stopping import DO_NOT_STOP
from landward.report.figure.roles import style_sheet, variables
from landward.report.palette import CONTRAST, DIM, LIGHT, Palette
from landward.vault.phone_shelf import word_list

TRUSTING = phrase(
    "This page comes from the relay: whoever runs it cannot read what is sealed there, but could "
    "change this page, and a changed page could read what you write and open here from then on."
)
"""What trusting served code means."""

COPIED = (
    "asking.js", "drawing.js", "face.js", "form.js", "looking.js", "pairing.js", "passcode.js",
    "relay.js", "sending.js", "shelf.js",
)  # fmt: skip
THEMES: dict[str, Palette] = {"dim": DIM, "paper": LIGHT, "contrast": CONTRAST}
NO_DAY = dt.date(1, 1, 1)


@cache
def phone_files() -> Mapping[str, bytes]:
    """Every file of the page by its name. The same Landward gives the same bytes."""
    own = {name: (SOURCES / "relay" / name).read_bytes() for name in COPIED}
    own["index.html"] = _page()
    own["relay.css"] = (
        "\n".join((_colours(), style_sheet(), "")).encode()
        + (SOURCES / "relay" / "relay.css").read_bytes()
    )
    own["words.js"] = f"export const WORDS = {json.dumps(word_list())};\n".encode()
    return whole_page(own, "Landward")


def _page() -> bytes:
    form = Form(questions=questions_for((), ()), planned_until=NO_DAY, day_starts_at="04:00")
    return filled(
        "relay/relay.html",
        {
            "policy": POLICY,
            "form": json.dumps(plain_part(form, ENGLISH), ensure_ascii=False),
            "crisis": load_catalog().crisis(""),
            "do_not_stop": DO_NOT_STOP,
            "drugs": (),
            "trusting": TRUSTING,
        },
    )


def _colours() -> str:
    """What the pictures are drawn with, for each look; the page's own colours stay its own."""
    return "\n".join(_theme(name, palette) for name, palette in THEMES.items())


def _theme(name: str, palette: Palette) -> str:
    told = palette.model_dump(exclude={"name"}).items()
    lines = "".join(f"--{colour.replace('_', '-')}:{value};" for colour, value in told)
    return f'[data-theme="{name}"] .fig{{{lines}{variables(palette)}}}'
