"""Feelings over time as the terminal tells them: all that the page says, without its pictures."""

from collections.abc import Iterator, Mapping

from landward.model.readings import DiaryFeelings
from landward.model.said import joined, phrase
from landward.report.blocks.shape import Lines, Table, row
from landward.report.entry_words import glimmer_words
from landward.report.readings.feelings import HEADS, lines, phase_parts, sentence
from landward.report.readings.feelings_told import asked_lines, lag_line, low_line, too_much_line
from landward.report.readings.telling import Part, Telling
from landward.report.words import date_words


def tell(found: DiaryFeelings, names: Mapping[str, str]) -> Telling:
    """The sentence and one row a feeling."""
    rows = tuple(
        row(
            one.name,
            str(one.days),
            one.mean or "–",
            phrase("{scale} to {scale_2}", scale=f"{one.scale[0]:g}", scale_2=f"{one.scale[1]:g}"),
            one.moved or "–",
        )
        for one in lines(found, names)
    )
    return Telling(
        title=phrase("Feelings over time"),
        sentence=sentence(found, names),
        caution=phrase("Pleasant and painful feelings stand apart: nothing is added up."),
        parts=(
            *((Part(shape=Table(columns=HEADS, rows=rows)),) if rows else ()),
            *phase_parts(found, names),
            *_in_lines(found, names),
        ),
        note=phrase(
            "Before, during and after stand side by side; other things changed too. A better event "
            "is one step more pleasant; no difference is an answer as well."
        )
        if found.reading.phases
        else "",
    )


def _in_lines(found: DiaryFeelings, names: Mapping[str, str]) -> Iterator[Part]:
    """What needs no table, each under its heading."""
    reading = found.reading
    low = low_line(reading, dict(found.own_word))
    yield Part(title=phrase("Days low in both"), shape=Lines(said=(low,)))
    yield Part(title=phrase("Days that were too much"), shape=Lines(said=(too_much_line(reading),)))
    lag = lag_line(reading, symptoms=found.symptoms)
    yield Part(title=phrase("After symptoms?"), shape=Lines(said=(lag,)))
    if found.glimmers:
        said = tuple(
            joined(": ", filter(None, (date_words(day), glimmer_words(one), one.text)))
            for day, one in found.glimmers
        )
        yield Part(title=phrase("Glimmers"), shape=Lines(said=said))
    if found.anyway:
        done = tuple(joined(": ", (date_words(day), one.what)) for day, one in found.anyway)
        yield Part(title=phrase("Done anyway"), shape=Lines(said=done))
    if asked := asked_lines(found, names):
        yield Part(title=phrase("In which words it was asked"), shape=Lines(said=asked))
