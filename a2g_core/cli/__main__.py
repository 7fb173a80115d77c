"""`python -m a2g_core.cli` is `a2g`."""

import sys

from .main import main

sys.exit(main())
