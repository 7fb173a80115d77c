"""Runs `a2g` as `python -m a2g_core.cli`."""

import sys

from .main import main

if __name__ == "__main__":  # and not in the processes that a batch starts
    sys.exit(main())
