"""What stands, who it is about, and what was computed from it."""
