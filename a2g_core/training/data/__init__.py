"""Readers of other people's motion data, one module per format."""
