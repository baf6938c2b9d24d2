"""How the app may look, in words: chosen in Settings, or beside a locked diary."""

from collections.abc import Mapping

LOOKS: Mapping[str, Mapping[str, str]] = {
    "theme": {"dim": "Dim and warm", "paper": "Paper", "contrast": "High contrast"},
    "text": {"100": "100 %", "125": "125 %", "150": "150 %", "200": "200 %"},
}
