"""Pages are set in a process of their own: a library may abort, hang or grow, and words reach it.

The process gets the words of the page and our own templates and fonts; it knows no key, writes no
file, and is gone when the page is there. Every command begins by saying so: little is loaded here.
"""

from landward.app.budget.amounts import Budget
from landward.model.errors import BadInput, LandwardError
from landward.report.setting_job import Setting, set_pages

PAGES = Budget(cpu_seconds=60, memory_mb=600)
"""The longest report of ten years takes some seconds and a quarter of the memory."""


def set_apart(job: bytes, budget: Budget = PAGES) -> bytes:
    """As `set_pages`, elsewhere. Raises LandwardError where it broke off or took too much."""
    from landward.app.budget.within import within
    from landward.model.said import phrase

    try:
        return within(set_pages, job, answer=bytes, what="page", budget=budget)
    except BadInput as error:
        raise LandwardError(
            phrase(
                "the page could not be set: the typesetter broke off, or took longer or more "
                "memory than a page may; nothing was written"
            )
        ) from error


def set_pages_apart() -> None:
    """From now on this program has every page set in a process of its own."""
    Setting.by = staticmethod(set_apart)
