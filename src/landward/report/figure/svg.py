"""The one renderer: a figure as SVG, for a page with its style sheet or for paper without one."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from landward.model.said import ENGLISH, Catalogue
from landward.report.figure.marks import Box, Dot, Figure, Hatched, Link, Mark, Path, Words
from landward.report.figure.roles import themed
from landward.report.palette import Palette
from landward.report.printable import printable

FONTS = (
    "Atkinson Hyperlegible, Noto Sans, Noto Sans Arabic, Noto Sans Hebrew, "
    "Noto Sans Bengali, Noto Sans Tamil, Noto Sans Thai, Noto Sans CJK TC"
)
DIGITS = re.compile("[0-9]")
WITH_DIGITS = f' font-family="Noto Sans, {FONTS}"'
"""Printed words with a digit in them: the zero of this face has no stroke through it, which a
scanner takes for an 8 or a 9."""
TYPE_PT = 10.5
ROOT_PX = 18.0
"""What one letter height of the page's root is at its usual size; heights on screens follow it."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def paper_svg(figure: Figure, palette: Palette, catalogue: Catalogue = ENGLISH) -> str:
    """The picture for print: colours, sizes and typefaces inside, lengths in points."""
    return _Renderer(figure, palette, catalogue).drawn()


def page_svg(figure: Figure, catalogue: Catalogue = ENGLISH) -> str:
    """The picture for a page: as wide as its room, as tall as its letters, in the page's theme."""
    return _Renderer(figure, None, catalogue).drawn()


def xml_text(text: str) -> str:
    """Text as XML holds it: what it cannot hold is left out, its own signs are escaped."""
    return escape(_NOT_XML.sub("", text))


@dataclass(frozen=True, slots=True)
class _Renderer:
    figure: Figure
    palette: Palette | None
    catalogue: Catalogue

    def drawn(self) -> str:
        """The whole element."""
        figure = self.figure
        told = quoteattr(xml_quotable(self.catalogue.words(figure.description)))
        role = "group" if figure.linked and self.palette is None else "img"
        if self.palette is None:
            width = _rem(figure.width) if figure.still else "100%"
            kind = "fig still" if figure.still else "fig"
            size = f'class="{kind}" width="{width}" height="{_rem(figure.height)}"'
        else:
            w, h = _num(figure.width), _num(figure.height)
            size = (
                f'xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" '
                f'viewBox="0 0 {w} {h}" font-family="{FONTS}" font-size="{TYPE_PT:g}"'
            )
        body = self._marks(figure.marks)
        return f'<svg {size} role="{role}" aria-label={told}>{self._hatches()}{body}</svg>'

    def _hatches(self) -> str:
        used = sorted(set(_hatch_roles(self.figure.marks)))
        gap = _num(self.figure.hatch_gap)
        patterns = (
            f'<pattern id="{self.figure.key}-{role}" width="{gap}" height="{gap}" '
            f'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
            f'<line{self._styled(role)} x1="0" y1="0" x2="0" y2="{gap}"/></pattern>'
            for role in used
        )
        text = "".join(patterns)
        return f"<defs>{text}</defs>" if text else ""

    def _marks(self, marks: Iterable[Mark]) -> str:
        """Paths side by side share one stretched picture on a page; all else stands on its own."""
        parts = []
        for are_paths, group in groupby(marks, key=lambda mark: isinstance(mark, Path)):
            if not are_paths:
                parts += [self._mark(mark) for mark in group]
                continue
            text = "".join(self._mark(mark) for mark in group)
            parts.append(text if self.palette else self._stretched(text))
        return "".join(parts)

    def _stretched(self, text: str) -> str:
        figure = self.figure
        return (
            f'<svg width="100%" height="{_rem(figure.height)}" '
            f'viewBox="0 0 {_num(figure.width)} {_num(figure.height)}" '
            f'preserveAspectRatio="none" overflow="visible">{text}</svg>'
        )

    def _mark(self, mark: Mark) -> str:
        match mark:
            case Box():
                round_ = f' rx="{_num(mark.radius)}"' if mark.radius else ""
                return f"<rect{self._styled(mark.role)}{self._place(mark)}{round_}/>"
            case Hatched():
                return f'<rect fill="url(#{self.figure.key}-{mark.role})"{self._place(mark)}/>'
            case Path():
                return f'<path{self._styled(mark.role)} d="{mark.d}"/>'
            case Dot():
                at = f' cx="{self._across(mark.x)}" cy="{self._down(mark.y)}"'
                return f'<circle{self._styled(mark.role)}{at} r="{self._down(mark.radius)}"/>'
            case Words():
                return self._words(mark)
            case Link():
                inner = self._marks(mark.marks)
                if self.palette is not None:
                    return inner
                title = f"<title>{xml_text(self.catalogue.words(mark.label))}</title>"
                return f"<a href={quoteattr(mark.address)}>{title}{inner}</a>"

    def _words(self, mark: Words) -> str:
        anchor = "" if mark.anchor == "start" else f' text-anchor="{mark.anchor}"'
        moved = f' dx="{self._down(mark.dx)}"' if mark.dx else ""
        said = self.catalogue.words(mark.text)
        text = said if self.palette is None else printable(said)
        hidden = ' aria-hidden="true"' if self.palette is None else ""
        face = WITH_DIGITS if self.palette is not None and DIGITS.search(text) else ""
        return (
            f'<text{self._styled(mark.role)}{face} x="{self._across(mark.x)}" '
            f'y="{self._down(mark.y)}"{anchor}{moved}{hidden}>{xml_text(text)}</text>'
        )

    def _place(self, mark: Box | Hatched) -> str:
        return (
            f' x="{self._across(mark.x)}" y="{self._down(mark.y)}" '
            f'width="{self._across(mark.width)}" height="{self._down(mark.height)}"'
        )

    def _styled(self, role: str) -> str:
        if self.palette is None:
            return f' class="{role}"'
        return "".join(themed(kind, self.palette) for kind in role.split())

    def _across(self, x: float) -> str:
        return _num(x) if self.palette else f"{_num(x / self.figure.width * 100)}%"

    def _down(self, y: float) -> str:
        return _num(y) if self.palette else _rem(y)


def xml_quotable(text: str) -> str:
    """Text for an attribute, before it is quoted."""
    return _NOT_XML.sub("", text)


def _hatch_roles(marks: Iterable[Mark]) -> Iterable[str]:
    for mark in marks:
        if isinstance(mark, Hatched):
            yield mark.role
        elif isinstance(mark, Link):
            yield from _hatch_roles(mark.marks)


def _num(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") or "0"


def _rem(value: float) -> str:
    return f"{_num(value / ROOT_PX)}rem"
