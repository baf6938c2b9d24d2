"""Stories to coded symptoms: its walls stand, its first engine is not built yet."""
