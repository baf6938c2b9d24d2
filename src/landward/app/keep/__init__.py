"""Keeping the diary safe: make, open, back up, join, erase, and who may open it.

What pages and commands may do with a vault goes through here; rows, keys and files stay behind it.
"""
