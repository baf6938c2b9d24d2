"""What each reading says: one sentence, its lines in words, JSON. Page and terminal share it."""
