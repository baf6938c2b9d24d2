"""The lab's model as SBML Level 3 Version 2, so that anyone's simulator can run it.

One person, one arm: the linear kinetics and the adaptation as rate rules in hours, every dose and
stimulus as an event. Written with the standard library; a simulator needs nothing of Landward.
"""

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass

from landward.model.adaptation import Adaptation
from landward.model.dosing import HOUR_S, Dosing
from landward.model.kinetics import OralKinetics

_SBML = "http://www.sbml.org/sbml/level3/version2/core"
_MATH = "http://www.w3.org/1998/Math/MathML"
_HOURS_A_DAY = 24.0
_NG_PER_ML = 1000.0


@dataclass(frozen=True, slots=True)
class Felt:
    """A stimulus: when, in hours, and its size."""

    time_h: float
    size: float


Expression = str | float | tuple["Expression", ...]
"""A formula as nested tuples, operator first: ("times", "ka", "G")."""


def sbml_model(
    name: str,
    uses: Sequence[tuple[OralKinetics, Dosing]],
    adaptation: Adaptation | None,
    stimuli: Sequence[Felt] = (),
) -> str:
    """The typical person's model as an SBML document (text). Time in hours, amounts in mg.

    Without an adaptation it is the kinetics alone.

    Species of drug n are G_n gut, A_n central, P_n peripheral, M_n metabolite; X1, X2, K, S, B as
    in `docs/methods/pharmacology.md`. Doses arrive at their time plus the drug's lag.
    """
    ET.register_namespace("", _SBML)
    ET.register_namespace("math", _MATH)
    root = ET.Element(f"{{{_SBML}}}sbml", {"level": "3", "version": "2"})
    model = ET.SubElement(root, _tag("model"), {"id": _identifier(name), "name": name})
    writer = _Model()
    for place, (kinetics, dosing) in enumerate(uses, start=1):
        writer.add_drug(place, kinetics, dosing)
        if adaptation is not None:
            writer.add_drive(place, kinetics, adaptation)
    if adaptation is not None:
        writer.add_adaptation(adaptation, len(uses))
    for stimulus in stimuli:
        writer.event(stimulus.time_h, {"S": ("plus", "S", stimulus.size)})
    writer.write(model)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


class _Model:
    """Parameters, rules and events as they are added, then written in SBML's order."""

    def __init__(self) -> None:
        self._parameters: dict[str, tuple[float, bool]] = {}
        self._assigned: dict[str, Expression] = {}
        self._rates: dict[str, Expression] = {}
        self._events: list[tuple[float, dict[str, Expression]]] = []

    def constant(self, identifier: str, value: float) -> None:
        self._parameters[identifier] = (value, True)

    def state(self, identifier: str, rate: Expression) -> None:
        self._parameters[identifier] = (0.0, False)
        self._rates[identifier] = rate

    def assign(self, identifier: str, formula: Expression) -> None:
        self._parameters[identifier] = (0.0, False)
        self._assigned[identifier] = formula

    def event(self, time_h: float, changes: dict[str, Expression]) -> None:
        self._events.append((time_h, changes))

    def add_drug(self, n: int, kinetics: OralKinetics, dosing: Dosing) -> None:
        """The kinetics of one drug and its doses."""
        made = kinetics.metabolite
        elimination = kinetics.clearance_l_per_h / kinetics.volume_l
        two = kinetics.exchange_l_per_h > 0
        self.constant(f"ka_{n}", kinetics.absorption_rate_per_h)
        self.constant(f"k10_{n}", elimination)
        self.constant(f"k12_{n}", kinetics.exchange_l_per_h / kinetics.volume_l)
        self.constant(
            f"k21_{n}", kinetics.exchange_l_per_h / kinetics.peripheral_volume_l if two else 0.0
        )
        self.constant(
            f"kf_{n}", made.fraction_formed * made.mass_ratio * elimination if made else 0.0
        )
        self.constant(f"km_{n}", made.clearance_l_per_h / made.volume_l if made else 1.0)
        leaving = ("times", ("plus", f"k10_{n}", f"k12_{n}"), f"A_{n}")
        returning = ("times", f"k21_{n}", f"P_{n}")
        absorbed = ("times", f"ka_{n}", f"G_{n}")
        self.state(f"G_{n}", ("minus", absorbed))
        self.state(f"A_{n}", ("minus", ("plus", absorbed, returning), leaving))
        self.state(f"P_{n}", ("minus", ("times", f"k12_{n}", f"A_{n}"), returning))
        self.state(
            f"M_{n}",
            ("minus", ("times", f"kf_{n}", f"A_{n}"), ("times", f"km_{n}", f"M_{n}")),
        )
        taken_up = kinetics.bioavailability * kinetics.mass_ratio
        for time_s, dose in zip(dosing.times_s, dosing.doses_mg, strict=True):
            when = time_s / HOUR_S + kinetics.lag_h
            if dose > 0:
                self.event(when, {f"G_{n}": ("plus", f"G_{n}", float(dose) * taken_up)})

    def add_drive(self, n: int, kinetics: OralKinetics, adaptation: Adaptation) -> None:
        """One drug's share `u_n` of the occupancy drive, parent and metabolite."""
        made = kinetics.metabolite
        self.constant(f"wp_{n}", _potency(kinetics.ec50_ng_per_ml, kinetics.volume_l, adaptation))
        self.constant(
            f"wm_{n}", _potency(made.ec50_ng_per_ml, made.volume_l, adaptation) if made else 0.0
        )
        self.assign(
            f"u_{n}", ("plus", ("times", f"wp_{n}", f"A_{n}"), ("times", f"wm_{n}", f"M_{n}"))
        )

    def add_adaptation(self, adaptation: Adaptation, drugs: int) -> None:
        """Occupancy, tone, withdrawal and the five slow states, rates turned to per hour."""
        for symbol, value in _slow_constants(adaptation).items():
            self.constant(symbol, value)
        self.assign("u", ("plus", 0.0, *(f"u_{n}" for n in range(1, drugs + 1))))
        self.assign("rho", ("divide", "u", ("plus", 1.0, "u")))
        self.assign("e", ("times", "Emax", "rho"))
        self.assign("opposed", ("plus", "X1", "X2"))
        self.assign("z", ("minus", "e", "opposed"))
        self.assign("y", ("max", 0.0, ("minus", "z")))
        self.assign(
            "W",
            ("divide",
             ("times", ("plus", 1.0, ("times", "kap", "K")), "y", "y"),
             ("plus", "y", "w0")),
        )  # fmt: skip
        drive = ("minus", "e", ("times", "feedback", "opposed"))
        for n in (1, 2):
            self.state(
                f"X{n}",
                ("divide", ("minus", ("times", f"a{n}", drive), f"X{n}"), f"t{n}"),
            )
        excess = ("max", 0.0, ("minus", "W", "Wth"))
        self.state(
            "K",
            ("minus",
             ("times", "kon", excess, ("minus", 1.0, "K")),
             ("divide", "K", "tK")),
        )  # fmt: skip
        slowed = ("plus", 1.0, ("divide", ("times", "eta", "W"), ("plus", "W", "w0")))
        self.state(
            "S",
            ("minus", ("times", "cs", "W"), ("divide", "S", ("times", "tS", slowed))),
        )
        target = ("plus", ("times", "b1", "rho"), ("times", "b2", "opposed"), ("times", "b3", "W"))
        self.assign("Btarget", target)
        change = ("minus", "Btarget", "B")
        self.state(
            "B",
            ("plus",
             ("divide", ("max", 0.0, change), "tBon"),
             ("divide", ("min", 0.0, change), "tBoff")),
        )  # fmt: skip

    def write(self, model: ET.Element) -> None:
        """Put everything into the model element, in the order SBML asks for."""
        parameters = ET.SubElement(model, _tag("listOfParameters"))
        for identifier, (value, constant) in self._parameters.items():
            ET.SubElement(
                parameters,
                _tag("parameter"),
                {"id": identifier, "value": repr(value), "constant": str(constant).lower()},
            )
        rules = ET.SubElement(model, _tag("listOfRules"))
        for kind, formulas in (("assignmentRule", self._assigned), ("rateRule", self._rates)):
            for identifier, formula in formulas.items():
                rule = ET.SubElement(rules, _tag(kind), {"variable": identifier})
                _math(rule, formula)
        if not self._events:
            return
        events = ET.SubElement(model, _tag("listOfEvents"))
        for number, (time_h, changes) in enumerate(self._events, start=1):
            event = ET.SubElement(
                events,
                _tag("event"),
                {"id": f"event_{number}", "useValuesFromTriggerTime": "false"},
            )
            trigger = ET.SubElement(
                event, _tag("trigger"), {"initialValue": "false", "persistent": "true"}
            )
            _math(trigger, ("geq", "time", time_h))
            assignments = ET.SubElement(event, _tag("listOfEventAssignments"))
            for identifier, formula in changes.items():
                assignment = ET.SubElement(
                    assignments, _tag("eventAssignment"), {"variable": identifier}
                )
                _math(assignment, formula)


