"""The cue words of the tables, compiled once: values in, compiled patterns out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

DRUG_MARK = "ƶ"
"""Every letter of a drug's name is replaced by this before the cues look: places stay the same, and
it still counts as a letter."""

PHASES = ("dose", "start", "on", "again", "cutting", "finished", "stopped", "before", "offered")
"""The groups of phase patterns, in the order in which a tie is settled: the later speaks."""


@dataclass(frozen=True)
class Cues:
    """Compiled patterns, by group and name, over lower-case text with drugs marked out."""

    phase: Mapping[str, re.Pattern[str]]
    reason: re.Pattern[str]
    now: re.Pattern[str]
    intent: re.Pattern[str]
    following: re.Pattern[str]
    said: Mapping[str, re.Pattern[str]]
    severity: Mapping[str, re.Pattern[str]]
    suicide: re.Pattern[str]


def compile_anchors(table: Mapping[str, Any]) -> dict[str, re.Pattern[str]]:
    """The table `phrases/when.toml` as patterns, a family each. Raises re.error, KeyError."""
    words = dict(table["words"])
    compiled = {}
    for family, any_of in table["when"].items():
        text = "|".join(f"(?:{one})" for one in any_of)
        for _ in range(2):  # a word may hold another
            for name, meaning in words.items():
                text = text.replace("{" + name + "}", meaning)
        compiled[family] = re.compile(text)
    return compiled


def compile_cues(table: Mapping[str, Any]) -> Cues:
    """The table `phrases/cues.toml` as patterns. Raises re.error, KeyError for a broken table."""
    words = {name: f"(?:{'|'.join(any_of)})" for name, any_of in table["words"].items()}
    words["drug"] = DRUG_MARK + "+"

    def pattern(given: str | list[str]) -> re.Pattern[str]:
        text = given if isinstance(given, str) else "|".join(f"(?:{one})" for one in given)
        for name, meaning in words.items():
            text = text.replace("{" + name + "}", meaning)
        return re.compile(text)

    phase = table["phase"]
    said = {
        f"{group}.{name}": pattern(text)
        for group in ("whose", "negated", "possible", "resolved")
        for name, text in table[group].items()
    }
    return Cues(
        phase={name: pattern(phase[name]) for name in PHASES},
        reason=pattern(phase["reason"]),
        now=pattern(phase["now"]),
        intent=pattern(phase["intent"]),
        following=pattern(phase["following"]),
        said=said,
        severity={name: pattern(text) for name, text in table["severity"].items()},
        suicide=pattern(table["suicide"]["words"]),
    )
