"""The one sentence that stands near every plan, wherever a person reads about a dose."""

from landward.model.said import phrase

STOPPING = phrase("stopping suddenly can cause seizures and can kill")
DO_NOT_STOP = phrase("Do not stop suddenly: stopping suddenly can cause seizures and can kill.")
