"""The command line: `a2g`."""
