"""One side of `benchmark.py --against`: generation by the version in a folder, measured each time that a line comes.

    python scripts/benchmark_side.py FOLDER

Each line of standard input is JSON: {"speech": a WAV file, "options": keyword arguments of `generate`}. The answer is a
line of its CPU time and its time in seconds. Versions since 0.2.0 are understood.
"""

from __future__ import annotations

import json
import sys
import time
from importlib import import_module
from typing import Any


def main() -> None:
    """Answer line by line."""
    sys.path.insert(0, sys.argv[1])
    generate = _of("performing.generate", "generate", "generate")
    model = _of("model.checkpoint", "checkpoint", "load_model")()
    open_speech = _of("speech.audio", "audio", "open_speech")
    for line in sys.stdin:
        asked = json.loads(line)
        speech = open_speech(asked["speech"])
        cpu_s, began = time.process_time(), time.perf_counter()
        generate(speech, model, **asked["options"])
        print(time.process_time() - cpu_s, time.perf_counter() - began, flush=True)


def _of(now: str, before: str, name: str) -> Any:
    """A function of the core, wherever this version has it: modules lay in one folder in 0.2.0."""
    try:
        return getattr(import_module(f"a2g_core.{now}"), name)
    except ImportError:
        return getattr(import_module(f"a2g_core.{before}"), name)


if __name__ == "__main__":
    main()
