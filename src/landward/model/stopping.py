"""The one sentence that stands near every plan, wherever a person reads about a dose."""

STOPPING = "stopping suddenly can cause seizures and can kill"
DO_NOT_STOP = f"Do not stop suddenly: {STOPPING}."
