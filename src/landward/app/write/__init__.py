"""Saving, correcting, taking back: the one way into the journal."""
