"""Whether a text is English: by its commonest words. Other languages are said, never guessed at."""

from collections.abc import Sequence
from typing import Literal

_ENGLISH = frozenset(
    "the and i to of a in it was my is that for on have had not but with me this so at be you they "
    "are from she he her his we were as no when after if or all now by what im ive just dont cant "
    "would could did do don't can't it's i'm i've".split()
)
_OTHERS = frozenset(
    "der die das und ich nicht ist ein eine zu mit auf für habe bin war es den dem seit nach auch "
    "el la los las que de en y un una con por para mi no es se lo del al pero estoy tengo me "
    "le les des et je ne pas est une du au aux pour dans avec suis depuis mais mon ma j "
    "il lo gli che di non per sono con ho mi del della una ma anche "
    "de het een en van ik niet dat met voor zijn maar heb ben "
    "o os as um uma e do da em não com eu mas meu minha "
    "och jag är inte det att som på en ett har med men mig "
    "og jeg ikke er det til av men meg mig har "
    "w i na nie się jest to z do mam od po że".split()
)
_FEWEST = 6
_SHARE = 0.6


def language_of(words: Sequence[str]) -> Literal["en", "other"]:
    """“en” where English's commonest words outweigh those of other languages, or the text is short
    and written in Latin letters; “other” otherwise."""
    letters = "".join(words)
    if letters and sum(letter.isascii() for letter in letters) < 0.8 * len(letters):
        return "other"
    low = [word.casefold() for word in words]
    english = sum(word in _ENGLISH for word in low)
    other = sum(word in _OTHERS - _ENGLISH for word in low)
    if english + other < _FEWEST:
        return "other" if other > english else "en"
    return "en" if english >= _SHARE * (english + other) else "other"
