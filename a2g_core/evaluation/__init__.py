"""Measuring motion. Generation never imports from here."""
