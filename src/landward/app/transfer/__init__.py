"""Whole files in and out: import with a preview, export of everything."""
