"""One file per user task: it asks the rooms, calls the engines, and saves once, last."""
