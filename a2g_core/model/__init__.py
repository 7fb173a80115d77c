"""The networks: their settings, their forward pass, their files."""
