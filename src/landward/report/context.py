"""Everything the one-page report says, as one value: made by `page`, thinned by `sections`."""

from datetime import date
from enum import StrEnum

from landward.model.base import Frozen
from landward.report.blocks.appendix import Appendix
from landward.report.blocks.before_after import ChangeRow
from landward.report.blocks.completeness import Completeness
from landward.report.blocks.days_bar import DaysBar
from landward.report.blocks.doses import DoseRow
from landward.report.blocks.emotional_range import FeelingRow
from landward.report.blocks.safety_strip import SafetyStrip
from landward.report.blocks.symptoms import SymptomRow
from landward.report.chart_data import ChartData


class Section(StrEnum):
    """A block that may be left out, in the order of the page."""

    REQUEST = "request"
    DOSES = "doses"
    CHART = "chart"
    CHANGES = "changes"
    SYMPTOMS = "symptoms"
    DAYS = "days"
    FEELINGS = "feelings"
    EVERYDAY = "everyday"


class Person(Frozen):
    """Who the page is about, as far as the person chose to say; empty lines are left to a pen."""

    name: str = ""
    born: str = ""


class ReportContext(Frozen):
    """Everything the page says. Empty tuples and None are blocks that are left out."""

    title: str
    person: Person
    reader: str
    first_day: date
    last_day: date
    completeness: Completeness
    request: str
    safety: SafetyStrip
    stops: tuple[str, ...]
    """More than one planned day not taken, by drug: said before everything else, never left out."""
    doses: tuple[DoseRow, ...]
    chart: ChartData | None
    changes: tuple[ChangeRow, ...]
    symptoms: tuple[SymptomRow, ...]
    bars: tuple[DaysBar, ...]
    feelings: tuple[FeelingRow, ...]
    everyday: tuple[str, ...]
    not_recorded: str
    too_few: str
    """What was recorded, but too seldom for its block: that is not “not recorded”."""
    medicine: bool
    """Whether a medicine is on record, whatever is shown of it."""
    appendix: Appendix | None = None
    left_out: tuple[Section, ...] = ()
    """Blocks that hold something and were left out by choice; the page names them."""
