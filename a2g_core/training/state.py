"""The state of a training run, from which it can be resumed: a safetensors file that is replaced atomically."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf
from operator import index
from pathlib import Path
from typing import Any

import numpy as np
import torch
from filelock import FileLock, Timeout
from safetensors.torch import save

from ..errors import CheckpointError, ConfigError
from ..files import is_file, replacing
from ..model.checkpoint import read_safetensors
from ..model.old_config import config_from_old_dict
from ..model.settings import SystemConfig
from ..model.systems import config_from_dict, parameter_shapes
from ..speech.features import N_MELS
from .corpus import corpus_digest
from .crops import Statistics
from .muon import Muon
from .system_module import SystemModule

SCHEMA = 3
"""Version of the description: the first with the config in parts. Older ones have none."""

Optimisers = list[torch.optim.Optimizer]
_MOST_STEPS, _MOST_SEED = 10**12, 2**63
_MOMENTS = ("exp_avg", "exp_avg_sq", "momentum_buffer")


@dataclass(frozen=True)
class Run:
    """Progress of a run. corpus: digest of the corpus it is trained on. trained_s: seconds trained so far."""

    config: SystemConfig
    step: int
    seed: int
    corpus: str
    trained_s: float = 0.0


def state_file(folder: Path) -> Path:
    """Where the state of the run in this folder is."""
    return folder / "state.safetensors"


def check_run(folder: Path) -> Path:
    """The file with the run's state; CheckpointError if there is none."""
    path = state_file(folder)
    if not is_file(path):
        raise CheckpointError(
            f"there is no training run in '{folder}'", "check the folder, or start one without --resume"
        )
    return path


@contextmanager
def claim(folder: Path) -> Iterator[None]:
    """Keep a run to this process, and make its folder; CheckpointError if another process trains there.

    The system takes a lock from a process that ends, however it ends. The file `lock` stays, and says nothing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise CheckpointError(
            f"another process is training in '{folder}'", "wait for it, or choose another --out"
        ) from None
    try:
        yield
    finally:
        lock.release()


def save_state(
    folder: Path, run: Run, module: SystemModule[SystemConfig], optimisers: Optimisers, statistics: Statistics
) -> None:  # fmt: skip
    """Write all that the next step depends on: parameters, moments, step and seed, which determine noise and crops."""
    tensors = {}
    for name, parameter in module.weights.items():
        tensors[f"parameter.{name}"] = parameter.detach().cpu().contiguous()
        state = {k: v for optimiser in optimisers for k, v in optimiser.state.get(parameter, {}).items()}
        tensors |= {f"{moment}.{name}": state[moment].cpu().contiguous() for moment in _MOMENTS if moment in state}
    for name, array in vars(statistics).items():
        tensors[f"statistics.{name}"] = torch.from_numpy(np.array(array, np.float32))
    about = {
        "schema": SCHEMA, "step": run.step, "seed": run.seed, "corpus": run.corpus, "seconds": run.trained_s,
        "config": run.config.to_dict(),
    }  # fmt: skip
    data = save(tensors, metadata={"training": json.dumps(about)})
    with replacing(state_file(folder)) as part:
        part.write_bytes(data)


def load_state(folder: Path, corpus: Path) -> tuple[Run, dict[str, np.ndarray], Statistics]:
    """What `save_state` wrote: the run, tensors by name, statistics.

    CheckpointError where there is none, where the run was trained on another corpus than this one, or where this
    program cannot go on from it.
    """
    path = check_run(folder)
    tensors, metadata = read_safetensors(path)
    if "training" not in metadata:
        raise CheckpointError(f"'{path}' is not a training state", "give the folder of a training run")
    digest = corpus_digest(corpus)
    try:
        about = json.loads(metadata["training"])
        if about.get("corpus", digest) != digest:
            raise CheckpointError(f"'{folder}' was trained on another corpus than '{corpus}'", "give that one")
        step, seed, seconds = index(about["step"]), index(about["seed"]), float(about.get("seconds", 0.0))
        if not (0 <= step <= _MOST_STEPS and abs(seed) < _MOST_SEED and 0 <= seconds < inf):
            raise ValueError
        run = Run(_config(folder, about), step, seed, digest, seconds)
    except (LookupError, TypeError, ValueError, ArithmeticError, AttributeError, RecursionError):
        raise CheckpointError(f"'{path}' is damaged", "use a copy of it, or train anew") from None
    statistics = {n.removeprefix("statistics."): tensors.pop(n) for n in list(tensors) if n.startswith("statistics.")}
    _check_arrays(path, run.config, tensors, statistics)
    return run, tensors, Statistics(**statistics)


def _check_arrays(
    path: Path, config: SystemConfig, tensors: dict[str, np.ndarray], statistics: dict[str, np.ndarray]
) -> None:
    """CheckpointError unless the config's parameters and statistics are there, in their shapes, and all is finite."""
    size = config.architecture.motion_size
    expected = {f"parameter.{n.replace('.', '/')}": shape for n, shape in parameter_shapes(config).items()}
    found = {name: tensors[name].shape for name in expected if name in tensors}
    wanted = {"feature_mean": (N_MELS,), "feature_std": (N_MELS,), "motion_mean": (size,), "motion_std": (size,)}
    if found != expected or {name: array.shape for name, array in statistics.items()} != wanted:
        raise CheckpointError(
            f"the arrays in '{path}' are not those of its settings", "use a copy of it, or train anew"
        )
    for name, array in {**tensors, **statistics}.items():
        if not np.isfinite(array).all():
            raise CheckpointError(f"'{name}' in '{path}' is not finite", "use a copy of it, or train anew")
    if not ((statistics["feature_std"] > 0).all() and (statistics["motion_std"] > 0).all()):
        raise CheckpointError(f"a spread in '{path}' is not above 0", "use a copy of it, or train anew")


