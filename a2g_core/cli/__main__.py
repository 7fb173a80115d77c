"""Runs `a2g`, also as `python -m a2g_core.cli`."""

import gc
import sys


def start() -> int:
    """Run one command, which began with this process and ends with it. Returns the exit code."""
    # All that is imported stays to the end: looking among it for what could be freed takes a tenth of a short command.
    gc.disable()
    from .main import main

    gc.freeze()
    gc.enable()
    code = main()
    gc.freeze()
    return code


if __name__ == "__main__":  # and not in the processes that a batch starts
    sys.exit(start())
