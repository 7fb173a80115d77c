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
from ..errors import CheckpointError, ConfigError
from ..model.checkpoint import Model, read_safetensors, save_model
from ..model.config import PIECE_SAMPLE_FRAMES
from ..model.network import encode_audio, encode_motion
from ..model.systems import config_from_dict, system_of
from .corpus import corpus_digest, load_manifest
from .crops import Crops, Statistics, open_crops
from .modules import make_module
from .muon import Muon
from .objective import Audio2Gestures

Optimisers = list[torch.optim.Optimizer]
_MOMENTS = ("exp_avg", "exp_avg_sq", "momentum_buffer")
BANK_ENTRIES = 1024
MOST_PIECE_SAMPLES = 24_000
"""Codes kept of a corpus, 80 minutes of them: 1.5 MB in half precision."""


def save_state(
    folder: Path, module: torch.nn.Module, optimisers: Optimisers, step: int, seed: int, statistics: Statistics,
    corpus: str, seconds: float = 0.0,
) -> None:  # fmt: skip
    """All that the next step depends on.

    Parameters, the optimisers' moments, step and seed (noise and crops follow from those). corpus: its digest. seconds:
    trained so far.
    """
    tensors = {}
    for name, parameter in module.weights.items():
        tensors[f"parameter.{name}"] = parameter.detach().cpu().contiguous()
        state = {k: v for optimiser in optimisers for k, v in optimiser.state.get(parameter, {}).items()}
        tensors |= {f"{moment}.{name}": state[moment].cpu().contiguous() for moment in _MOMENTS if moment in state}
    for name, array in vars(statistics).items():
        tensors[f"statistics.{name}"] = torch.from_numpy(np.array(array, np.float32))
    about = {"step": step, "seed": seed, "corpus": corpus, "seconds": seconds, "config": module.config.to_dict()}
    _replace(
        folder / "state.safetensors", lambda path: save_file(tensors, path, metadata={"training": json.dumps(about)})
    )


def load_state(folder: Path, corpus: Path) -> tuple[dict[str, np.ndarray], Statistics, dict]:
    """(tensors by name, statistics, {'step', 'seed', 'corpus', 'seconds', 'config'}) of `save_state`.

    CheckpointError where there is none, or where the run saw another corpus than this one.
    """
    if not (folder / "state.safetensors").is_file():
        raise CheckpointError(
            f"there is no training run in '{folder}'", "check the folder, or start one without --resume"
        )
    tensors, metadata = read_safetensors(folder / "state.safetensors")
    if "training" not in metadata:
        raise CheckpointError(f"'{folder}/state.safetensors' is no training state", "give the folder of a training run")
    statistics = {n.removeprefix("statistics."): tensors.pop(n) for n in list(tensors) if n.startswith("statistics.")}
    about, digest = json.loads(metadata["training"]), corpus_digest(corpus)
    if about.get("corpus", digest) != digest:
        raise CheckpointError(f"'{folder}' was trained on another corpus than '{corpus}'", "give that one")
    return tensors, Statistics(**statistics), about


def restore(tensors: dict[str, np.ndarray], module: torch.nn.Module, optimisers: Optimisers, step: int) -> None:
    """Put a state's tensors back."""
    owner = {p: optimiser for optimiser in optimisers for group in optimiser.param_groups for p in group["params"]}
    for name, parameter in module.weights.items():
        with torch.no_grad():
            parameter.copy_(torch.from_numpy(tensors[f"parameter.{name}"].copy()))
        moments = {m: tensors[f"{m}.{name}"] for m in _MOMENTS if f"{m}.{name}" in tensors}
        if moments and parameter in owner:
            moments = {m: torch.from_numpy(a.copy()).to(parameter.device) for m, a in moments.items()}
            owner[parameter].state[parameter] = {"step": torch.tensor(float(step)), **moments}


def make_optimisers(module: torch.nn.Module) -> Optimisers:
    """What `config.optimiser` names; the second of Muon's is Adam, for what is no matrix."""
    config, parameters = module.config, list(module.parameters())
    if config.optimiser == "adam":
        return [torch.optim.Adam(parameters, lr=config.learning_rate)]
    matrices, others = ([p for p in parameters if (p.ndim == 2) is kind] for kind in (True, False))
    return [Muon(matrices, lr=config.learning_rate), torch.optim.Adam(others, lr=config.learning_rate)]


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


