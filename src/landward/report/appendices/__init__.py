"""The pages behind the first, each chosen by itself."""
