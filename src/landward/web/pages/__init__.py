"""One file a page: parse the form, call the app, render."""
