"""The small static page a phone logs with, and what it sealed."""
