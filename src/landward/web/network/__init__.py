"""The app for paired phones at home, over TLS only."""