def _slow_constants(one: Adaptation) -> dict[str, float]:
    day = _HOURS_A_DAY
    return {
        "Emax": one.emax, "a1": one.gain_1, "a2": one.gain_2, "t1": one.tau_1_d * day,
        "t2": one.tau_2_d * day, "feedback": one.feedback, "kap": one.kappa,
        "kon": one.kindle_per_d / day, "Wth": one.kindle_threshold, "tK": one.kindle_tau_d * day,
        "w0": one.w0, "cs": one.sensitise_per_d / day, "tS": one.sensitise_tau_d * day,
        "eta": one.eta, "b1": one.blunt_occupancy, "b2": one.blunt_opponent,
        "b3": one.blunt_withdrawal, "tBon": one.blunt_rise_d * day,
        "tBoff": one.blunt_fall_d * day,
    }  # fmt: skip


def _potency(ec50: float | None, volume_l: float, adaptation: Adaptation) -> float:
    """Occupancy drive per mg in the body: 0 where the substance does nothing."""
    return 0.0 if ec50 is None else _NG_PER_ML / (volume_l * ec50 * adaptation.ec50_scale)


def _math(parent: ET.Element, formula: Expression) -> None:
    _node(ET.SubElement(parent, f"{{{_MATH}}}math"), formula)


def _node(parent: ET.Element, formula: Expression) -> None:
    if isinstance(formula, float):
        ET.SubElement(parent, f"{{{_MATH}}}cn").text = repr(formula)
    elif formula == "time":
        symbol = ET.SubElement(
            parent,
            f"{{{_MATH}}}csymbol",
            {"encoding": "text", "definitionURL": "http://www.sbml.org/sbml/symbols/time"},
        )
        symbol.text = "time"
    elif isinstance(formula, str):
        ET.SubElement(parent, f"{{{_MATH}}}ci").text = formula
    else:
        apply = ET.SubElement(parent, f"{{{_MATH}}}apply")
        ET.SubElement(apply, f"{{{_MATH}}}{formula[0]}")
        for part in formula[1:]:
            _node(apply, part)


def _tag(name: str) -> str:
    return f"{{{_SBML}}}{name}"


def _identifier(name: str) -> str:
    return "m_" + "".join(letter if letter.isalnum() else "_" for letter in name)
