"""One long diary out of three programs at once: Daylio's moods, a watch's nights, medTimer's doses.

Four years of days, made here; what stands afterwards is what was drawn, day by day.
"""

import datetime as dt
import random
from pathlib import Path

from kinds.small import TODAY, ZONE
from landward.app.diary.whole import whole_diary
from landward.app.transfer.import_diary import circumstances, import_reading
from landward.app.transfer.read_elsewhere import read_elsewhere, recognise
from landward.model.bodies import DoseTaken, Sleep
from landward.model.moment import Moment
from landward.vault import Vault
from landward.vault.cost import CHEAPEST

NOW = Moment(at=dt.datetime.combine(TODAY, dt.time(12), dt.UTC), zone=ZONE)
DAYS = [TODAY - dt.timedelta(days=n) for n in range(1460, 0, -1)]
WORDS = ("awful", "bad", "meh", "good", "rad")
HEADER = "full_date,date,weekday,time,mood,activities,scales,note_title,note"
MEDTIMER = "Reminded;Name;Dosage;Taken;Tags;Interval;Notes;Reminded (ISO 8601);Taken (ISO 8601)"


def three(folder: Path) -> tuple[list[Path], dict[dt.date, tuple[int, float, str]]]:
    """The files, and the truth: mood, hours slept, mg taken, by day."""
    rng = random.Random(16)
    truth, moods, nights, doses = {}, [], [], []
    for count, day in enumerate(DAYS):
        level, hours = rng.randint(1, 5), rng.randint(16, 36) / 4
        mg = f"{20 - count // 90 * 0.5:g}"
        truth[day] = (level, hours, mg)
        moods.append(f'{day},x,y,21:30,{WORDS[level - 1]},"walk","","",""')
        up = dt.datetime.combine(day, dt.time(7))
        down = up - dt.timedelta(hours=hours)
        nights.append(
            '<Record type="HKCategoryTypeIdentifierSleepAnalysis" sourceName="Watch" '
            f'startDate="{down} +0100" endDate="{up} +0100" '
            'value="HKCategoryValueSleepAnalysisAsleepCore"/>'
        )
        at = f"{day}T08:00:00+01:00"
        doses.append(f"x;Diazepam;{mg} mg;x;;;;{at};{at}")
    files = {
        "daylio_export.csv": "\n".join([HEADER, *moods[::-1]]),
        "export.xml": "<HealthData>\n" + "\n".join(nights) + "\n</HealthData>\n",
        "medtimer_events.csv": "\n".join([MEDTIMER, *doses]),
    }
    paths = []
    for name, text in files.items():
        paths.append(folder / name)
        paths[-1].write_text(text, "utf-8")
    return paths, truth


def test_one_long_diary_out_of_three_programs(tmp_path: Path) -> None:
    paths, truth = three(tmp_path)
    vault, _ = Vault.create(tmp_path / "v.vault", "x", now=NOW.at, cost=CHEAPEST)
    with vault:
        for again in (False, True):
            for path in paths:
                kind = recognise(path)
                assert kind is not None
                found = read_elsewhere(path, kind, ZONE, circumstances(NOW))
                assert (found.used, found.lines) == (1460, 1460)
                result = import_reading(vault, found, NOW)
                assert (result.added, result.already) == ((0, 1460) if again else (1460, 0))
        diary = whole_diary(vault.entries(), NOW.today())
    slept = {entry.date: body.hours for entry, body in diary.of(Sleep)}
    taken = {entry.date: f"{body.dose_mg.normalize():f}" for entry, body in diary.of(DoseTaken)}
    came = {day: (diary.days[day].answers["mood"], slept[day], taken[day]) for day in diary.days}
    assert came == truth
