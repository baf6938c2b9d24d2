"""Characters: what the fonts cover is as listed, and what they lack is named or counted."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

import landward.report
from landward.report.more_fonts import FILE, cjk_folder
from landward.report.printable import covered, printable, printable_data

FONTS = Path(landward.report.__file__).parent / "fonts"


def test_the_list_of_covered_characters_is_what_the_fonts_hold():
    families: dict[str, set[int]] = {}
    for path in sorted(FONTS.glob("*.ttf")):
        if "Italic" in path.stem:
            continue
        points = set(TTFont(path).getBestCmap())
        family = path.stem.split("-")[0]
        families[family] = families.get(family, points) & points
    scripts = {"Arabic", "Bengali", "Hebrew", "Tamil", "Thai"}
    assert set(families) == {"AtkinsonHyperlegible", "NotoSans", *(f"NotoSans{s}" for s in scripts)}
    assert covered() == set().union(*families.values())


def test_the_extra_font_adds_what_is_listed(with_the_extra):
    folder = cjk_folder()
    assert folder is not None, "the test set installs it"
    points = set(TTFont(folder / FILE).getBestCmap())
    assert points <= covered() and len(covered()) > 44_000
    assert printable("你好世界, 眠れない, 잠") == "你好世界, 眠れない, 잠"


def test_every_font_has_its_licence_beside_it_and_is_in_the_notices():
    notices = (Path(__file__).parents[2] / "THIRD_PARTY_NOTICES.md").read_text(encoding="utf-8")
    for path in FONTS.glob("*.ttf"):
        assert f"`{path.stem.split('-')[0]}-{{" in notices
        text = (FONTS / f"{path.stem.split('-')[0]}-OFL.txt").read_text(encoding="utf-8")
        assert "SIL OPEN FONT LICENSE Version 1.1" in text


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("plain words, 4 mg", "plain words, 4 mg"),
        ("café ½ mg ≥ 2", "café ½ mg ≥ 2"),
        ("مرحبا שלום Жук Ωμέγα", "مرحبا שלום Жук Ωμέγα"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # the Persian half-space stays
        ("bad night 😭", "bad night [loudly crying face]"),
        ("👩🏽\u200d🦰 went home", "[woman] went home"),
        ("10 → 9 mg ✓", "10 to 9 mg yes"),
        ("你好世界", "[4 letters this page cannot print]"),
        ("นอนไม่หลับ தூக்கம் ঘুম नींद", "นอนไม่หลับ தூக்கம் ঘুম नींद"),
        ("क्\u200dष", "क्\u200dष"),  # a joiner that makes a letter stays
        ("ሰላም", "[3 letters this page cannot print]"),
        ("e\u0301", "é"),
        ("a\tb\r\nc", "a b\nc"),
        ("pay \u202eevil\u202c \x00\x07now\ud800", "pay evil now"),
        ("", ""),
    ],
)
def test_a_text_prints_as(written, printed):
    assert printable(written) == printed


@given(st.text())
def test_nothing_unprintable_is_left_and_doing_it_twice_changes_nothing(text):
    once = printable(text)
    kept = covered() | {ord(c) for c in "\n\u200c\u200d\u200e\u200f"}
    assert {ord(c) for c in once} <= kept
    assert printable(once) == once


def test_strings_are_replaced_wherever_they_sit():
    assert printable_data({"a": ["x", ("😀", 3)], "b": {"c": None}}) == {
        "a": ["x", ["[grinning face]", 3]],
        "b": {"c": None},
    }
