"""What is said beside every result of the lab."""

CAUTION = (
    "These people are made up. This is not a forecast of you or of anyone, and it never reads "
    "a diary. Do not stop suddenly: stopping suddenly can be dangerous (seizures)."
)
