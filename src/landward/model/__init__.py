"""What the field names: frozen, validated values. Knows nothing of files, SQL or HTTP."""
