"""Foreign bytes to proposed entries, and entries to files that others can read."""
