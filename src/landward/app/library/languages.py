"""The languages this installation has words for. English needs none; no other is shipped yet."""

import gettext
from functools import cache
from pathlib import Path

from landward.model.base import BadInput
from landward.model.said import ENGLISH, Catalogue, phrase

LANGUAGES = Path(__file__).parents[2] / "languages"
"""Where `python3 run.py text LANGUAGE` puts what was translated, one file a language."""


def languages(folder: Path = LANGUAGES) -> tuple[str, ...]:
    """The codes of every language there are words for, English first."""
    return (ENGLISH.language, *sorted(path.stem for path in folder.glob("*.mo")))


@cache
def words_in(language: str) -> Catalogue:
    """The words of a language; English where this installation has none of it."""
    try:
        return catalogue_of(language)
    except BadInput:
        return ENGLISH


def language_names() -> dict[str, str]:
    """Each language by its code, called as it calls itself."""
    # For translators: the name of your own language, in your language.
    own = phrase("English")
    return {code: words_in(code).words(own) for code in languages()}


def catalogue_of(language: str, folder: Path = LANGUAGES) -> Catalogue:
    """The words of a language. Raises BadInput for one that is not here."""
    known = languages(folder)
    if language not in known:
        raise BadInput(
            phrase(
                "there are no words in “{language}” here; there are: {known}",
                language=language,
                known=", ".join(known),
            )
        )
    if language == ENGLISH.language:
        return ENGLISH
    try:
        with (folder / f"{language}.mo").open("rb") as file:
            found = gettext.GNUTranslations(file)
    except (OSError, ValueError, UnicodeDecodeError) as error:
        raise BadInput(
            phrase("the words of “{language}” cannot be read; compile them anew", language=language)
        ) from error
    return Catalogue(language.replace("_", "-"), found)
