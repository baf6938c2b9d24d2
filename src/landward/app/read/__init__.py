"""From the diary through an engine to a reading."""
