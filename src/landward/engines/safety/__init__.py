"""Safety: rules that fire on what a person stated, each answer with its rule, source, plain words.

Nothing here is inferred from scores or texts, nothing diagnoses, and silence is never a “no”.
"""

from landward.engines.safety.dependence import dependence_risk
from landward.engines.safety.driving import driving_notes
from landward.engines.safety.incidents import incident_steps
from landward.engines.safety.interactions import partner_words, screen_interactions
from landward.engines.safety.red_flags import read_red_flags
from landward.engines.safety.supervision import read_supervision

__all__ = [
    "dependence_risk",
    "driving_notes",
    "incident_steps",
    "partner_words",
    "read_red_flags",
    "read_supervision",
    "screen_interactions",
]
