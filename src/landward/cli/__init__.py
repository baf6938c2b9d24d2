"""The same tasks as the app, in a terminal. Only parses, calls and prints."""