@torch.no_grad()
def make_pieces(module: Audio2Gestures, crops: Crops, statistics: Statistics) -> tuple[np.ndarray, np.ndarray]:
    """`Model.pieces` and `Model.sequences`: I_M and S_A of training sequences, drawn at random where there are many."""
    config, p, device = module.config, module.parameters_by_name(), module.motion_mean.device
    order = np.random.Generator(np.random.Philox(0)).permutation(len(crops.motions))
    lengths = [len(motion) - 2 * config.motion_view for motion in crops.motions]
    kept = order[np.cumsum([lengths[k] // PIECE_SAMPLE_FRAMES for k in order]) <= MOST_PIECE_SAMPLES]
    pieces, sequences, n_samples = [], [], 0
    for k in np.sort(kept):
        n = lengths[k] // PIECE_SAMPLE_FRAMES
        if n == 0:
            continue
        motion, features = (
            torch.from_numpy((x - mean) / std).to(device)
            for x, mean, std in (
                (crops.motions[k], statistics.motion_mean, statistics.motion_std),
                (crops.features[k][0], statistics.feature_mean, statistics.feature_std),
            )
        )
        view = config.smoothing_view
        codes = encode_motion(p, motion, config)[1][0], encode_audio(p, features, config)[0][view:]
        specific, shared = (
            code.float()[: n * PIECE_SAMPLE_FRAMES].unflatten(0, (n, PIECE_SAMPLE_FRAMES)) for code in codes
        )
        middle = PIECE_SAMPLE_FRAMES // 2  # of an even number: the mean of the two middle ones
        pieces.append(torch.stack([specific[:, middle - 1 : middle + 1].mean(1), shared.mean(1)], 1).cpu().numpy())
        sequences.append((n_samples, crops.styles[k]))
        n_samples += n
    means = [codes[:, 0].mean(axis=0) for codes in pieces]
    usual = np.concatenate(pieces)[:, 0].mean(axis=0)
    for codes, mean in zip(pieces, means, strict=True):
        stance = usual + np.float32(config.stance_gain) * (mean - usual)
        codes[:, 0] = stance + np.float32(config.piece_gain) * (codes[:, 0] - mean)
    return np.concatenate(pieces), np.array(sequences, np.int64)


@torch.no_grad()
def make_model(module: torch.nn.Module, crops: Crops, statistics: Statistics, info: dict) -> Model:
    """The model that generates: parameters, statistics and code bank. info: what is said of its data and steps."""
    config, kept = module.config, system_of(module.config).parameter_shapes(module.config)
    parameters = {n: p.detach().float().cpu().numpy() for n, p in module.parameters_by_name().items() if n in kept}
    bank = {}
    if config.has_codes:
        _apply_gain(parameters, module, crops, statistics)
        bank = {"bank": make_bank(module, crops, statistics)}
        if config.piece_frames:
            pieces, sequences = make_pieces(module, crops, statistics)
            bank |= {"pieces": pieces, "sequences": sequences}
            info = {**info, "styles": [name for name in crops.style_names if name]}  # a corpus may name none
    info = {
        "name": config.name,
        "made_by": f"Audio2Gestures {__version__}",
        "date": date.today().isoformat(),
        **info,
    }
    return Model(config, parameters, **vars(statistics), **bank, info=info)


def _apply_gain(parameters: dict, module: Audio2Gestures, crops: Crops, statistics: Statistics) -> None:
    """Let S_A vary more about its mean over the corpus, by `shared_gain`, in the last layer of its head."""
    gain = np.float32(module.config.shared_gain)
    if gain == 1:
        return
    total, count = 0.0, 0
    for features in crops.features:
        x = torch.from_numpy((features[0] - statistics.feature_mean) / statistics.feature_std)
        code = encode_audio(module.parameters_by_name(), x.to(module.motion_mean.device), module.config)[0]
        total, count = total + code.double().sum(0).cpu().numpy(), count + len(code)
    last = "audio_encoder.shared.mean1"
    parameters[f"{last}.bias"] = gain * parameters[f"{last}.bias"] + (1 - gain) * (total / count).astype(np.float32)
    parameters[f"{last}.weight"] = gain * parameters[f"{last}.weight"]


def write_model(path: Path, model: Model, *, half: bool = False) -> None:
    """Write the model file in one step; half: parameters in half precision."""
    _replace(path, lambda part: save_model(model, part, half=half))


def export_run(run: Path, corpus: Path, out: Path, *, half: bool = False, **changes) -> Model:
    """The model of a training run's last checkpoint, with settings of generation changed, written to `out`."""
    tensors, statistics, about = load_state(run, corpus)
    trained = config_from_dict(about["config"])
    config = trained.replace(**changes)
    shapes = system_of(config).parameter_shapes
    if shapes(config) != shapes(trained):
        raise ConfigError("a trained network cannot change its shape", "change settings of generation alone")
    module = make_module(config, statistics)
    restore(tensors, module, [], about["step"])
    info = {**corpus_notice(corpus), "steps": about["step"], "trained_s": round(about.get("seconds", 0.0))}
    model = make_model(module, open_crops(corpus, "train", config), statistics, info)
    write_model(out, model, half=half)
    return model


def corpus_notice(corpus: Path) -> dict:
    """What a model must say of the data it was trained on."""
    manifest = load_manifest(corpus)
    said = {name: manifest[name] for name in ("notice", "attributions") if name in manifest}
    return {**said, "corpus": corpus_digest(corpus)}


def _replace(path: Path, write) -> None:
    """Write beside the file and rename, so that a kill leaves the old one whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    write(part)
    os.replace(part, path)
