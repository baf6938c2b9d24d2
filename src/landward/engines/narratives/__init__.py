"""Stories to coded symptoms: spans, codes, what is said of each, the story's timeline, drugs."""
