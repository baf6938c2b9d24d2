"""What a device notices about its relay and its fellows, one calm line each."""

from dataclasses import dataclass, field

from landward.model.said import Said, counted, phrase


@dataclass(slots=True)
class Noticed:
    """What was noticed in one sync."""

    unreadable: set[str] = field(default_factory=set)
    """Blobs that nobody of the set sealed: swapped, forged, cut short, another's."""
    strangers: set[str] = field(default_factory=set)
    """Blobs signed by no device this one knows."""
    newer: set[str] = field(default_factory=set)
    """Blobs of a newer Landward."""
    refused_lines: int = 0
    forks: set[str] = field(default_factory=set)
    """Labels of devices under whose one number two different items came."""
    clocks: dict[str, int] = field(default_factory=dict)
    """Days by which a device's clock is ahead of this one's, by label."""
    rolled_back: bool = False
    not_given: int = 0
    lost: int = 0
    """Items that lay there once and do not any more; they were sent again."""
    twin: bool = False
    """Another copy of this diary writes under this device's name."""
    came: list[str] = field(default_factory=list)
    went: list[str] = field(default_factory=list)
    moved: bool = False
    removed: bool = False

    def lines(self) -> tuple[Said, ...]:
        """What to say, most important first. Nothing where all is well."""
        said: list[Said] = []
        if self.removed:
            said.append(
                phrase(
                    "another of your devices took this one out of the set: it sends and receives "
                    "nothing more. Your diary here is whole and stays yours"
                )
            )
        if self.rolled_back:
            said.append(
                phrase(
                    "the relay was put back to an earlier state, or something was taken out of "
                    "it. Your diary here is whole; what was missing there was sent again"
                )
            )
        if self.lost:
            said.append(
                counted(
                    self.lost,
                    "{count} sealed piece that the relay had taken was not there any more; it was "
                    "sent again, and nothing is lost here",
                    "{count} sealed pieces that the relay had taken were not there any more; they "
                    "were sent again, and nothing is lost here",
                )
            )
        if self.not_given:
            said.append(
                counted(
                    self.not_given,
                    "{count} sealed piece that another of your devices wrote was not given by the "
                    "relay: this copy may be behind. It is asked for again each time",
                    "{count} sealed pieces that another of your devices wrote were not given by "
                    "the relay: this copy may be behind. They are asked for again each time",
                )
            )
        if self.unreadable:
            said.append(
                counted(
                    len(self.unreadable),
                    "{count} piece from the relay is not yours, or was changed; it was left out",
                    "{count} pieces from the relay are not yours, or were changed; they were left "
                    "out",
                )
            )
        if self.strangers:
            said.append(
                counted(
                    len(self.strangers),
                    "{count} piece is from a device this one does not know yet; it was left out",
                    "{count} pieces are from a device this one does not know yet; they were left "
                    "out",
                )
            )
        said += (
            phrase(
                "two different pieces came under one number from “{label}”: two copies of a diary "
                "write under one name. Both were taken in; take one of the copies out and pair it "
                "again",
                label=label,
            )
            for label in sorted(self.forks)
        )
        if self.twin:
            said.append(
                phrase(
                    "a copy of this diary, or an earlier form of it, wrote under this device's "
                    "name. Nothing is lost; if two copies are in use, take one out and pair it "
                    "again"
                )
            )
        said += (
            counted(
                days,
                "the clock of “{label}” and the clock here differ by about {count} day: set the "
                "one that is wrong. What was written is kept as it is",
                "the clock of “{label}” and the clock here differ by about {count} days: set the "
                "one that is wrong. What was written is kept as it is",
                label=label,
            )
            for label, days in sorted(self.clocks.items())
        )
        if self.newer:
            said.append(
                phrase(
                    "another of your devices has a newer Landward: update this one to take in all "
                    "it wrote. Nothing is lost until then"
                )
            )
        if self.refused_lines:
            said.append(
                counted(
                    self.refused_lines,
                    "{count} line that came could not be part of a diary; it was left out",
                    "{count} lines that came could not be part of a diary; they were left out",
                )
            )
        said += (phrase("“{label}” belongs to your devices now", label=x) for x in self.came)
        said += (phrase("“{label}” does not take part any more", label=x) for x in self.went)
        if self.moved:
            said.append(
                phrase("the set has new keys and a new place on the relay: a device left it")
            )
        return tuple(said)
