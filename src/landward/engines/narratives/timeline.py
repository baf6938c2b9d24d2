"""The story's own timeline: which words speak of starting, taking, cutting, stopping; and when.

The phase of a symptom is where its person stood on that timeline, in this order:

1. words that follow it in the same sentence and tie it to an event (“when I cut”, “before I took”);
2. the nearest event before it in the same sentence;
3. “because of X”, “for X” beside the first prescription: before;
4. where the story stood after the sentences before, or, with “now”, where it stands at its end;
5. before any event: what the story's first event implies.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from landward.engines.narratives.cues import PHASES
from landward.engines.narratives.said import whose
from landward.engines.narratives.sentence import Sentence
from landward.model.stories import Phase, Whose

_MEANS: dict[str, Phase] = {
    "dose": "on",
    "start": "on",
    "on": "on",
    "again": "on",
    "cutting": "cutting",
    "finished": "cutting",
    "stopped": "stopped",
    "before": "before",
    "offered": "before",
}
_PRESENT = re.compile(
    r"\b(?:i'm|i am|am|is|are|he's|she's|now|still|currently|at present|these days|tapering"
    r"|(?:have|has|i've|he's|she's) been)\b"
)
_LONG_STOPPED = re.compile(
    r"\b(?:years?|months?|weeks?|yrs?|mos?|wks?|days?)\.? (?:off|out|free|since|after)\b"
    r"|\b(?:last|final) (?:dose|pill|tablet|crumb)\b|\boff since\b|\bago\b"
)


@dataclass(frozen=True, slots=True)
class Event:
    """Words that place somebody on the timeline: characters `start` to `end` of sentence `at`."""

    at: int
    start: int
    end: int
    name: str
    whose: Whose | None

    @property
    def phase(self) -> Phase:
        """Where it puts the person."""
        return _MEANS[self.name]


@dataclass(frozen=True)
class Timeline:
    """The events of a story in order, and whether it is told by a supporter."""

    sentences: Sequence[Sentence]
    events: tuple[Event, ...]
    by_sentence: tuple[tuple[Event, ...], ...]
    told_of: Whose
    """Of whom a sentence speaks that names nobody: the narrator, or the person of a supporter."""

    @cached_property
    def stands(self) -> dict[Whose, tuple[Phase | None, ...]]:
        """Where the story stands before each sentence, for each person."""
        return {"self": _stands(self, "self"), "other": _stands(self, "other")}

    @cached_property
    def present(self) -> dict[Whose, Phase | None]:
        """Where each person stands at the time of writing."""
        return {"self": _present_of(self, "self"), "other": _present_of(self, "other")}

    @cached_property
    def first_cut(self) -> dict[Whose, int]:
        """The sentence in which each person first cuts; past the end where nobody does."""
        found: dict[Whose, int] = {"self": len(self.sentences), "other": len(self.sentences)}
        for one in reversed(self.events):
            if one.whose is not None and one.phase == "cutting":
                found[one.whose] = one.at
        return found

    @cached_property
    def first_event(self) -> dict[Whose, Event]:
        """The first event of each person that is no aside."""
        found: dict[Whose, Event] = {}
        for one in reversed(self.events):
            if one.whose is not None and one.name != "before":
                found[one.whose] = one
        return found


def find_timeline(sentences: Sequence[Sentence]) -> Timeline:
    """The events of a story, and of whom it is told: a supporter tells of somebody else."""
    about = _told_of(sentences)
    events = _events(sentences, about)
    by_sentence: list[list[Event]] = [[] for _ in sentences]
    for one in events:
        by_sentence[one.at].append(one)
    return Timeline(sentences, tuple(events), tuple(map(tuple, by_sentence)), about)


def _told_of(sentences: Sequence[Sentence]) -> Whose:
    """“other” where the story speaks clearly more of one other person than of its writer."""
    others = sum(len(_ANOTHER.findall(here.low)) for here in sentences)
    writer = sum(len(_WRITER.findall(here.low)) for here in sentences)
    return "other" if others >= _FEWEST and others > _MORE * writer else "self"


_ANOTHER = re.compile(
    r"\b(?:he|she|him|her|his|hers|husband|wife|partner|mother|mum|mom|dad|father|son|daughter"
    r"|brother|sister|nan|gran\w*|aunt|uncle|friend|he's|she's|he'd|she'd)\b"
)
_WRITER = re.compile(r"\b(?:i|i'm|i've|i'd|i'll|im|ive|id|me|my|mine|myself)\b")
_FEWEST, _MORE = 4, 1.25


def _events(sentences: Sequence[Sentence], otherwise: Whose | None) -> list[Event]:
    """Every event; where its sentence names nobody, it is `otherwise`'s."""
    found: list[Event] = []
    for at, here in enumerate(sentences):
        taken: list[tuple[int, int, str]] = []
        for name in PHASES:
            for one in here.cues.phase[name].finditer(here.low):
                if name in {"cutting", "finished", "stopped"} and _only_meant(here, one.start()):
                    continue
                taken.append((one.start(), one.end(), name))
        settled = _settle(taken)
        if any(one[2] not in {"dose", "before"} for one in settled):
            settled = [one for one in settled if one[2] != "dose"]
        for start, end, name in settled:
            person = _object(here.low[start : end + 4]) or whose(here, end, otherwise)
            found.append(Event(at, start, end, name, person))
    return found


