"""One story read whole: spans, their codes, what is said of each, when, the medicines and steps."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from landward.engines.narratives import drugs as named
from landward.engines.narratives import said
from landward.engines.narratives.codes import Coder
from landward.engines.narratives.cues import Cues
from landward.engines.narratives.language import language_of
from landward.engines.narratives.sentence import Sentence, make_sentences
from landward.engines.narratives.standing import Place, Standing
from landward.engines.narratives.tagger import TaggedSpan, Tagger
from landward.engines.narratives.timeline import Timeline, find_timeline, phase_of
from landward.engines.narratives.trim import trimmed, without_own_denials
from landward.engines.narratives.when import SURE_FROM, place_all
from landward.engines.narratives.words import Word, cut_sentences, without_markup
from landward.model.said import phrase
from landward.model.stories import (
    DrugMention,
    Finding,
    Kind,
    Phase,
    Span,
    StoryReading,
    Whose,
)
from landward.model.story_model import WhenModel

OTHER_LANGUAGE = phrase(
    "This does not look like English. The reader knows only English, so nothing was looked for."
)
_LEXICON_CONFIDENCE = 0.75
"""What a wording of ours is given where the sequence model did not see it; a convention."""

_PIECE, _BATCH = 160, 512
"""Longest stretch of words read as one sentence; how many are worked through together."""

_UNSURE_BELOW = 0.5
"""Where neither the models nor the wording are this sure, a span gets no code."""


@dataclass(frozen=True)
class Reader:
    """Everything that reading needs, given once: the model, the wordings, the cues, the drug names,
    and the plain names of symptoms by id."""

    tagger: Tagger
    coder: Coder
    marker: Callable[[Sequence[str]], list[str]]
    cues: Cues
    anchors: Mapping[str, re.Pattern[str]]
    when: WhenModel
    find_drug: Callable[[str], str | None]
    labels: dict[str, str]

    def spans(self, sentences: Sequence[Sequence[str]]) -> list[list[Span]]:
        """The symptoms of sentences as (first token, past token, kind); no story, no timeline.

        Only what the words themselves show: side effects and withdrawal, not the illness treated.
        """
        return [
            [
                (one.first, one.past, "withdrawal" if one.label == "WD" else "effect")
                for one in found
                if one.label in {"ADR", "WD"}
            ]
            for found in self.tag(sentences)
        ]

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[TaggedSpan]]:
        """What the sequence models find. Very long sentences are read piece by piece."""
        pieces = [
            (k, start, tokens[start : start + _PIECE])
            for k, tokens in enumerate(sentences)
            for start in range(0, len(tokens), _PIECE)
        ]
        found: list[list[TaggedSpan]] = [[] for _ in sentences]
        for batch in range(0, len(pieces), _BATCH):
            some = pieces[batch : batch + _BATCH]
            tagged = self.tagger.spans(
                [tokens for *_, tokens in some], [self.marker(tokens) for *_, tokens in some]
            )
            for (k, start, _), spans in zip(some, tagged, strict=True):
                found[k] += [
                    replace(one, first=one.first + start, past=one.past + start) for one in spans
                ]
        return found

    def read(self, text: str) -> StoryReading:
        """A story read. Never raises for any text; another language is said and not guessed at."""
        plain = without_markup(text)
        cut = cut_sentences(plain)
        if (
            language_of([word.text for words in cut for word in words if word.text[0].isalpha()])
            != "en"
        ):
            return StoryReading(
                language="other",
                findings=(),
                drugs=(),
                steps=(),
                help_now=self.cues.suicide.search(plain.lower()) is not None,
                notice=OTHER_LANGUAGE,
            )
        drugs = [named.find_drugs(words, self.find_drug) for words in cut]
        places = [
            (words[first].start, words[past - 1].end)
            for words, found in zip(cut, drugs, strict=True)
            for first, past, _ in found
        ]
        sentences = make_sentences(plain, cut, places, self.cues)
        line = find_timeline(sentences)
        tagged = self.tag([[word.text for word in here.words] for here in sentences])
        findings = self._placed(
            line,
            [
                (at, span, one)
                for at in range(len(sentences))
                for span, one in self._findings(plain, line, at, tagged[at])
            ],
        )
        return StoryReading(
            language="en",
            findings=tuple(findings),
            drugs=tuple(self._drugs(plain, cut, drugs)),
            steps=tuple(
                step for here in sentences for step in named.find_steps(plain, here.start, here.end)
            ),
            help_now=self.cues.suicide.search(plain.lower()) is not None,
        )

    def _placed(
        self, line: Timeline, found: Sequence[tuple[int, TaggedSpan, Finding]]
    ) -> list[Finding]:
        """The findings, those of the story's main person placed in time together."""
        mine = [k for k, (*_, one) in enumerate(found) if one.whose == line.told_of]
        places = [_place(line, found[k][0], found[k][2]) for k in mine]
        rows = Standing(line, line.told_of, self.anchors).rows(places)
        placed = [one for *_, one in found]
        said = [placed[k].phase if placed[k].phase_sure else None for k in mine]
        answers = place_all(self.when, rows, said)
        for k, spoken, (phase, chance) in zip(mine, said, answers, strict=True):
            sure = chance >= SURE_FROM
            kind = _kind(found[k][1], phase, phase_sure=sure or spoken == phase)
            placed[k] = placed[k].model_copy(
                update={"phase": phase, "phase_sure": sure, "kind": kind}
            )
        return placed

    def _findings(
        self, text: str, line: Timeline, at: int, tagged: Sequence[TaggedSpan]
    ) -> list[tuple[TaggedSpan, Finding]]:
        here = line.sentences[at]
        tokens = [word.text for word in here.words]
        spans = [trimmed(one, tokens, self.coder) for one in tagged]
        taken = set().union(*(range(one.first, one.past) for one in spans))
        for first, past, _ in self.coder.find(tokens):
            if taken.isdisjoint(range(first, past)):
                spans.append(TaggedSpan(first, past, "SSI", _LEXICON_CONFIDENCE))
        spans.sort(key=lambda one: (one.first, one.past))
        plain = without_own_denials(here, spans)
        return [(one, self._finding(text, line, at, plain, one)) for one in spans]

    def _finding(
        self, text: str, line: Timeline, at: int, plain: Sentence, span: TaggedSpan
    ) -> Finding:
        here = line.sentences[at]
        words = here.words[span.first : span.past]
        start, end = words[0].start, words[-1].end
        low, high = start - here.start, end - here.start
        person: Whose = said.whose(here, low, line.told_of)
        if said.is_for_another(here, high):
            person = "other"
        negated = said.is_negated(plain, low, high)
        possible = not negated and said.is_possible(here, low, high)
        after = line.sentences[at + 1 : at + 3]
        resolved = not negated and not possible and said.is_resolved(here, low, high, after)
        phase, phase_sure = phase_of(line, at, low, high, person, resolved=resolved)
        coded = self.coder.code([word.text for word in words])
        sure = coded is not None and max(span.confidence, coded.share) >= _UNSURE_BELOW
        symptom = coded.symptom if coded and sure else None
        return Finding(
            text=text[start:end],
            start=start,
            end=end,
            symptom=symptom,
            label=self.labels[symptom] if symptom else "a symptom, not in our list",
            negated=negated,
            possible=possible,
            resolved=resolved,
            whose=person,
            phase=phase,
            phase_sure=phase_sure,
            kind=_kind(span, phase, phase_sure=phase_sure),
            severity=said.severity(here, low, high),
            confidence=round(span.confidence * (coded.share**0.25 if coded else 0.8), 3),
        )

    def _drugs(
        self,
        text: str,
        cut: Sequence[Sequence[Word]],
        drugs: Sequence[Sequence[tuple[int, int, str]]],
    ) -> list[DrugMention]:
        return [
            named.describe_drug(
                text,
                (words[first].start, words[past - 1].end),
                drug,
                words[0].start,
                words[-1].end,
            )
            for words, found in zip(cut, drugs, strict=True)
            for first, past, drug in found
        ]


def _place(line: Timeline, at: int, one: Finding) -> Place:
    low = one.start - line.sentences[at].start
    high = one.end - line.sentences[at].start
    return Place(at, low, high, one.negated, one.possible, one.resolved)


def _kind(span: TaggedSpan, phase: Phase, *, phase_sure: bool) -> Kind:
    """Decided on the whole story: by the time where it is sure or its sentence says it; else the
    models' word for the sentence must agree; else unsure. Shown
    as a time (“while cutting”), never as what brought it about."""
    by_time: Kind = _BY_TIME.get(phase, "unsure")
    by_words: Kind = _BY_WORDS.get(span.label, "unsure")
    if phase == "unknown":
        return by_words
    if phase_sure or by_time == by_words:
        return by_time
    return "unsure"


_BY_TIME: dict[Phase, Kind] = {"cutting": "withdrawal", "stopped": "withdrawal", "on": "effect"}
_BY_WORDS: dict[str, Kind] = {"WD": "withdrawal", "ADR": "effect"}
