"""Gestures that mean something, by name, and which of them fits what is said."""

PER_MINUTE = 10.0
"""At most so many gestures are proposed for a minute of speech, unless somebody says otherwise."""
