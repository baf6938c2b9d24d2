"""`--help` in another language: each text of it is looked up where it is shown.

Docstrings and the help of parameters are messages of their own (`translations/` collects them), so
that a command is explained beside its code and in no second place. English needs none of this.
"""

from typing import TYPE_CHECKING, Any

from cyclopts.help import InlineText
from cyclopts.help.formatters import DefaultFormatter
from rich.text import Text

from landward.model.said import Catalogue

if TYPE_CHECKING:
    from cyclopts.help import HelpPanel
    from rich.console import Console, ConsoleOptions


def paragraphs(text: str) -> list[str]:
    """The messages a help text holds: its paragraphs, in one line each. Commands are none."""
    parts = (part for part in text.strip("\n").split("\n\n") if not part.startswith(" "))
    return [" ".join(part.split()) for part in parts if part.strip()]


def in_words(text: str, catalogue: Catalogue) -> str:
    """A help text in a language, its commands as they are."""
    return "\n\n".join(
        part if part.startswith(" ") else catalogue.text(" ".join(part.split()))
        for part in text.strip("\n").split("\n\n")
    )


class InWords(DefaultFormatter):
    """The help of every command, its titles and explanations in a language."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__()
        self.catalogue = catalogue

    def __call__(self, console: "Console", options: "ConsoleOptions", panel: "HelpPanel") -> None:
        """One panel of commands or parameters."""
        entries = [entry.copy(description=self._said(entry.description)) for entry in panel.entries]
        shown = panel.copy(title=self.catalogue.text(str(panel.title)), entries=entries)
        super().__call__(console, options, shown)

    def render_description(
        self, console: "Console", options: "ConsoleOptions", description: Any
    ) -> None:
        """What a command does."""
        if description:
            super().render_description(console, options, self._said(description))

    def _said(self, shown: Any) -> Any:
        """A text of cyclopts in this language; what it adds, such as “[required]”, stays."""
        text = getattr(shown, "primary_renderable", None)
        if isinstance(text, Text) and text.plain.strip():
            found = InlineText(Text(in_words(text.plain, self.catalogue)))
            found.texts = shown.texts
            return found
        return shown
