"""A budget for whatever is foreign or may abort: another process, so much time, so much memory."""

from landward.app.budget.amounts import READING, Budget, reading_budget
from landward.app.budget.tables import read_table
from landward.app.budget.within import within

__all__ = ["READING", "Budget", "read_table", "reading_budget", "within"]
