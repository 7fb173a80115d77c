"""The training loop. Launch it with

    a2g train --config product --corpus corpus --out runs/product              # one process, any device
    a2g train --corpus corpus --out runs/product --resume                      # continue from the last checkpoint
    torchrun --nproc-per-node 4 -m a2g_core.cli train --config paper ...       # several GPUs

A step depends only on the parameters, its number and the seed, from which its crops and noise are drawn. That is why a
resumed run gives the same bits as an uninterrupted one (on a CPU, with the same number of threads).
"""

from __future__ import annotations

import gc
import math
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.utils.tensorboard import SummaryWriter
from tqdm import tqdm

from ..errors import CheckpointError
from ..files import exists
from ..model.checkpoint import save_model
from ..model.settings import SystemConfig, SystemTraining
from ..outputs import check_folder
from .corpus import corpus_digest
from .crops import Crops, Statistics, open_crops
from .distributed import World, join_world
from .export import corpus_notice, make_model
from .modules import make_module
from .state import Run, check_run, claim, load_state, make_optimisers, restore, save_state, state_file
from .system_module import SystemModule

PAPER_NAMES = {
    "rotation": "L_rot (Eq. 5)", "position": "L_pos (Eq. 6)", "speed": "L_speed (Eq. 7)",
    "alignment": "L_AC (Eq. 9)", "relaxed": "L_S (Eq. 10)", "bicycle": "L_cyc (Eq. 11)", "diversity": "L_DS (Eq. 12)",
    "kl": "D_KL (Eq. 3)", "effort": "effort", "nll": "negative log-likelihood", "adversarial": "GAN",
}  # fmt: skip
MODEL_FILE = "model.safetensors"
"""Name of the model in the folder of a run."""
_VALIDATION_BATCHES = 4


@dataclass(frozen=True)
class Loop:
    """How a run is run, which changes nothing of its result but the last bits.

    device: 'auto', 'cpu', 'cuda' or 'mps'. precision: 'float32', 'bf16' for the networks (kinematics and losses stay
    float32), or 'auto': bf16 where the device computes in it; a CPU that does not takes fifty times as long.
    stop_after: stop cleanly after this many steps of this call.
    """

    device: str = "auto"
    precision: str = "auto"
    checkpoint_minutes: float = 10.0
    validate_every: int = 500
    stop_after: int | None = None


def train(config: SystemConfig, corpus: Path, out: Path, *, seed: int = 0, **loop: Any) -> Path:
    """Train to the config's last step and return the path of the model file.

    loop: fields of `Loop`. CheckpointError where `out` already holds a run, or another process trains there.
    """
    _check_unused(out)
    check_folder(out)
    run, settings = Run(config, 0, seed, corpus_digest(corpus)), Loop(**loop)
    with _alone(out, settings) as (world, stopping):
        if world.leads:
            _check_unused(out)  # by a process that has ended since
        return _train(run, {}, None, corpus, out, settings, world, stopping)


def resume(corpus: Path, out: Path, **loop: Any) -> Path:
    """Go on with the run in `out` from its last checkpoint, with the config and the seed it began with.

    CheckpointError where there is none, or another process trains there.
    """
    check_run(out)
    check_folder(out)
    settings = Loop(**loop)
    with _alone(out, settings) as (world, stopping):
        return _train(*load_state(out, corpus), corpus, out, settings, world, stopping)


def _check_unused(out: Path) -> None:
    if exists(state_file(out)):
        raise CheckpointError(f"'{out}' already holds a training run", "add --resume to go on, or choose another --out")
    if exists(out / MODEL_FILE):
        raise CheckpointError(f"'{out}' already holds a model", "choose another --out")


@contextmanager
def _alone(out: Path, loop: Loop) -> Iterator[tuple[World, list[bool]]]:
    """Keep the run to this process and those that train with it; the list is no longer empty when SIGTERM has come."""
    world = join_world(loop.device)
    with claim(out) if world.leads else nullcontext(), stopping_on_sigterm() as stopping:
        yield world, stopping


@contextmanager
def stopping_on_sigterm() -> Iterator[list[bool]]:
    """A list that is no longer empty when SIGTERM has come; on the main thread alone, as Python has it."""
    stopping: list[bool] = []
    if threading.current_thread() is not threading.main_thread():
        yield stopping
        return
    before = signal.signal(signal.SIGTERM, lambda *_: stopping.append(True))
    try:
        yield stopping
    finally:
        signal.signal(signal.SIGTERM, before)


