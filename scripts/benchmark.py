"""Measures the speed of generation and training, also against this machine's peak. In Blender: benchmark_blender.py.

    .venv/bin/python scripts/benchmark.py                 # generation and training
    .venv/bin/python scripts/benchmark.py --systems       # every system of the scoreboard, side by side
    .venv/bin/python scripts/benchmark.py --two-hours     # two hours of speech: time and memory
    .venv/bin/python scripts/benchmark.py --against 15a6319 --speech a.wav   # beside another version, run about

Ratios carry over from machine to machine; seconds do not. Speeds are medians of several runs in this process.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmark_against import against

from a2g_core.formats.registry import save_motion
from a2g_core.model.checkpoint import Model, load_model
from a2g_core.model.config import Architecture
from a2g_core.model.device import resolve_device
from a2g_core.model.network import flops_per_frame
from a2g_core.model.settings import SystemConfig
from a2g_core.performing.generate import generate, generate_channels, generate_long
from a2g_core.speech.audio import Speech
from a2g_core.speech.features import log_mel

if TYPE_CHECKING:
    from torch import Tensor
    from torch.nn import Module

ROOT = Path(__file__).resolve().parents[1]
SPEECH_S = 300


def main() -> None:
    """Measure what the options ask for, and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--two-hours", action="store_true", help="generate two hours and print the peak memory")
    parser.add_argument("--systems", action="store_true", help="compare the speed of every system on the scoreboard")
    parser.add_argument("--against", metavar="COMMIT", help="measure a commit of this repository too, side by side")
    parser.add_argument("--speech", type=Path, help="with --against: a WAV file that is repeated (default: the sample)")
    parser.add_argument("--repeats", type=int, default=9, help="with --against: how often each side is measured")
    options = parser.parse_args()
    if options.against:
        against(ROOT, options.against, options.speech or ROOT / "scripts/sample/speech.wav", options.repeats)
    elif options.two_hours:
        two_hours()
    elif options.systems:
        systems()
    else:
        peak = generation()
        training(peak)


def _median_s(function: Callable[[], object], repeats: int = 5) -> float:
    function()
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        function()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def _noise(seconds: float) -> Speech:
    return Speech.from_samples(
        0.1 * np.random.default_rng(0).standard_normal(round(seconds * 16000)).astype(np.float32), 16000
    )


def generation() -> float:
    """Print the speed as a multiple of real time, and the networks' share of the matrix-product peak.

    Returns the peak in GFLOP/s.
    """
    model, speech = load_model(), _noise(SPEECH_S)
    a, b = np.random.default_rng(0).standard_normal((2, 2048, 2048)).astype(np.float32)
    peak = 2 * 2048**3 / _median_s(lambda: a @ b) / 1e9
    print(f"matrix-product peak of this machine (NumPy, 2048 cubed)  {peak:8.0f} GFLOP/s")
    frames = round(SPEECH_S * model.fps)
    flops = frames * sum(
        flops_per_frame(model.config.architecture, n) for n in ("audio_encoder", "mapping_net", "decoder")
    )
    gflop = flops / 1e9 / SPEECH_S * 60
    print(f"lower bound: {gflop:.1f} GFLOP per minute of speech, {gflop / peak * 1e3:.0f} ms at the peak")
    features_s = _median_s(lambda: log_mel(speech.blocks(), frames, model.fps), 3)
    print(
        f"log-mel alone             {SPEECH_S / features_s:8.0f} x real time"
        f"  {features_s / SPEECH_S * 60e3:6.0f} ms per minute"
    )
    for device in ("numpy", "cpu", "cuda", "mps"):
        try:
            resolve_device(device)
        except Exception as error:
            print(f"{device:6s} not measured: {error}")
            continue
        channels_s = _median_s(lambda d=device: generate_channels(speech, model, device=d), 3)
        whole_s = _median_s(lambda d=device: generate(speech, model, device=d), 3)
        share = flops / (channels_s - features_s) / 1e9 / peak
        print(
            f"{device:6s} networks: {share:4.0%} of the peak; speech to motion {SPEECH_S / whole_s:6.0f} x real time",
            end="",
        )
        print(
            f"  {whole_s / SPEECH_S * 60e3:6.0f} ms per minute,"
            f" {(channels_s - features_s) / SPEECH_S * 60e3:.0f} of them networks"
        )
    return peak


