"""Every consumer of a dose, asked one diary: what each of them says of a day, a drug, the supply.

Each answer is read off what the consumer itself hands out (a track, a row, a sentence, a resource),
never off the record behind it.
"""

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, cast
from unittest.mock import patch

import numpy as np
from tests.making import MOMENT

from landward.app.diary.open_diary import OpenDiary
from landward.app.diary.whole import whole_diary
from landward.app.plan.living import beside, standing_plan
from landward.app.read import lag as lag_reading
from landward.app.read.doses import medicines_now
from landward.app.read.journey import read_journey
from landward.app.read.medicines import medicines_of, recent_medicines, stop_seen
from landward.app.share.dose_papers import card_data
from landward.app.transfer.export import day_doses_csv
from landward.model.bodies import DoseTaken, PlanAdopted
from landward.model.diary import Diary
from landward.model.entries import Entry
from landward.model.medicines import medicine_record
from landward.model.plan_pack import plan_to_text
from landward.model.series import day_series
from landward.model.taper import TaperPlan, TaperStep, TimedDose
from landward.report.appendices.all_parts import USUAL, parts_named
from landward.report.as_json.doses import as_json
from landward.report.blocks.overview import CHART
from landward.report.blocks.takes import DOSES
from landward.report.fhir.medicines import taken_statements
from landward.report.fhir.request import FhirRequest, Sending
from landward.report.letter import build_letter
from landward.report.page import ReportContext, build_report

Amounts = dict[dt.date, Decimal]
"""Known amounts by day; a day that is not known is not in it."""

BEHIND = parts_named(USUAL)


