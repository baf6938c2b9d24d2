"""One renderer, two media: any letter is safe, widths stretch on a page, paper carries its own."""

import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landward.report.figure.marks import Box, Dot, Figure, Hatched, Link, Path, Words
from landward.report.figure.roles import HATCHES, ROLES, SHADES, shades, style_sheet
from landward.report.figure.svg import page_svg, paper_svg
from landward.report.palette import PALETTES, PAPER
from landward.web.http.static_files import THEMES

ODD = [
    "\uffff",
    "\x1b[31mred",
    "\x00",
    "clon\ufffeazepam",
    "𐏿",
    "\ud800",
    "\"'</text>&",
    "]]>",
    "دواء",
]


def figure(text: str = "x") -> Figure:
    return Figure(
        200,
        100,
        (
            Box("cell shade3", 20, 10, 50, 20, 2),
            Hatched("hatch", 20, 10, 50, 20),
            Path("line", "M0 0L10 10"),
            Path("thin", "M0 1L10 11"),
            Dot("sign", 100, 50, 2),
            Link("/day/1", text, (Words("words", 100, 50, text, "end", dx=-3),)),
        ),
        text,
        linked=True,
    )


@pytest.mark.parametrize("text", ODD)
def test_no_letter_of_anybodys_breaks_the_picture(text: str) -> None:
    for svg in (page_svg(figure(text)), paper_svg(figure(text), PAPER)):
        ET.fromstring(svg)


@given(st.text())
def test_any_text_gives_a_picture_that_can_be_read(text: str) -> None:
    ET.fromstring(page_svg(figure(text)))
    ET.fromstring(paper_svg(figure(text), PAPER))


def test_a_joker_stays_a_name() -> None:
    assert "</text>&" not in page_svg(figure('"</text>&'))
    assert "&quot;" in page_svg(figure("\"'")) or "aria-label='" in page_svg(figure('"'))


def test_on_a_page_widths_are_shares_and_heights_follow_the_letters() -> None:
    svg = page_svg(figure())
    assert 'x="10%" y="0.556rem"' in svg
    assert 'width="25%"' in svg and "style=" not in svg
    assert 'viewBox="0 0 200 100" preserveAspectRatio="none"' in svg
    assert svg.count("preserveAspectRatio") == 1  # two paths share one stretched picture


def test_paper_holds_its_colours_and_no_links() -> None:
    svg = paper_svg(figure(), PAPER)
    assert "<a " not in svg and "class=" not in svg and "%" not in svg
    assert shades(PAPER)[3] in svg


def test_a_picture_with_links_is_no_image_to_a_screen_reader() -> None:
    assert 'role="group"' in page_svg(figure())
    assert 'role="img"' in paper_svg(figure(), PAPER)


def test_two_pictures_on_a_page_share_no_name() -> None:
    one, other = (page_svg(Figure(9, 9, (Hatched("hatch", 0, 0, 9, 9),), "", key=k)) for k in "ab")
    assert 'id="a-hatch"' in one and "url(#a-hatch)" in one and 'id="b-hatch"' in other


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", [*PALETTES, *THEMES])
def test_harder_is_darker_all_along_in_greyscale(name: str) -> None:
    found = [luminance(shade) for shade in shades((PALETTES | THEMES)[name])]
    assert len(found) == SHADES
    steps = [before - after for before, after in pairwise(found)]
    assert min(steps) > 0.004 and found[0] > 0.7 and found[-1] < 0.05


def test_the_style_sheet_says_every_role_and_only_colours_of_the_theme() -> None:
    sheet = style_sheet()
    for role in ROLES | HATCHES:
        assert f".fig .{role}{{" in sheet
    assert "#" not in sheet