def training(peak: float) -> None:
    """Print steps per second of `product` on random data, and the networks' share of the peak, optimiser excluded."""
    import torch

    from a2g_core.model.config import PRODUCT
    from a2g_core.training.objective import Audio2Gestures
    from a2g_core.training.state import make_optimisers

    architecture, settings = PRODUCT.architecture, PRODUCT.training
    module = Audio2Gestures(PRODUCT, torch.zeros(architecture.motion_size), torch.ones(architecture.motion_size))
    features, motion = _batch(PRODUCT)
    optimisers = make_optimisers(module)

    def step() -> None:
        loss = module.total_loss(module(features, motion), 0)
        module.zero_grad()
        loss.backward()
        for optimiser in optimisers:
            optimiser.step()

    # The forward pass, and twice as much for the backward pass, of both encoders and of two decodings. Each convolution
    # shortens its input, so a network's mean length is counted.
    f = {n: flops_per_frame(architecture, n) for n in ("audio_encoder", "motion_encoder", "decoder")}
    encoded = features.shape[1] - architecture.receptive_field
    decoded = settings.crop_frames + architecture.receptive_field
    flops = settings.batch_size * (
        3 * encoded * (f["audio_encoder"] + f["motion_encoder"]) + 3 * 2 * decoded * f["decoder"]
    )
    seconds = _median_s(step, 3)
    print(
        f"training `product`, batch {settings.batch_size}: {1 / seconds:.2f} steps per second,"
        f" {flops / 1e9:.0f} GFLOP per step, {flops / seconds / 1e9 / peak:.0%} of the peak"
    )


def systems() -> None:
    """Print generation speed, training speed and size of each system, as published and in the scoreboard's CPU budget.

    Weights are random, since their values do not affect speed. A training step has 4 crops of the config's own length,
    so frames per second can be compared between systems, steps per second cannot.
    """
    from a2g_core.evaluation.tables import TABLES, budgeted

    print(f"{'':34}{'parameters':>12}{'x real time':>13}{'steps/s':>9}{'frames/s in training':>22}")
    for budget, label in (("paper", "as published"), ("cpu", "CPU budget")):
        for name in (*TABLES[1], "table2-baseline"):
            config = budgeted(name, budget)
            speed, count = _generation_speed(config), sum(int(np.prod(shape)) for shape in _shapes(config).values())
            steps = _training_speed(config.replace(batch_size=4))
            frames = steps * 4 * config.training.crop_frames
            print(f"{name + ', ' + label:34}{count / 1e6:10.2f} M{speed:13.0f}{steps:9.2f}{frames:22.0f}", flush=True)
    product = load_model()
    seconds = _median_s(lambda: generate(_noise(60), product), 3)
    count = sum(a.size for a in product.parameters.values())
    print(f"{'product, as shipped':34}{count / 1e6:10.2f} M{60 / seconds:13.0f}")


def _generation_speed(config: SystemConfig) -> float:
    """Seconds of motion per second, in NumPy, speech to motion."""
    module = _module(config)
    module(*_batch(config.replace(batch_size=1)))  # statistics that a first batch initialises
    kept, architecture = set(_shapes(config)), config.architecture
    parameters = {n: p.detach().numpy() for n, p in module.parameters_by_name().items() if n in kept}
    zeros, ones = (np.full(architecture.motion_size, v, np.float32) for v in (0, 0.01))
    has_codes = isinstance(architecture, Architecture)
    bank = {"bank": np.ones((2, 2, architecture.code_size), np.float32)} if has_codes else {}
    heard = np.full(64, -50, np.float32), np.full(64, 15, np.float32)
    model, speech = Model(config, parameters, *heard, zeros, ones, **bank, info={"sha256": ""}), _noise(10)
    return 10 / _median_s(lambda: generate(speech, model), 3)


def _training_speed(config: SystemConfig) -> float:
    """Steps per second on a CPU, float32."""
    import torch

    module, batch = _module(config), _batch(config)
    optimiser = torch.optim.Adam(module.parameters())

    def step() -> None:
        loss = module.total_loss(module(*batch), 0)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()

    return 1 / _median_s(step, 1)


def _module(config: SystemConfig) -> Module:
    import torch

    from a2g_core.training.modules import MODULES

    torch.manual_seed(0)
    size = config.architecture.motion_size
    return MODULES[config.system](config, torch.zeros(size), torch.ones(size))


def _batch(config: SystemConfig) -> tuple[Tensor, Tensor]:
    import torch

    architecture, settings = config.architecture, config.training
    shape = settings.batch_size, settings.crop_frames + 2 * architecture.loss_receptive_field
    return torch.randn(*shape, 64), torch.randn(*shape, architecture.motion_size)


def _shapes(config: SystemConfig) -> dict[str, tuple[int, ...]]:
    from a2g_core.model.systems import parameter_shapes

    return parameter_shapes(config)


def two_hours() -> None:
    """Print peak memory and time for two hours of speech, the take written."""
    seconds = 7200

    def read() -> Iterator[np.ndarray]:
        rng = np.random.default_rng(0)
        for _ in range(seconds):
            yield 0.1 * rng.standard_normal((48000, 1)).astype(np.float32)

    model = load_model()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began = time.perf_counter()
    motion = generate_long(Speech(float(seconds), 48000, read), model)
    with tempfile.TemporaryDirectory(prefix="a2g-benchmark-") as folder:
        save_motion(motion, Path(folder, "take.npz"))
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"two hours at 48 kHz: {len(motion)} frames in {time.perf_counter() - began:.0f} s,"
        f" peak memory {before:.0f} -> {after:.0f} MiB"
    )


if __name__ == "__main__":
    main()
