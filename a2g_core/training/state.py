"""Files of a training run: the state to go on from, and the model to generate with.

Safetensors, written in one step.
"""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file

from .. import __version__
from ..checkpoint import Model, read_safetensors, save_model
from ..errors import CheckpointError
from ..network import encode_motion
from .crops import Crops, Statistics
from .objective import Audio2Gestures

_MOMENTS = ("exp_avg", "exp_avg_sq")
BANK_ENTRIES = 1024


def save_state(
    folder: Path, module: Audio2Gestures, optimiser: torch.optim.Adam, step: int, seed: int, statistics: Statistics
) -> None:
    """All that the next step depends on.

    Parameters, Adam's moments, step and seed (noise and crops follow from those).
    """
    tensors = {}
    for name, parameter in module.weights.items():
        tensors[f"parameter.{name}"] = parameter.detach().cpu().contiguous()
        for moment in _MOMENTS:
            if parameter in optimiser.state:
                tensors[f"{moment}.{name}"] = optimiser.state[parameter][moment].cpu().contiguous()
    for name, array in vars(statistics).items():
        tensors[f"statistics.{name}"] = torch.from_numpy(np.array(array, np.float32))
    about = {"step": step, "seed": seed, "config": module.config.to_dict()}
    _replace(
        folder / "state.safetensors", lambda path: save_file(tensors, path, metadata={"training": json.dumps(about)})
    )


def load_state(folder: Path) -> tuple[dict[str, np.ndarray], Statistics, dict]:
    """(tensors by name, statistics, {'step', 'seed', 'config'}) of `save_state`."""
    tensors, metadata = read_safetensors(folder / "state.safetensors")
    if "training" not in metadata:
        raise CheckpointError(f"'{folder}/state.safetensors' is no training state", "give the folder of a training run")
    statistics = {n.removeprefix("statistics."): tensors.pop(n) for n in list(tensors) if n.startswith("statistics.")}
    return tensors, Statistics(**statistics), json.loads(metadata["training"])


def restore(tensors: dict[str, np.ndarray], module: Audio2Gestures, optimiser: torch.optim.Adam, step: int) -> None:
    """Put a state's tensors back."""
    for name, parameter in module.weights.items():
        with torch.no_grad():
            parameter.copy_(torch.from_numpy(tensors[f"parameter.{name}"].copy()))
        if f"exp_avg.{name}" in tensors:
            moments = {m: torch.from_numpy(tensors[f"{m}.{name}"].copy()).to(parameter.device) for m in _MOMENTS}
            optimiser.state[parameter] = {"step": torch.tensor(float(step)), **moments}


@torch.no_grad()
def make_bank(module: Audio2Gestures, crops: Crops, statistics: Statistics) -> np.ndarray:
    """The code bank, (K, 2, 16).

    Mean and deviation over time of I_M, for clips of a crop's length all over the corpus.
    """
    config = module.config
    if not config.split_codes:
        return np.zeros((1, 2, config.code_size), np.float32)
    device, window = module.motion_mean.device, config.crop_frames + 2 * config.half_view
    entries = []
    for motion in crops.motions:
        x = torch.from_numpy((motion - statistics.motion_mean) / statistics.motion_std).to(device)
        code = encode_motion(module.parameters_by_name(), x, config)[1][0]
        clips = code[: len(code) // window * window].unflatten(0, (-1, window)) if len(code) >= window else code[None]
        entries.append(torch.stack([clips.mean(1), clips.std(1)], 1).float().cpu())
    bank = torch.cat(entries).numpy()
    rng = np.random.Generator(np.random.Philox(0))
    return bank[np.sort(rng.permutation(len(bank))[:BANK_ENTRIES])]


def export_model(folder: Path, module: Audio2Gestures, crops: Crops, statistics: Statistics, info: dict) -> Model:
    """Write `model.safetensors`, which generates, and return it."""
    parameters = {n: p.detach().float().cpu().numpy() for n, p in module.parameters_by_name().items()}
    info = {
        "name": module.config.name,
        "made_by": f"Audio2Gestures {__version__}",
        "date": date.today().isoformat(),
        **info,
    }
    model = Model(module.config, parameters, **vars(statistics), bank=make_bank(module, crops, statistics), info=info)
    _replace(folder / "model.safetensors", lambda path: save_model(model, path))
    return model


def _replace(path: Path, write) -> None:
    """Write beside the file and rename, so that a kill leaves the old one whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    write(part)
    os.replace(part, path)
