"""Which words a speech says, and when."""

READABLE = (".srt", ".vtt", ".textgrid", ".json", ".txt")
"""Endings of the files that words are read from, in lower case."""
