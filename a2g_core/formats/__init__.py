"""Motion files: one module per format, found by `registry`."""
