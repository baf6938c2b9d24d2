# ruff: noqa: E501 - one language a line, so that a reader of it can check it
"""The five moods a Daylio begins with, best first, in the languages it comes in.

Collected from exports and from the languages' plain words for the five faces; a file whose moods
are not all here, in one language, is asked about and never half read.
"""

from collections.abc import Iterable, Mapping
from functools import cache

_FIVE: Mapping[str, str] = {
    "en": "rad | good | meh | bad | awful",
    "de": "super | gut | ok, okay, naja, mittel | schlecht, mies | lausig, furchtbar, schrecklich",
    "nl": "geweldig, super, top | goed | meh, oké, matig | slecht | vreselijk, afschuwelijk",
    "fr": "super, génial, excellent | bien, bon | bof, moyen, moyenne | mauvais, mal | horrible, affreux, terrible",
    "es": "genial, increíble, radiante | bien, bueno | meh, regular, normal | mal, malo | horrible, fatal, terrible, pésimo",
    "it": "fantastico, super, alla grande | bene, buono | così così, meh, normale | male, cattivo | orribile, terribile, pessimo",
    "pt": "radiante, ótimo, incrível, excelente | bem, bom | mais ou menos, meh, indiferente | mal, mau, ruim | horrível, péssimo, terrível",
    "pl": "super, świetnie, wspaniale | dobrze, dobry | tak sobie, meh, średnio | źle, zły | okropnie, fatalnie, tragicznie",
    "ru": "супер, отлично, прекрасно | хорошо | так себе, нормально | плохо | ужасно",
    "uk": "супер, чудово, прекрасно | добре | так собі, нормально | погано | жахливо",
    "cs": "super, skvěle, úžasně | dobře | nic moc, ujde to, meh | špatně | hrozně, příšerně",
    "sk": "super, skvele, úžasne | dobre | nič moc, ujde to, meh | zle | hrozne, strašne",
    "sv": "toppen, super, grymt | bra | sådär, meh, okej | dåligt, dålig | hemskt, hemsk, fruktansvärt",
    "nb": "topp, super, kjempebra | bra | sånn passe, meh, ok | dårlig | forferdelig, grusom",
    "da": "super, fantastisk, skønt | godt, god | meh, nogenlunde, ok | dårligt, dårlig | forfærdeligt, forfærdelig",
    "fi": "mahtava, loistava, huippu | hyvä | meh, ok, ihan ok | huono | kamala, hirveä, surkea",
    "hu": "szuper, remek, csúcs | jó | meh, elmegy, közepes | rossz | borzalmas, szörnyű, pocsék",
    "ro": "super, grozav, minunat | bine | așa și așa, meh | rău, prost | groaznic, oribil",
    "tr": "harika, süper, müthiş | iyi | idare eder, eh, şöyle böyle | kötü | berbat, korkunç",
    "el": "τέλεια, φοβερά, υπέροχα | καλά | μέτρια, έτσι κι έτσι | άσχημα, κακά | απαίσια, χάλια",
    "hr": "super, odlično | dobro | onako, tako-tako | loše | užasno, grozno",
    "bg": "супер, страхотно | добре | горе-долу, става | зле, лошо | ужасно",
    "id": "luar biasa, hebat, keren | baik, bagus | biasa, biasa saja | buruk, jelek | parah, mengerikan, buruk sekali",
    "vi": "tuyệt vời, tuyệt | tốt | bình thường, tạm | tệ, xấu | kinh khủng, tồi tệ",
    "ja": "最高 | 良い, よい, いい | まあまあ, 普通 | 悪い | 最悪, ひどい",
    "ko": "최고, 신남, 아주 좋음 | 좋음, 좋아 | 그저 그럼, 그저 그래, 보통 | 나쁨 | 끔찍함, 끔찍해, 최악",
    "zh": "超棒, 很棒, 极好, 狂喜 | 好, 不错, 开心, 开森 | 一般, 还行, 还好 | 差, 不好, 不爽 | 糟糕, 很差, 超烂",
    "zh_Hant": "超棒, 極好, 狂喜 | 好, 不錯, 開心 | 一般, 還行, 還好, 普通 | 差, 不好, 糟 | 糟糕, 很差, 超爛, 糟透了",
    "ar": "رائع, ممتاز | جيد | عادي, لا بأس | سيئ, سيء | فظيع, مريع",
    "he": "מעולה, מדהים | טוב | ככה ככה, סביר | רע | נורא, איום",
    "th": "สุดยอด, เยี่ยม | ดี | เฉยๆ, เฉย ๆ | แย่ | แย่มาก",
    "hi": "शानदार, बहुत बढ़िया | अच्छा | ठीक-ठाक, ठीक ठाक | बुरा | बहुत बुरा, भयानक",
}  # fmt: skip


@cache
def _levels() -> Mapping[str, Mapping[str, int]]:
    """Language -> word -> 5 (best) to 1."""
    return {
        language: {
            word.strip(): 5 - place
            for place, words in enumerate(line.split("|"))
            for word in words.split(",")
        }
        for language, line in _FIVE.items()
    }


def levels_of(moods: Iterable[str]) -> dict[str, int] | None:
    """The number of each mood, where one language has them all, and every such language agrees."""
    plain = {mood: mood.casefold() for mood in moods}
    found = [
        {mood: levels[word] for mood, word in plain.items()}
        for levels in _levels().values()
        if all(word in levels for word in plain.values())
    ]
    return found[0] if found and all(one == found[0] for one in found) else None


def levels_said(answer: str, moods: Iterable[str]) -> dict[str, int] | None:
    """The numbers of moods from the person's order, best first: words with commas, or with “=”.

    None where a mood is missing, twice, or there are not five levels. Several words for one level
    stand with a “/” between them.
    """
    wanted = {mood.casefold(): mood for mood in moods}
    levels: dict[str, int] = {}
    parts = [part.strip() for part in answer.split(",") if part.strip()]
    for place, part in enumerate(parts):
        words, sign, number = part.rpartition("=")
        if sign and number.strip() in ("1", "2", "3", "4", "5"):
            level, named = int(number), words
        elif len(parts) == 5 and not sign:
            level, named = 5 - place, part
        else:
            return None
        for word in named.split("/"):
            mood = wanted.get(word.strip().casefold())
            if mood is not None and levels.setdefault(mood, level) != level:
                return None
    return levels if len(levels) == len(wanted) else None
