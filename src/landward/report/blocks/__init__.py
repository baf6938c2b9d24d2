"""The blocks of the one-page report: small pure functions from the diary to words and numbers."""