def _object(words: str) -> Whose | None:
    """To whom it was done, where the event's own words say so: “gave me”, “took him off”."""
    if re.search(r"\b(?:me|us)\b", words):
        return "self"
    return "other" if re.search(r"\b(?:him|her)\b", words) else None


def _only_meant(here: Sentence, start: int) -> bool:
    """“wanted to stop” is no stop, and “never stop suddenly” neither."""
    return here.cues.intent.search(here.low[max(0, start - 45) : start]) is not None


def _settle(taken: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Of overlapping events the longest stands, then the one later in PHASES; in order of place."""
    kept: list[tuple[int, int, str]] = []
    for one in sorted(taken, key=lambda item: (item[0] - item[1], -PHASES.index(item[2]), item[0])):
        if all(one[1] <= other[0] or other[1] <= one[0] for other in kept):
            kept.append(one)
    return sorted(kept)


def phase_of(
    line: Timeline, at: int, start: int, end: int, person: Whose, *, resolved: bool
) -> tuple[Phase, bool]:
    """Where `person` stood when they had the symptom at characters `start` to `end`; and whether
    its own sentence says so (else it is carried over from the story around, and often wrong)."""
    here = line.sentences[at]
    mine = [one for one in line.by_sentence[at] if one.whose == person]
    said_here = line.told_of == person and _local(here, mine, start, end) is not None
    return _phase(line, at, (start, end), person, resolved=resolved), said_here


def _phase(
    line: Timeline, at: int, place: tuple[int, int], person: Whose, *, resolved: bool
) -> Phase:
    here, (start, end) = line.sentences[at], place
    mine = [one for one in line.by_sentence[at] if one.whose == person]
    if line.told_of != person:
        near = mine or [
            one for one in (line.by_sentence[at - 1] if at else ()) if one.whose == person
        ]
        earlier = [one for one in near if one.at < at or one.start < start]
        return (earlier or near)[-1 if earlier else 0].phase if near else "unknown"
    local = _local(here, mine, start, end)
    if local is not None:
        return "before" if local == "on" and resolved and _first_taking(line, at, person) else local
    before = line.stands[person][at]
    if before is None or here.cues.now.search(here.low):
        present = line.present[person]
        if before is None:
            return _first(line, person, present)
        if present is not None:
            before = present
    if resolved and before == "on":
        return "stopped" if line.present[person] == "stopped" else "before"
    return before


def _local(here: Sentence, mine: Sequence[Event], start: int, end: int) -> Phase | None:
    later = [one for one in mine if one.start >= end]
    earlier = [one for one in mine if one.end <= start]
    if later and here.cues.following.search(here.low[end : later[0].start + 7]):
        tie = here.low[end : later[0].start]
        if later[0].name == "before" or len(tie.split()) <= 9:
            return later[0].phase
    if later and later[0].name == "before" and not earlier:
        return "before"
    if earlier:
        nearest = earlier[-1]
        between = here.low[nearest.end : start]
        if nearest.name in {"start", "on", "dose"} and _is_reason(here.cues.reason, between):
            return "before"
        return nearest.phase
    return None


_TIME_SPAN = re.compile(
    r"^\s*(?:about |over |almost |nearly |only )?(?:\d|a |an |one|two|three|four|five|six|seven"
    r"|eight|nine|ten|twelve|half|several|few|many|years|months|decades|the first|the last|only)"
)


def _is_reason(reasons: re.Pattern[str], between: str) -> bool:
    """“for panic”, “because I could not sleep”; but not “for six years”, “since 2012”."""
    for one in reasons.finditer(between):
        rest = between[one.end() :]
        if one.group() in {"for", "since", "after", "as"} and _TIME_SPAN.match(rest):
            continue
        if one.group() == "as" and rest.startswith((" a ", "-", " needed")):
            continue
        if one.group() in {"after", "since", "as"}:
            continue
        if re.search(r"[.;]|\b(?:but|and then|and i|then)\b", rest):
            continue
        return True
    return False


_QUICK = re.compile(r"\bdays?\b|\b(?:a|one|two|three|1|2|3) weeks?\b")


def _stands(line: Timeline, person: Whose) -> tuple[Phase | None, ...]:
    """Where the story stands before each of its sentences.

    A coming off that is told as done (“off in ten days”) is over with its sentence, a longer one
    (“over ten weeks”) with its paragraph. “Before I ever took it” is an aside: it holds for its own
    sentence only.
    """
    states: list[Phase | None] = []
    state: Phase | None = None
    finishing = False
    for at, here in enumerate(line.sentences):
        if finishing and here.opens:
            state = "stopped"
        states.append(state)
        for one in line.by_sentence[at]:
            if one.whose != person or one.name == "before":
                continue
            finishing = one.name == "finished"
            quick = finishing and _QUICK.search(here.low[one.start : one.end]) is not None
            state = "stopped" if quick else one.phase
    return tuple(states)


def _present_of(line: Timeline, person: Whose) -> Phase | None:
    """Where the person stands as they write: the last event told in the present, else the last."""
    own = [one for one in line.events if one.whose == person and one.name != "before"]
    if not own:
        return None
    spoken = [
        one
        for one in own
        if _PRESENT.search(line.sentences[one.at].low[max(0, one.start - 20) : one.end])
    ]
    stopped = [one for one in own if one.phase == "stopped"]
    last = own[-1]
    lasting = [
        one.at
        for one in stopped
        if _LONG_STOPPED.search(line.sentences[one.at].low[one.start : one.end + 8])
    ]
    if lasting and all(one.at <= lasting[-1] for one in own if one.name in {"again", "cutting"}):
        return "stopped"
    if last.phase == "stopped" or not spoken:
        return last.phase
    if stopped and spoken[-1].at < stopped[-1].at:
        return "stopped"
    return spoken[-1].phase


def _first(line: Timeline, person: Whose, present: Phase | None) -> Phase:
    """Where the person stood before the first event of the story."""
    first = line.first_event.get(person)
    if first is None:
        return "unknown"
    if first.name in {"start", "offered"}:
        return "before"
    return present or first.phase


def _first_taking(line: Timeline, at: int, person: Whose) -> bool:
    """Whether nothing was cut yet before a sentence."""
    return at <= line.first_cut[person]
