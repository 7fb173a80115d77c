"""One side of `benchmark.py --against`: the version in a folder at work, measured each time that a line comes.

    python scripts/benchmark_side.py FOLDER

Each line of standard input is JSON: {"speech": a WAV file, "options": keyword arguments of `generate`}, or, for a step
of training `product` on random data, {"training": settings that differ}. The answer is a line of its CPU time and its
time in seconds. Generation is understood of versions since 0.2.0, training of those whose config has parts.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any


def main() -> None:
    """Answer line by line."""
    sys.path.insert(0, sys.argv[1])
    for line in sys.stdin:
        work = _work(line)
        cpu_s, began = time.process_time(), time.perf_counter()
        work()
        print(time.process_time() - cpu_s, time.perf_counter() - began, flush=True)


@cache
def _work(line: str) -> Callable[[], object]:
    asked = json.loads(line)
    if "training" in asked:
        return _training(asked["training"])
    generate, model = _of("performing.generate", "generate", "generate"), _model()
    open_speech = _of("speech.audio", "audio", "open_speech")
    return lambda: generate(open_speech(asked["speech"]), model, **asked["options"])


@cache
def _model() -> Any:
    return _of("model.checkpoint", "checkpoint", "load_model")()


def _training(changes: dict[str, Any]) -> Callable[[], object]:
    """A step of the training loop, without its data."""
    import torch

    config = import_module("a2g_core.model.config").PRODUCT.replace(**changes)
    architecture, settings = config.architecture, config.training
    torch.manual_seed(0)
    module = import_module("a2g_core.training.objective").Audio2Gestures(
        config, torch.zeros(architecture.motion_size), torch.ones(architecture.motion_size)
    )
    shape = settings.batch_size, settings.crop_frames + 2 * architecture.loss_receptive_field
    features, motion = torch.randn(*shape, 64), torch.randn(*shape, architecture.motion_size)
    optimisers = import_module("a2g_core.training.state").make_optimisers(module)

    def step() -> None:
        loss = module.total_loss(module(features, motion), 0)
        module.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(module.parameters(), settings.gradient_clip)
        for optimiser in optimisers:
            optimiser.step()

    return step


def _of(now: str, before: str, name: str) -> Any:
    """A function of the core, wherever this version has it: modules lay in one folder in 0.2.0."""
    try:
        return getattr(import_module(f"a2g_core.{now}"), name)
    except ImportError:
        return getattr(import_module(f"a2g_core.{before}"), name)


if __name__ == "__main__":
    main()
