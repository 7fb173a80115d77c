"""Sound that still comes in, and poses that are sent as they are made."""
