"""Six small scenes: why might waves come? Guesses, none proven. Drawings, not data."""

from dataclasses import dataclass

from landward.model.said import Words as Said
from landward.model.said import phrase
from landward.report.figure.marks import Figure, Mark, Path

WIDTH, HIGH, FOOT = 320.0, 70.0, 60.0


@dataclass(frozen=True, slots=True)
class Scene:
    """One guess: its name, what it says, what was found of it, where to read on."""

    key: str
    title: Said
    guess: Said
    found: Said
    address: str
    link: Said
    figure: Figure


def _figure(key: str, words: Said, *marks: Mark) -> Figure:
    return Figure(WIDTH, HIGH, (Path("axis", f"M0 {FOOT}H{WIDTH}"), *marks), words, key=key)


def _saw(teeth: int) -> str:
    wide = WIDTH / teeth
    return "M0 50" + "".join(f"L{n * wide + 4:.0f} 14L{(n + 1) * wide:.0f} 50"
                             for n in range(teeth))  # fmt: skip


def _bumps() -> str:
    return "M0 52" + "".join(
        f"C{x + 20} 52 {x + 26} 20 {x + 44} 24C{x + 62} 30 {x + 70} 52 {x + 106} 52"
        for x in (0, 106, 212)
    )


SCENES = (
    Scene(
        "between-doses", phrase("Between two doses"),
        phrase("A medicine that leaves fast is low before the next dose. Some feel that hour."),
        phrase("Levels between doses were measured. That they make days of waves was not."),
        "/lab?person=once-or-three-times-a-day", phrase("See it in made-up people"),
        _figure("scene-1", phrase("A level that rises at each dose and falls before the next."),
                Path("line", _saw(7))),
    ),
    Scene(
        "after-a-cut", phrase("Some days after a step down"),
        phrase("A step is felt late, and later still with a medicine that stays long."),
        phrase("Guidelines say that signs begin some days after a cut. How long a spell then "
               "lasts was not measured."),
        "/library/rule/racgp2019.onset-long", phrase("What a guideline says"),
        _figure("scene-2", phrase("Three steps down, each followed by a spell that passes."),
                Path("planned", "M0 14H20V24H126V34H232V44H320"), Path("line", _bumps())),
    ),
    Scene(
        "set-off", phrase("Set off by the day"),
        phrase("Noise, light, worry or effort that was nothing before may be too much for a while, "
               "and each spell leaves one touchier for the next."),
        phrase("In this lab it is an assumption. No study found in people coming off these "
               "medicines."),
        "/lab?person=same-stimuli", phrase("See it in made-up people"),
        _figure("scene-3", phrase("The same small push several times; the answer is larger for a "
                                  "while."),
                Path("change", "M40 60V48M120 60V48M200 60V48M280 60V48"),
                Path("line", "M0 54L38 54L44 44L60 54L118 54L124 18L160 54L198 54L204 28L236 54"
                             "L278 54L284 44L300 54H320")),
    ),
    Scene(
        "uneven", phrase("A way back that is uneven"),
        phrase("Many parts adapt back, each at its own pace. Together they might swing."),
        phrase("The curves of this lab come back smoothly: no waves come out of it. Whether bodies "
               "differ is not known."),
        "/lab?person=abrupt-stop-diazepam", phrase("See the smooth curve"),
        _figure("scene-4", phrase("Two smooth curves at different paces, and an uneven one."),
                Path("thin", "M0 14C60 50 120 56 320 57"),
                Path("thin", "M0 20C120 30 200 52 320 56"),
                Path("line", "M0 16C20 44 40 20 62 30C84 42 100 26 130 38C160 50 190 40 220 48"
                             "C250 56 280 50 320 55")),
    ),
    Scene(
        "something-else", phrase("Something else altogether"),
        phrase("A bad night, an infection, the cycle, alcohol, another medicine: not everything is "
               "withdrawal."),
        phrase("Each of these is known to change how people feel. Which one it was on a given day, "
               "a diary cannot say."),
        "/library/article/told-apart", phrase("How it can be told apart"),
        _figure("scene-5", phrase("A quiet line with two spells that have other causes."),
                Path("line", "M0 50H70C84 50 86 20 100 20S116 50 130 50H200C214 50 216 30 230 30"
                             "S246 50 260 50H320"),
                Path("dots", "M100 12h.1M230 22h.1")),
    ),
    Scene(
        "chance", phrase("Chance, and when one looks"),
        phrase("Anything that goes up and down has runs of bad days by chance. One looks on the "
               "worst day, and the next is often better."),
        phrase("This is arithmetic and true of every series. It does not say that yours is only "
               "that."),
        "/library/article/how-to-read-a-study", phrase("How to read a study"),
        _figure("scene-6", phrase("Days scattered around a level line; some lie together by "
                                  "chance."),
                Path("planned", "M0 36H320"),
                Path("dots", "".join(f"M{8 + 16 * n} {y}h.1" for n, y in enumerate(
                    (30, 44, 38, 24, 48, 35, 33, 50, 52, 49, 53, 40, 28, 34, 20, 22, 25, 39, 46,
                     31))))),
    ),
)  # fmt: skip
