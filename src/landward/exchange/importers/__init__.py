"""One importer a file: `identify` knows a file by its beginning, `extract` reads it."""
