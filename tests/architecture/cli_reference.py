"""The command line's reference page, made from the commands' own `--help`."""

import io
from collections.abc import Iterator

from cyclopts import App
from rich.console import Console

from landward.cli.main import build

HEAD = """\
# The command line

*Made from the commands' own help; `LANDWARD_SNAPSHOTS=refresh python3 run.py test
tests/architecture` makes it anew.*

Exit codes: 0 done (a refusal that explains itself included), 2 bad input (one clear line, nothing
written), 1 failed. JSON goes to stdout, messages to stderr. `LANDWARD_PASSPHRASE` answers the
passphrase prompt. `python -m landward` is the same program.
"""


def page() -> str:
    """The whole page as Markdown."""
    parts = [HEAD]
    for path, _ in commands(build()):
        shown = help_of(path)
        parts.append(f"\n## landward {' '.join(path)}\n\n```text\n{shown}\n```\n")
    return "".join(parts)


def commands(app: App, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], App]]:
    """Every command with its words, in the order it is registered, groups before their members."""
    for name in sorted(name for name in app if not name.startswith("-")):
        command = app[name]
        yield (*path, name), command
        yield from commands(command, (*path, name))


def help_of(path: tuple[str, ...]) -> str:
    """What `landward PATH --help` prints, 100 columns wide, without colour."""
    out = io.StringIO()
    console = Console(file=out, width=100, no_color=True, highlight=False, force_terminal=False)
    build(path[0]).help_print(list(path), console=console)
    return "\n".join(line.rstrip() for line in out.getvalue().strip().splitlines())
