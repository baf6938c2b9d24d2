"""Every `--json`: values in, plain JSON out; one schema each in `docs/reference/schemas/`.

Keys may be added, never renamed. Exact decimals are strings, dates ISO.
"""
