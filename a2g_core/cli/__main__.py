"""Runs `a2g` as `python -m a2g_core.cli`."""

import sys

from .main import main

sys.exit(main())
