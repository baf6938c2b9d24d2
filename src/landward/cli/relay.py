"""`landward relay …`: run a relay for people's sealed diaries. What devices do stands beside it."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from landward.cli.secrets_in import ask
from landward.cli.terminal import say, tell
from landward.model.errors import BadInput, CouldNotSave
from landward.model.said import counted, phrase

app = App(
    name="relay",
    help="A host for sealed copies that cannot read them.",
    help_format="plaintext",
    help_epilogue="The commands with --data are for whoever runs a relay: docs/operators.",
)
app.command(
    "landward.cli.relay_serve:serve",
    name="serve",
    help=phrase("Run a relay: keep sealed bytes for people's devices."),
)
DEVICES = (
    ("join", phrase("Join a relay with an invitation, or with another device's code.")),
    ("pair", phrase("Let another of your devices in: a code, and four words compared.")),
    ("sync", phrase("Send what waits and take in what came.")),
    ("devices", phrase("Which devices share this diary, and what waits here.")),
    ("remove-device", phrase("Take a lost or old device out; the others get new keys.")),
    ("leave", phrase("Take this device out; the diary stays whole here.")),
)
for _name, _line in DEVICES:
    app.command(f"landward.cli.together:{_name.replace('-', '_')}", name=_name, help=_line)

app.command(
    "landward.cli.relay_phone:app",
    name="phone",
    help=phrase("A phone through the relay: add, list, remove."),
)

Data = Annotated[Path, Parameter(name="--data", help="The folder of the relay.")]
MB = 1_000_000


@contextmanager
def in_words(folder: Path) -> Iterator[None]:
    """What a relay's folder refuses, said."""
    import sqlite3

    from landward.relay.store import NotARelay

    said = {
        "none": phrase(
            "{folder} is no relay's folder; landward relay serve --data {folder} makes one",
            folder=folder,
        ),
        "newer": phrase(
            "{folder} was made by a newer Landward; update this one, nothing was changed",
            folder=folder,
        ),
        "broken": phrase(
            "{folder} holds files that no relay wrote, or some are missing; nothing was changed. "
            "Restore the last backup",
            folder=folder,
        ),
    }
    try:
        yield
    except NotARelay as refused:
        raise BadInput(said[refused.reason]) from None
    except (OSError, sqlite3.Error) as error:
        raise CouldNotSave(
            phrase(
                "the disk refused at {folder} ({kind}); is there room, and may you write there?",
                folder=folder,
                kind=type(error).__name__,
            )
        ) from error


def made(folder: Path) -> bool:
    """Make a relay's folder where there is nothing yet; whether it was made."""
    from landward.relay.store import create
    from landward.relay.tables import LIST

    if (folder / LIST).exists():
        return False
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput(
            phrase(
                "{folder} holds something else; choose a new or empty folder for the relay",
                folder=folder,
            )
        )
    create(folder)
    say(phrase("Made a new relay in {folder}.", folder=folder))
    return True


@app.command
def invite(
    *,
    data: Data,
    count: Annotated[int, Parameter(help="How many invitations.")] = 1,
    quota: Annotated[int, Parameter(help="MB that one person may leave here.")] = 64,
) -> None:
    """Make an invitation: a code that lets one person's devices leave sealed copies here.

    It works once. The relay keeps only its hash, so it cannot be shown again; an invitation has a
    number, and no name. Give it to the person together with the relay's address.

    Examples:

      landward relay invite --data relay
      landward relay invite --data relay --count 20 --quota 32
    """
    from landward.relay.invitations import new_code
    from landward.relay.store import Store

    if not 1 <= count <= 1000:
        raise BadInput(phrase("--count is a number from 1 to 1000; no invitation was made"))
    if not 1 <= quota <= 10_000:
        raise BadInput(phrase("--quota is from 1 to 10000 MB; no invitation was made"))
    with in_words(data):
        made(data)
        with Store(data) as store:
            for _ in range(count):
                code = new_code(secrets.token_bytes)
                number = store.invite(code, quota * MB)
                tell(phrase("{number}: {code}", number=number, code=code))
    say(
        counted(
            count,
            "It works once and is not shown again. The number is for you: landward relay remove.",
            "Each works once and is not shown again. The numbers are for you: landward relay "
            "remove.",
        )
    )


@app.command
def usage(*, data: Data) -> None:
    """Show all that an operator can see: numbers, sizes and days, never what was written.

    Example:

      landward relay usage --data relay
    """
    from landward.cli.relay_usage import show
    from landward.relay.keeping import usage as all_of

    with in_words(data):
        found = all_of(data)
    show(found)


@app.command
def check(*, data: Data) -> None:
    """Read every page of every file, and whether all parts fit. Works while it is served.

    Example:

      landward relay check --data relay
    """
    from landward.relay.keeping import check as read_all

    with in_words(data):
        found = read_all(data)
    said = {
        "pages": phrase("its pages are damaged"),
        "sizes": phrase("a blob has a size that no device sends"),
        "ids": phrase("ids and blobs do not fit each other"),
        "shelves": phrase("something lies on a shelf that is not there"),
        "quota": phrase("a quota does not fit what lies there"),
    }
    if found.faults:
        first = found.faults[0]
        raise CouldNotSave(
            phrase(
                "{file}: {what}. Stop the relay and restore the last backup; devices send again "
                "what it lacks",
                file=first.file,
                what=said[first.code],
            )
        )
    tell(
        counted(
            found.blobs,
            "{files} files read, {count} sealed blob: all fits.",
            "{files} files read, {count} sealed blobs: all fits.",
            files=found.files,
        )
    )


@app.command
def backup(to: Path, /, *, data: Data) -> None:
    """Copy the whole relay into a new folder, consistent, while it is served.

    The copy is a relay's folder: landward relay serve --data COPY runs it. It holds sealed bytes
    and hashes, so it may lie where you keep other backups.

    Example:

      landward relay backup copies/monday --data relay
    """
    from landward.relay.keeping import Taken
    from landward.relay.keeping import backup as copied

    with in_words(data):
        try:
            size = copied(data, to)
        except Taken:
            raise BadInput(
                phrase("{to} is not an empty folder; nothing was copied", to=to)
            ) from None
    tell(phrase("Copied to {to}: {size} MB.", to=to, size=f"{size / MB:.1f}"))


@app.command
def remove(
    number: int,
    /,
    *,
    data: Data,
    yes: Annotated[bool, Parameter(negative="", help="Do not ask.")] = False,
) -> None:
    """Remove an invitation by its number, and every sealed copy left under it, for good.

    The diaries themselves lie on people's devices and stay there.

    Example:

      landward relay remove 17 --data relay
    """
    from landward.relay.keeping import forget
    from landward.relay.store import Store

    with in_words(data), Store(data) as store:
        if not yes and ask(
            phrase("Remove all that lies under invitation {number}? Type the number again:",
                   number=number) + " "
        ).strip() != str(number):  # fmt: skip
            raise BadInput(phrase("that is another number; nothing was removed"))
        shelves = store.remove(number)
        if shelves is None:
            raise BadInput(
                phrase(
                    "there is no invitation {number} to remove; landward relay usage lists them",
                    number=number,
                )
            )
        forget(data)
    tell(
        counted(
            shelves,
            "Invitation {number} is closed; {count} shelf was removed.",
            "Invitation {number} is closed; {count} shelves were removed.",
            number=number,
        )
    )
