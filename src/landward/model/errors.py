"""Errors meant for the person reading them. Standard library only, so that --help stays quick."""


class LandwardError(Exception):
    """What was wrong, where, what to do. One line."""


class BadInput(LandwardError):
    """What was given cannot be used; nothing was written. The command line exits with 2."""
