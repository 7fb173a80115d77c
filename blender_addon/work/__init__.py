"""Jobs: what is asked for, made and written; the engine and the gesture model that make it."""
