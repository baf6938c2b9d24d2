"""Shapes a page repeats, drawn once: rows of answers, into which a name and a tap are put.

What is kept holds our own words alone. The name of a field, which may be a person's own symptom,
and what was chosen are put in afterwards, escaped, and are never kept.
"""

from collections.abc import Sequence
from functools import lru_cache

from jinja2 import Environment
from markupsafe import Markup, escape

NAME = "\N{SYMBOL FOR NULL}name\N{SYMBOL FOR NULL}"
"""Stands in a kept shape where the name of the field will stand."""

Named = tuple[tuple[str, str], ...]


class Shapes:
    """The macros of shapes.html whose answers are the same for everybody."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._blank = lru_cache(maxsize=64)(self._draw)

    def scale10(self, name: str, chosen: str = "", clear: object = False) -> Markup:
        """Eleven buttons from 0 to 10."""
        return _filled(self._blank("scale10", (), (), clear=bool(clear)), name, chosen)

    def words(
        self,
        name: str,
        choices: Sequence[str],
        chosen: str = "",
        *,
        extra: Named = (),
        clear: object = False,
        as_word: object = False,
    ) -> Markup:
        """One button a word, its value its place in the row or (`as_word`) the word itself."""
        shape = "words_said" if as_word else "words"
        return _filled(self._blank(shape, tuple(choices), extra, clear=bool(clear)), name, chosen)

    def named(self, name: str, options: Named, chosen: str = "") -> Markup:
        """One button for every (value, word)."""
        return _filled(self._blank("named", (), options, clear=False), name, chosen)

    def _draw(self, shape: str, choices: tuple[str, ...], extra: Named, *, clear: bool) -> str:
        macros = self._environment.get_template("shapes.html").module
        if shape == "scale10":
            return str(macros.scale10(NAME, clear=clear))  # type: ignore[attr-defined]  # a macro
        if shape == "named":
            return str(macros.named(NAME, extra))  # type: ignore[attr-defined]  # a macro
        return str(
            macros.words(  # type: ignore[attr-defined]  # a macro
                NAME, choices, extra=extra, clear=clear, as_word=shape == "words_said"
            )
        )


def _filled(blank: str, name: str, chosen: str) -> Markup:
    """A blank shape under its name, with one answer chosen where there is one of that value."""
    if chosen:
        value = f'value="{escape(chosen)}"'
        blank = blank.replace(f"{value}>", f"{value} checked>", 1)
    return Markup(blank.replace(NAME, str(escape(name))))  # noqa: S704 - both parts are escaped
