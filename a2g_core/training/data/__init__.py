"""Readers: foreign motion files to our Motion, one module a format."""
