"""A budget for whatever is foreign or may abort: another process, so much time, so much memory.

Nothing is loaded here: the other process begins in this room too.
"""