def _train(  # noqa: C901 - the loop is read in one piece
    run: Run, tensors: dict[str, np.ndarray], statistics: Statistics | None, corpus: Path, out: Path, loop: Loop,
    world: World, stopping: list[bool],
) -> Path:  # fmt: skip
    """Until the last step, or until `stopping`: then the step is finished, and everything written."""
    torch.set_float32_matmul_precision("high")  # tf32 where there is any

    # Data, model, optimiser.
    info, config, seed = corpus_notice(corpus), run.config, run.seed
    crops, held_out = open_crops(corpus, "train", config), open_crops(corpus, "validation", config)
    statistics = statistics or crops.statistics()
    torch.manual_seed(seed)
    module = make_module(config, statistics).to(world.device)
    optimisers = make_optimisers(module)
    if tensors:
        restore(tensors, module, optimisers, run.step)
    model: Any = world.wrap(module)
    if world.device.type == "cuda":
        model = torch.compile(model)
    bf16 = loop.precision == "bf16" or (loop.precision == "auto" and computes_in_bf16(world.device))
    autocast = torch.autocast(world.device.type, torch.bfloat16, enabled=bf16)
    writer = SummaryWriter(str(out / "log")) if world.leads else None

    def checkpoint(step: int) -> None:
        if world.leads:
            reached = replace(run, step=step, trained_s=run.trained_s + time.monotonic() - began)
            about = {**info, "steps": step, "trained_s": round(reached.trained_s)}
            save_state(out, reached, module, optimisers, statistics)
            save_model(make_model(module, crops, statistics, about), out / MODEL_FILE)

    began = last_saved = time.monotonic()
    settings, first = config.training, run.step
    step, end = first, settings.steps if loop.stop_after is None else min(settings.steps, first + loop.stop_after)
    for step in (
        bar := tqdm(range(first, end), initial=first, total=settings.steps, disable=not world.leads, mininterval=5)
    ):
        # One step. Every draw of it follows from (seed, step, rank).
        features, motion = (x.to(world.device) for x in crops.batch(statistics, seed, step, world.rank))
        torch.manual_seed((seed * 1_000_003 + step) * world.size + world.rank)
        for group in (group for optimiser in optimisers for group in optimiser.param_groups):
            group["lr"] = learning_rate(settings, step)
        with autocast:
            terms = model(features, motion)
        loss = module.total_loss(terms, step)
        module.zero_grad(set_to_none=True)
        loss.backward()
        if settings.gradient_clip:
            torch.nn.utils.clip_grad_norm_(module.parameters(), settings.gradient_clip)
        for optimiser in optimisers:
            optimiser.step()

        # Logging. Reading a loss waits for the device, so it is not done every step.
        if writer and step % 20 == 0:
            bar.set_postfix(loss=f"{loss.item():.4f}")
            writer.add_scalar("train/total", loss.item(), step)
            for name, value in terms.items():
                writer.add_scalar(f"train/{name}", value.item(), step)
        if writer and (step + 1) % loop.validate_every == 0:
            report = validate(module, held_out, statistics, seed)
            for name, value in report.items():
                writer.add_scalar(f"validation/{name}", value, step + 1)
            tqdm.write(f"step {step + 1}\n{format_report(report)}")
        if stopping or time.monotonic() - last_saved > 60 * loop.checkpoint_minutes:
            checkpoint(step + 1)
            last_saved = time.monotonic()
        if stopping:
            break
    checkpoint(step + 1 if end > first else first)
    if writer:
        writer.close()
    # First what averages gradients: as the last to hold the processes' connection it can wait for it without end.
    del model
    gc.collect()
    world.close()
    return out / MODEL_FILE


def computes_in_bf16(device: torch.device) -> bool:
    """Whether its matrix products are faster in bf16."""
    if device.type != "cpu":
        return device.type == "cuda"
    able = torch.cpu.get_capabilities()
    return any(able.get(name, False) for name in ("avx512_bf16", "amx_bf16"))


def learning_rate(settings: SystemTraining, step: int) -> float:
    """Constant, or a warm-up over the first 2 % and a cosine down to 0 at the last step."""
    if settings.schedule == "constant":
        return settings.learning_rate
    warm = max(1, settings.steps // 50)
    if step < warm:
        return settings.learning_rate * (step + 1) / warm
    return settings.learning_rate * 0.5 * (1 + math.cos(math.pi * (step - warm) / max(1, settings.steps - warm)))


@torch.no_grad()
def validate(module: SystemModule[SystemConfig], crops: Crops, statistics: Statistics, seed: int) -> dict[str, float]:
    """Every loss on fixed crops of held-out speakers and clips, with fixed noise."""
    device = module.motion_mean.device
    sums: dict[str, float] = {}
    module.eval()
    with torch.random.fork_rng(devices=[device] if device.type == "cuda" else []):
        torch.manual_seed(seed)
        for k in range(_VALIDATION_BATCHES):
            features, motion = (x.to(device) for x in crops.batch(statistics, seed, k))
            for name, value in module(features, motion).items():
                sums[name] = sums.get(name, 0.0) + value.item() / _VALIDATION_BATCHES
    module.train()
    return sums


def format_report(report: dict[str, float]) -> str:
    """One line per loss, by its name in the paper."""

    def label(name: str) -> str:
        term, _, rest = name.partition("_")
        return f"{PAPER_NAMES.get(term, term)} {rest.replace('_', ' ')}".strip()

    return "\n".join(f"  {label(name):34s} {value:9.5f}" for name, value in report.items())
