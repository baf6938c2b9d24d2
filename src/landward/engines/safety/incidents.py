"""Something went differently: the next steps, in order, without blame."""

from collections.abc import Sequence

from landward.engines.safety.red_flags import YOUR_EMERGENCY_NUMBER
from landward.model.base import BadInput
from landward.model.safety import Finding, IncidentReading, IncidentStep
from landward.model.said import phrase


def incident_steps(
    incident: str, rules: Sequence[IncidentStep], emergency: str = YOUR_EMERGENCY_NUMBER
) -> IncidentReading:
    """The steps after an incident such as ``ran_out`` or ``took_extra``, first things first.

    `emergency` is the number to call. Raises BadInput, naming those there are, for another one.
    """
    steps = sorted((rule for rule in rules if rule.incident == incident), key=lambda r: r.step)
    if not steps:
        known = ", ".join(dict.fromkeys(rule.incident for rule in rules))
        raise BadInput(
            phrase(
                "nothing is written here about “{incident}”; there is {known}",
                incident=incident,
                known=known,
            )
        )
    return IncidentReading(
        incident=incident,
        steps=tuple(
            Finding.of(rule, rule.plain.format(emergency=emergency), rule.urgency) for rule in steps
        ),
    )
