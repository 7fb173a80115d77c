"""Runs the worker as `python -m a2g_core.worker --folder DIR`: see ``server``."""

import sys

from .server import main

sys.exit(main())