def _config(folder: Path, about: dict[str, Any]) -> SystemConfig:
    schema = index(about.get("schema", SCHEMA - 1))
    if schema > SCHEMA:
        raise CheckpointError(f"the run in '{folder}' is of a newer version (schema {schema})", "update Audio2Gestures")
    try:
        if schema == SCHEMA:
            return config_from_dict(about["config"])
        return config_from_old_dict(about["config"], trains=True)
    except ConfigError as error:
        raise CheckpointError(f"the run in '{folder}' cannot go on: {error.problem}", error.hint) from None


def restore(
    tensors: dict[str, np.ndarray], module: SystemModule[SystemConfig], optimisers: Optimisers, step: int
) -> None:
    """Load a state's tensors into the module and the optimisers; CheckpointError for one that is missing or unlike."""
    owner = {p: optimiser for optimiser in optimisers for group in optimiser.param_groups for p in group["params"]}
    for name, parameter in module.weights.items():
        moments = {m: tensors[f"{m}.{name}"] for m in _MOMENTS if f"{m}.{name}" in tensors}
        kept = tensors.get(f"parameter.{name}")
        if kept is None or any(array.shape != parameter.shape for array in (kept, *moments.values())):
            raise CheckpointError(f"the training state has no '{name}' of its shape", "use a copy of it, or train anew")
        with torch.no_grad():
            parameter.copy_(torch.from_numpy(kept.copy()))
        if moments and parameter in owner:
            arrays = {m: torch.from_numpy(a.copy()).to(parameter.device) for m, a in moments.items()}
            owner[parameter].state[parameter] = {"step": torch.tensor(float(step)), **arrays}


def make_optimisers(module: SystemModule[SystemConfig]) -> Optimisers:
    """The optimiser that the config names; with Muon, Adam as a second one for everything that is not a matrix."""
    settings, parameters = module.config.training, list(module.parameters())
    if settings.optimiser == "adam":
        return [torch.optim.Adam(parameters, lr=settings.learning_rate)]
    matrices, others = ([p for p in parameters if (p.ndim == 2) is kind] for kind in (True, False))
    return [Muon(matrices, lr=settings.learning_rate), torch.optim.Adam(others, lr=settings.learning_rate)]
