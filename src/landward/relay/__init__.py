"""A blind relay: keeps sealed bytes for people's devices and cannot read them.

Imports nothing of Landward, so that it cannot know what a diary is. Only `cli` imports it.
"""
