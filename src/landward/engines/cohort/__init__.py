"""Many diaries to estimates, with disclosure control: its first engine is not built yet."""
