"""Gestures that mean something, by name, and which of them fits what is said."""
