"""Ten small files of every kind, made here, each with the right value worked out before the file.

A kind is a list of `Small`. What is right comes from the numbers the file is written from, never
from our reader: a generator draws days and answers, keeps them, then writes them as some program,
country or person would.
"""

from kinds.small import Small

__all__ = ["Small"]
