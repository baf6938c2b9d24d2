"""What the first reading would wait for, loaded before anyone asks for it. No diary is touched."""


def get_ready() -> None:
    """Read the tables, import the engines and load their compiled code.

    Takes about two seconds; on a machine that never ran it, as long as compiling takes.
    """
    from landward.app.library.help_now import countries
    from landward.app.library.sections import find
    from landward.engines.patterns import read_waves

    countries()
    find("any words")  # reads every table once
    invented = [float(day * 7 % 11) for day in range(60)]
    read_waves(invented, [1.0] * 40 + [0.5] * 20)