class Paper:
    """A journal in memory where the app expects a vault."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.written = tuple(entries)

    def head(self) -> str:
        """One state only."""
        return "head"

    def entries(self) -> tuple[Entry, ...]:
        """The whole journal."""
        return self.written


class Consumers:
    """One diary and everybody who says something about its doses."""

    def __init__(self, entries: Sequence[Entry], first: dt.date, until: dt.date) -> None:
        self.first, self.until = first, until
        self.diary: Diary = whole_diary(entries)
        self.open = OpenDiary(cast("Any", Paper(entries)))
        series = day_series(self.diary, "day", first, until)
        self.page: ReportContext = build_report(
            self.diary,
            None,
            main=series,
            first_day=first,
            last_day=until,
            appendices=BEHIND,
        )
        self.json = {
            one["drug"]: one
            for one in as_json(medicine_record(self.diary.lines), first, until)["drugs"]
        }

    def has_doses(self, drug: str) -> bool:
        """Whether a dose of a drug stands at all."""
        return drug in self.diary.drugs

    def has_plan(self, drug: str) -> bool:
        """Whether a plan of a drug was kept in the text of `plan adopt`."""
        texts = [body.plan for _, body in self.diary.of(PlanAdopted)]
        return any("landward-plan" in text and f'"{drug}"' in text for text in texts)

    def journey_draws(self, drug: str) -> bool:
        """Journey draws the first two drugs that were taken."""
        return drug in self.diary.drugs[:2]

    # ---- the regular dose of each known day ----------------------------------------------

    def days_json(self, drug: str) -> Amounts:
        """`landward doses --json`."""
        return {
            dt.date.fromisoformat(day["date"]): Decimal(day["taken_mg"])
            for day in self.json[drug]["days"]
            if day["taken_mg"] is not None
        }

    def days_engine(self, drug: str) -> Amounts:
        """What the lag engine is handed."""
        with patch.object(lag_reading, "dose_lag", wraps=lag_reading.dose_lag) as engine:
            lag_reading.read_lag(self.diary, ("day",), drug)
        dose = engine.call_args.args[1]
        return {
            self.first + dt.timedelta(days=n): Decimal(str(round(float(mg), 6)))
            for n, mg in enumerate(dose)
            if not np.isnan(mg)
        }

    def days_journey(self, drug: str) -> Amounts:
        """The dose lane of Journey."""
        journey = read_journey(self.open, "all", self.until, spells=False)
        lane = next(lane for lane in journey.lanes if lane.key == "dose")
        names = (drug, "taken") if f"Dose: {drug}" == lane.name else (drug,)
        track = next(track for track in lane.tracks if track.name in names)
        return {
            journey.first + dt.timedelta(days=n): Decimal(str(mg))
            for n, mg in enumerate(track.values)
            if mg is not None
        }

    def days_chart(self, drug: str) -> Amounts | None:
        """The dose line of page one, where it is of this drug."""
        chart = CHART.of(self.page)
        if chart is None or chart.dose is None or chart.dose.drug != drug:
            return None
        return {
            chart.date_of(n): Decimal(str(mg))
            for n, mg in enumerate(chart.dose.taken_mg)
            if mg is not None
        }

    def days_beside(self, drug: str) -> Amounts:
        """`landward plan taken`."""
        _, plan = standing_plan(self.diary, drug)
        rows = beside(self.diary, plan, self.first, self.until)
        return {
            row.day: Decimal(row.taken_mg.numerator) / row.taken_mg.denominator
            for row in rows
            if row.taken_mg is not None
        }

    def days_fhir(self, drug: str, *, as_needed: bool = False) -> Amounts:
        """The MedicationStatements of what was taken."""
        asked = FhirRequest(self.first, self.until, MOMENT.at, "0", "key")
        found: Amounts = {}
        for one in taken_statements(Sending(self.diary, {"id": "p"}, asked)):
            dosage = one.get("dosage", [{}])[0]
            if one["medicationCodeableConcept"]["text"] != drug:
                continue
            if dosage.get("asNeededBoolean", False) != as_needed:
                continue
            rate = dosage.get("doseAndRate", [None])[0]
            mg = Decimal(rate["rateRatio"]["numerator"]["value"]) if rate else Decimal(0)
            day, end = (dt.date.fromisoformat(one["effectivePeriod"][k]) for k in ("start", "end"))
            while day <= end:
                found[day] = mg
                day += dt.timedelta(days=1)
        return found

    def days_export(self, drug: str) -> Amounts:
        """The table of days in the export."""
        rows = [line.split(",") for line in day_doses_csv(self.diary).decode().splitlines()]
        place = {name: n for n, name in enumerate(rows[0])}
        return {
            dt.date.fromisoformat(row[place["date"]]): Decimal(row[place["taken_mg"]])
            for row in rows[1:]
            if row[place["drug"]] == drug and row[place["taken_mg"]]
        }

    def days_today(self, drug: str) -> Amounts:
        """The few days that Today reads without the whole diary."""
        size = (self.until - self.first).days + 1
        return recent_medicines(self.open, self.until, size).of(drug).known(self.until)

    # ---- the settled dose, in the words of each --------------------------------------------

    def settled(self, drug: str) -> dict[str, str]:
        """Where a settled dose is said; “” where the consumer says that there is none."""
        card = card_data(self.open.me, medicines_of(self.open), self.until)
        blocks = cast("list[dict[str, Any]]", card["blocks"])
        rows = next(block["rows"] for block in blocks if "rows" in block)
        letter = build_letter(self.diary, today=self.until, guidance=(), sources={})
        said = {
            "json": f"{self.json[drug]['settled_mg']} mg" if self.json[drug]["settled_mg"] else "",
            "report": next(row.taken_now for row in DOSES.of(self.page) if row.drug == drug),
            "doses page": next(
                one.row.taken_now for one in medicines_now(self.open, self.until)
                if one.row.drug == drug
            ),
            "card": next((row[1] for row in rows if row[0] == drug), ""),
            "letter": next(
                (line for line in letter.taking if line.startswith((f"{drug} ", f"{drug},"))), ""
            ),
        }  # fmt: skip
        found = re.match(rf"{re.escape(drug)} ([\d.]+ mg) a day", said["letter"])
        settled = found is not None and not re.search(r"\(planned[;)]", said["letter"])
        # A letter never writes a stop of a few days as a dose: it names the days not taken, and may
        # do so only where nothing else lasts.
        stopped = re.search(r"not taken on [^;]*\d", said["letter"])
        said["letter"] = found.group(1) if found and settled else ""
        if stopped and said["json"] in {"", "0 mg"}:
            said["letter"] = said["json"]
        return {
            name: words if re.fullmatch(r"[\d.]+ mg", words) else "" for name, words in said.items()
        }

    def supply(self, drug: str) -> set[str]:
        """The days of supply, wherever they are said."""
        said = {row.supply for row in DOSES.of(self.page) if row.drug == drug}
        said |= {o.row.supply for o in medicines_now(self.open, self.until) if o.row.drug == drug}
        days = self.json[drug]["supply_days"]
        words = "not recorded" if days is None else f"about {days} day{'' if days == '1' else 's'}"
        return said | {words}

    def stops(self) -> dict[str, set[str]]:
        """Who says that more than one planned day was not taken, of which drugs."""
        return {
            "json": {drug for drug, one in self.json.items() if one["missed_7"] > 1},
            "report": {line.split(" on ")[0] for line in self.page.stops},
            "today": {stop.drug for stop in stop_seen(self.open, self.until)},
        }


def kept_plan(drug: str, start: dt.date, days: int, mg: str) -> PlanAdopted:
    """A plan of one step, in the packed text that `plan adopt` keeps."""
    step = TaperStep(
        step=1, start=start, days=days, ideal_mg=Fraction(mg), made_mg=Fraction(mg),
        cut_percent=Fraction(0), doses=(TimedDose(at="night", made_mg=Fraction(mg)),), checks=(),
    )  # fmt: skip
    plan = TaperPlan(
        drug=drug, method="given", start=start, from_mg=Fraction(mg), times=("night",),
        products=("tab 1",), steps=(step,),
    )  # fmt: skip
    return PlanAdopted(plan=plan_to_text(plan), tables_version="t")


def written(drug: str, mark: str) -> list[DoseTaken]:
    """The doses of one mark: “10” a total, “5+5” singles, “x” not taken, “?” no amount, “~2”."""
    regular, _, needed = mark.partition("~")
    bodies = []
    for part in [part for part in regular.split("+") if part not in ("", "-")]:
        if part == "x":
            bodies.append(DoseTaken(drug=drug, status="not_taken", day_total=True))
        elif part == "?":
            bodies.append(DoseTaken(drug=drug, status="as_planned"))
        elif part.startswith("T"):
            bodies.append(DoseTaken(drug=drug, dose_mg=Decimal(part[1:]), day_total=True))
        else:
            bodies.append(DoseTaken(drug=drug, dose_mg=Decimal(part)))
    if needed == "?":
        bodies.append(DoseTaken(drug=drug, status="as_planned", as_needed=True))
    elif needed:
        bodies.append(DoseTaken(drug=drug, dose_mg=Decimal(needed), as_needed=True))
    return bodies
