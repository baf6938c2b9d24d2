"""Doses as people write them: “10 mg nightly x 28”, “0.5 mg at 08:00 and 22:00 x 10”.

    course  = part, { ("then" | ";"), part }
    part    = ("nothing" | plan), "x", number, ["days" | "nights" | "weeks" | "doses"]
    plan    = amount, rhythm | amount, place, { "and", amount, place }
    rhythm  = "nightly" | "daily" | "twice a day" | "every 8 hours" | "every other day" | "once" …
    place   = "at 08:00 and 22:00" | "in the morning" | "at noon" | "in the evening" | "at night"

“x 28” counts days unless it says doses or weeks. The clock times behind the words are ours:
morning 08:00, noon 12:00, afternoon 16:00, evening 18:00, night 22:00; several a day are spread
over the waking day.
"""

import re
from decimal import Decimal

from landward.model.base import BadInput
from landward.model.dosing import DAY_S, HOUR_S, MAX_DAYS, Dosing
from landward.model.said import phrase

EXAMPLES = phrase(
    "“10 mg nightly x 28”, “1 mg three times a day x 14”, “0.5 mg at 08:00 and 22:00 x 10”"
)
MAX_DOSES = 1_000_000

_UNITS = {
    "mg": Decimal(1), "milligram": Decimal(1), "milligrams": Decimal(1),
    "mcg": Decimal("0.001"), "µg": Decimal("0.001"), "μg": Decimal("0.001"), "ug": Decimal("0.001"),
    "microgram": Decimal("0.001"), "micrograms": Decimal("0.001"),
    "g": Decimal(1000), "gram": Decimal(1000), "grams": Decimal(1000),
}  # fmt: skip
_PLACES = {"morning": 8, "noon": 12, "midday": 12, "lunchtime": 12, "afternoon": 16,
           "evening": 18, "night": 22, "bedtime": 22, "midnight": 0}  # fmt: skip
_TIMES_A_DAY = {1: (8,), 2: (8, 20), 3: (8, 14, 20), 4: (8, 12, 16, 20), 5: (8, 11, 14, 17, 20),
                6: (6, 9, 12, 15, 18, 21)}  # fmt: skip
_COUNTS = {"once": 1, "twice": 2, "thrice": 3, "one": 1, "two": 2, "three": 3, "four": 4,
           "five": 5, "six": 6, "single": 1}  # fmt: skip
_SHORT = {"od": 1, "daily": 1, "bd": 2, "bid": 2, "tds": 3, "tid": 3, "qds": 4, "qid": 4}

_AMOUNT = re.compile(r"(?P<number>\d+(?:\.\d+)?|\.\d+)\s*(?P<unit>[a-zµμ]+)\s*(?P<rest>.*)")
_LENGTH = re.compile(r"(?:\s+|^)(?:x|×|\*|for)\s*(?P<n>\d+)\s*(?P<unit>[a-z]*)$")
_CLOCK = re.compile(r"(?P<hour>\d{1,2}):(?P<minute>\d{2})")
_MANY = re.compile(r"(?P<n>\d+|[a-z]+)(?: times)? (?:a|per|each|every) (?:day|night)|"
                   r"(?P<m>\d+|[a-z]+)(?: times)? daily")  # fmt: skip
_EVERY = re.compile(
    r"every (?P<n>\d+|other|second|third)? ?(?P<unit>hours?|days?|nights?|h|weeks?)"
)


def parse_dosing(drug: str, text: str) -> Dosing:
    """Read a course of doses. Raises BadInput that names the part it could not read."""
    times: list[int] = []
    doses: list[Decimal] = []
    day = 0
    dotted = re.sub(r"(?<![\d:])(\d+),(?=\d)", r"\1.", text.lower())
    plain = " ".join(dotted.replace(",", " and ").split()).replace("and and", "and")
    if not plain:
        raise BadInput(phrase("no doses were given; write them like {examples}", examples=EXAMPLES))
    for part in re.split(r"\s*;\s*|\s+(?:and )?then\s+", plain):
        day += _add_part(part.strip(), day, times, doses)
        if day > MAX_DAYS:
            raise BadInput(
                phrase(
                    "“{part}” makes the course longer than a hundred years; shorten it", part=part
                )
            )
    order = sorted(range(len(times)), key=lambda place: (times[place], place))
    return Dosing.of(drug, [times[i] for i in order], [doses[i] for i in order], day)


