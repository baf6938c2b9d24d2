"""What the first reading would wait for, loaded before anyone asks for it. No diary is touched."""

from landward.engines.compiled import is_compiled, note_compiled

__all__ = ["get_ready", "is_compiled"]


def get_ready(*, compiled: bool = True) -> None:
    """Read the tables; `compiled`, where readings are computed here, loads the engines as well.

    Takes about two seconds; on a machine that never ran it, as long as compiling takes.
    """
    from landward.app.library.help_now import countries
    from landward.app.library.known_words import drug_of
    from landward.app.library.sections import find

    countries()
    find("any words")  # reads every table once
    drug_of("any word")  # and every name of a drug
    if compiled:
        compile_readings()


def compile_readings() -> None:
    """Compile what reading a diary needs, or load it where that was done before."""
    from landward.engines.patterns import read_waves

    invented = [float(day * 7 % 11) for day in range(60)]
    read_waves(invented, [1.0] * 40 + [0.5] * 20)
    note_compiled()
