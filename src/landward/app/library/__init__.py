"""The reviewed facts, the lab and Help now: no diary is needed."""