def _add_part(part: str, first_day: int, times: list[int], doses: list[Decimal]) -> int:
    """Append the doses of one part that begins on `first_day`; the days it covers."""
    length = _LENGTH.search(part)
    plan = part[: length.start()].strip() if length else part
    count = int(length["n"]) if length else 1
    unit = length["unit"].rstrip("s") if length else ""
    if length is None and not re.search(r"\bonce$|\bsingle dose$", part):
        raise BadInput(
            phrase("“{part}” does not say for how long; end it like “x 28” (days)", part=part)
        )
    if count == 0 or unit not in ("", "day", "night", "week", "dose", "time", "month"):
        raise BadInput(
            phrase(
                "“{part}” should end with a number of days, weeks or doses, like “x 28”", part=part
            )
        )
    if unit == "month":
        raise BadInput(phrase("“{part}”: months differ in length; write days or weeks", part=part))
    if plan in ("nothing", "none", "no drug", "no dose", "0", "off"):
        return count * (7 if unit == "week" else 1)
    step_s, at = _rhythm(plan, part)
    if unit in ("dose", "time"):
        rounds = -(-count // len(at))
        made = [(k * step_s + s, mg) for k in range(min(rounds, MAX_DOSES)) for s, mg in at][:count]
        days = max(made[-1][0] // DAY_S + 1, 1)
    else:
        days = count * (7 if unit == "week" else 1)
        if days > MAX_DAYS:
            raise BadInput(phrase("“{part}” is longer than a hundred years; shorten it", part=part))
        rounds = -(-days * DAY_S // step_s)
        made = [(k * step_s + s, mg) for k in range(rounds) for s, mg in at]
        made = [(s, mg) for s, mg in made if s < days * DAY_S]
    if len(times) + len(made) > MAX_DOSES:
        raise BadInput(
            phrase(
                "“{part}” makes more than {max_doses} doses; shorten the course",
                part=part,
                max_doses=format(MAX_DOSES, ","),
            )
        )
    times += [first_day * DAY_S + s for s, _ in made]
    doses += [mg for _, mg in made]
    return days


def _rhythm(plan: str, part: str) -> tuple[int, list[tuple[int, Decimal]]]:
    """The repeat in seconds, and (seconds from its start, mg) within one repeat, in order."""
    found: list[tuple[int, Decimal]] = []
    step_s = DAY_S
    pieces = re.split(r" and (?=[\d.]+\s*[a-zµμ])", plan)
    for piece in pieces:
        amount = _AMOUNT.fullmatch(piece)
        if amount is None:
            raise BadInput(
                phrase(
                    "“{part}”: no dose found in “{piece}”; write it like {examples}",
                    part=part,
                    piece=piece,
                    examples=EXAMPLES,
                )
            )
        unit = _UNITS.get(amount["unit"])
        if unit is None:
            raise BadInput(
                phrase(
                    "“{part}”: “{amount}” is not mg, micrograms or g",
                    part=part,
                    amount=amount["unit"],
                )
            )
        when = _when(amount["rest"].strip(), part)
        if len(pieces) > 1 and when[0] != DAY_S:
            raise BadInput(
                phrase(
                    "“{part}”: “and” joins doses of one day; split the rest with “then”", part=part
                )
            )
        step_s = when[0]
        found += [(second, Decimal(amount["number"]) * unit) for second in when[1]]
    return step_s, sorted(found, key=lambda dose: dose[0])


def _when(words: str, part: str) -> tuple[int, tuple[int, ...]]:
    """The repeat in seconds and the seconds within it at which a dose is taken."""
    night = (_PLACES["night"] * HOUR_S,)
    if words in ("nightly", "a night", "each night", "every night", "at night", "nocte", "on"):
        return DAY_S, night
    if words in ("once", "single dose", "", "a day", "each day", "every day", *_SHORT):
        many = _SHORT.get(words, 1)
        return DAY_S, tuple(hour * HOUR_S for hour in _TIMES_A_DAY[many])
    if words in ("weekly", "a week", "once a week", "every week"):
        return 7 * DAY_S, (_PLACES["morning"] * HOUR_S,)
    if words == "hourly":
        return HOUR_S, (0,)
    many_found = _MANY.fullmatch(words)
    if many_found:
        return DAY_S, _spread(many_found["n"] or many_found["m"], part)
    every = _EVERY.fullmatch(words)
    if every:
        return _every(every, part)
    return DAY_S, _clock_times(words, part)


def _spread(word: str, part: str) -> tuple[int, ...]:
    many = int(word) if word.isdigit() else _COUNTS.get(word, 0)
    if not 1 <= many <= 24:
        raise BadInput(
            phrase(
                "“{part}”: “{word}” times a day is not understood; 1 to 24 is possible",
                part=part,
                word=word,
            )
        )
    hours = _TIMES_A_DAY.get(many)
    if hours is None:
        return tuple(round(k * DAY_S / many) for k in range(many))
    return tuple(hour * HOUR_S for hour in hours)


def _every(found: re.Match[str], part: str) -> tuple[int, tuple[int, ...]]:
    word = found["n"] or "1"
    n = {"other": 2, "second": 2, "third": 3}.get(word) or int(word)
    unit = found["unit"]
    if n == 0:
        raise BadInput(
            phrase("“{part}”: “every 0 …” is not a rhythm; the number is at least 1", part=part)
        )
    if unit.startswith("h"):
        return n * HOUR_S, (0,)
    first = _PLACES["night" if unit.startswith("night") else "morning"] * HOUR_S
    return n * DAY_S * (7 if unit.startswith("week") else 1), (first,)


def _clock_times(words: str, part: str) -> tuple[int, ...]:
    seconds: list[int] = []
    for word in re.split(r"\s+and\s+", words):
        bare = re.sub(r"^(?:at|in the|each|every|and|with|the)\s+", "", word.strip())
        bare = re.sub(r"^(?:at|the)\s+", "", bare)
        clock = _CLOCK.fullmatch(bare)
        if clock and int(clock["hour"]) < 24 and int(clock["minute"]) < 60:
            seconds.append(int(clock["hour"]) * HOUR_S + int(clock["minute"]) * 60)
        elif bare in _PLACES:
            seconds.append(_PLACES[bare] * HOUR_S)
        else:
            raise BadInput(
                phrase(
                    "“{part}”: “{word}” is not a time of day; write it like {examples}",
                    part=part,
                    word=word,
                    examples=EXAMPLES,
                )
            )
    if len(set(seconds)) < len(seconds):
        raise BadInput(phrase("“{part}” names one time of day twice", part=part))
    return tuple(sorted(seconds))
