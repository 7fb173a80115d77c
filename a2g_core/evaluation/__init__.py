"""Measuring motion. NumPy; nothing that generates imports from here."""
