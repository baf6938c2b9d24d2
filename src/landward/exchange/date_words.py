"""What is asked and said where a file does not say how its dates are meant."""

import datetime as dt

from landward.model.said import phrase


def two_orders_words(one: tuple[str, str, str], other: tuple[str, str, str]) -> str:
    """Two dates of a file that no single order fits: each with its place and its order."""
    return phrase(
        "the dates are in two orders: “{one}” ({one_place}) can only be {one_order}, "
        "“{other}” ({other_place}) only {other_order}",
        one=one[0],
        one_place=one[1],
        one_order=one[2],
        other=other[0],
        other_place=other[1],
        other_order=other[2],
    )


def which_calendar_words(number: str, at: str, from_1900: dt.date, from_1904: dt.date) -> str:
    """A spreadsheet's day number that both of its calendars fit."""
    return phrase(
        "“{number}” {at} is a spreadsheet's day number: {from_1900} where days count from 1900 "
        "(most programs), {from_1904} where they count from 1904 (old ones of a Mac). Which is it?",
        number=number,
        at=at,
        from_1900=from_1900,
        from_1904=from_1904,
    )


def which_order_words(date: str, at: str) -> str:
    """A date that can be read day first or month first, like every other of its file."""
    return phrase(
        "“{date}” {at}, and every other date here, could be day first or month first. Which is it?",
        date=date,
        at=at,
    )


def no_calendar_words(answer: str) -> str:
    """An answer that names neither of a spreadsheet's calendars."""
    return phrase("“{answer}” is no way to count days: say 1900 or 1904", answer=answer)


def no_order_words(answer: str) -> str:
    """An answer that names no order of day, month and year."""
    return phrase("“{answer}” is no order of dates: say day first or month first", answer=answer)


def not_so_words(place: str, date: str, order: str) -> str:
    """A date that cannot be read in the order the person named."""
    return phrase("{place}: “{date}” cannot be read {order}", place=place, date=date, order=order)


def only_so_words(order: str, date: str, at: str) -> str:
    """The date that decided the order of all."""
    return phrase(
        "Dates are read {order}: “{date}” {at} fits no other way.", order=order, date=date, at=at
    )
