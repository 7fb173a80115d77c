"""From trained networks to a model file: parameters, statistics, the code bank, and pieces of real codes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from .. import __version__
from ..errors import CheckpointError, ConfigError
from ..files import is_file
from ..model.checkpoint import Model, is_model, load_model, pieces_of, save_model
from ..model.config import AccentPieces, Pieces
from ..model.network import decode, encode_audio, encode_motion
from ..model.settings import SystemConfig
from ..model.systems import parameter_shapes
from ..outputs import check_file
from .corpus import corpus_digest, load_manifest
from .crops import Crops, Statistics, open_crops
from .modules import make_module
from .moments import cues_of, strokes_of, worth_keeping
from .objective import Audio2Gestures
from .state import Run, load_state, restore, state_file
from .system_module import SystemModule

BANK_ENTRIES = 1024
MOST_PIECE_BYTES = 1_536_000
"""Of the codes kept of a corpus, in half precision: 80 minutes of them with S_A, 160 without."""


@torch.no_grad()
def make_bank(module: Audio2Gestures, crops: Crops, statistics: Statistics) -> np.ndarray:
    """The code bank, (K, 2, 16): mean and standard deviation of I_M over time, for clips from the whole corpus."""
    architecture = module.config.architecture
    if not architecture.split_codes:
        return np.zeros((1, 2, architecture.code_size), np.float32)
    # As long as the specific code of a training crop: what the decoder has as input for crop_frames.
    device, window = module.motion_mean.device, module.config.training.crop_frames + 2 * architecture.receptive_field
    entries = []
    for motion in crops.motions:
        x = torch.from_numpy((motion - statistics.motion_mean) / statistics.motion_std).to(device)
        code = _specific_code(module, x)
        clips = code[: len(code) // window * window].unflatten(0, (-1, window)) if len(code) >= window else code[None]
        entries.append(torch.stack([clips.mean(1), clips.std(1)], 1).float().cpu())
    bank = torch.cat(entries).numpy()
    rng = np.random.Generator(np.random.Philox(0))
    return bank[np.sort(rng.permutation(len(bank))[:BANK_ENTRIES])]


@torch.no_grad()
def make_pieces(
    module: Audio2Gestures, crops: Crops, statistics: Statistics, layout: Pieces | AccentPieces
) -> dict[str, np.ndarray]:
    """`Model.pieces`, `Model.sequences` and, of `AccentPieces`, `Model.moments` and `Model.stances`: I_M, and S_A or
    what is said, of training sequences, drawn at random where there are many."""
    architecture, device = module.config.architecture, module.motion_mean.device
    interval, first_frame = layout.interval_frames(architecture.fps), architecture.motion_receptive_field
    order = np.random.Generator(np.random.Philox(0)).permutation(len(crops.motions))
    lengths = [(len(motion) - 2 * first_frame) // interval for motion in crops.motions]
    code_bytes = 2 * architecture.code_size * (2 if isinstance(layout, Pieces) else 1)
    kept = order[np.cumsum([lengths[k] for k in order]) <= MOST_PIECE_BYTES // code_bytes]

    def normalised(x: np.ndarray, mean: np.ndarray, std: np.ndarray) -> Tensor:
        return torch.from_numpy((x - mean) / std).to(device)

    pieces, sequences, moments, strokes, codes, n_samples = [], [], [], [], [], 0
    for k in np.sort(kept):
        n = lengths[k]
        if n == 0:
            continue
        motion = normalised(crops.motions[k], statistics.motion_mean, statistics.motion_std)
        s_m, i_m = _motion_codes(module, motion)
        specific = i_m.float()[: n * interval].unflatten(0, (n, interval))
        middle = slice((interval - 1) // 2, interval // 2 + 1)  # of an even number, the mean of the two middle ones
        stored = [specific[:, middle].mean(1)]
        if isinstance(layout, Pieces):
            features = normalised(crops.features[k][0], statistics.feature_mean, statistics.feature_std)
            shared = encode_audio(module.parameters_by_name(), features, architecture)[0]
            shared = shared[architecture.smoothing_receptive_field :].float()[: n * interval]
            stored.append(shared.unflatten(0, (n, interval)).mean(1))
        else:
            found = cues_of(crops.features[k][0], crops.beyond, first_frame, layout, architecture.fps)
            strokes.append(strokes_of(crops.motions[k], found[:, 0], architecture))
            found[:, 0] = n_samples + np.clip((found[:, 0] - first_frame - (interval - 1) / 2) / interval, 0, n - 1)
            moments.append(found)
            codes.append((k, s_m, i_m.float().cpu().numpy()))
        pieces.append(torch.stack(stored, 1).cpu().numpy())
        sequences.append((n_samples, crops.styles[k]))
        n_samples += n
    means = [piece[:, 0].mean(axis=0) for piece in pieces]
    usual = np.concatenate(pieces)[:, 0].mean(axis=0)

    def gained(code: np.ndarray, mean: np.ndarray) -> np.ndarray:
        stance = usual + np.float32(layout.stance_gain) * (mean - usual)
        out: np.ndarray = stance + np.float32(layout.piece_gain) * (code - mean)
        return out

    for piece, mean in zip(pieces, means, strict=True):
        piece[:, 0] = gained(piece[:, 0], mean)
    made = {"pieces": np.concatenate(pieces), "sequences": np.array(sequences, np.int64)}
    if isinstance(layout, AccentPieces):
        frames = layout.stance_frames(architecture.fps)
        made["stances"] = np.concatenate([
            _stances(module, crops.motions[k], s_m, gained(i_m, mean), -(-len(piece) // layout.codes_a_stance), frames)
            for (k, s_m, i_m), piece, mean in zip(codes, pieces, means, strict=True)
        ])  # fmt: skip
        styles = np.repeat(made["sequences"][:, 1], [len(found) for found in moments])
        every = np.concatenate(moments).astype(np.float32)
        made["moments"] = every[worth_keeping(every[:, 1] == 0, np.concatenate(strokes), styles, layout.stroke_share)]
    return made


def _stances(
    module: Audio2Gestures, motion: np.ndarray, shared: Tensor, specific: np.ndarray, n: int, n_frames: int
) -> np.ndarray:
    """What the codes lose of how a sequence stands, (n, standing channels), each the mean of n_frames frames.

    The difference of its motion (T, motion_size) and of what the decoder makes of S_M and of I_M, with its gains,
    (T - 2 motion_receptive_field, 16) each. Stances begin where the codes do; where there is no frame that the decoder
    can make, the nearest one counts.
    """
    architecture, p = module.config.architecture, module.parameters_by_name()
    decoded = decode(p, shared, torch.from_numpy(specific).to(shared.device), architecture)
    made = (decoded * module.motion_std + module.motion_mean).float().cpu().numpy()
    beyond = architecture.loss_receptive_field
    lost = (motion[beyond : beyond + len(made)] - made)[:, architecture.standing_channels]
    at = np.arange(n * n_frames) - architecture.receptive_field
    means: np.ndarray = lost[at.clip(0, len(lost) - 1)].reshape(n, n_frames, -1).mean(axis=1)
    return means


def _specific_code(module: Audio2Gestures, motion: Tensor) -> Tensor:
    """Mean of I_M, (T - 2 motion_receptive_field, 16), of normalised motion (T, motion_size)."""
    return _motion_codes(module, motion)[1]


def _motion_codes(module: Audio2Gestures, motion: Tensor) -> tuple[Tensor, Tensor]:
    """Means of S_M and I_M, (T - 2 motion_receptive_field, 16) each, of normalised motion (T, motion_size)."""
    shared, specific = encode_motion(module.parameters_by_name(), motion, module.config.architecture)
    if specific is None:
        raise ConfigError(f"'{module.config.name}' has no specific code", "set split_codes=true")
    return shared[0], specific[0]


def make_model(module: SystemModule[SystemConfig], crops: Crops, statistics: Statistics, info: dict[str, Any]) -> Model:
    """The model for generation. info: description of its data and training steps."""
    config = module.config
    kept = parameter_shapes(config)
    parameters = {n: p.detach().float().cpu().numpy() for n, p in module.parameters_by_name().items() if n in kept}
    stored: dict[str, np.ndarray] = {}
    if isinstance(module, Audio2Gestures):
        stored["bank"] = make_bank(module, crops, statistics)
        if layout := pieces_of(config):
            stored |= make_pieces(module, crops, statistics, layout)
            info = {**info, "styles": [name for name in crops.style_names if name]}  # a corpus may name none
    about = {"name": config.name, "made_by": f"Audio2Gestures {__version__}", "date": date.today().isoformat(), **info}
    return Model(config, parameters, **vars(statistics), **stored, info=about)


def export_run(
    run: Path, corpus: Path, out: Path, *, half: bool = False, force: bool = False, **changes: Any
) -> Model:  # fmt: skip
    """The model of a training run's last checkpoint, with settings of generation changed, written to `out`.

    run: the run's folder, or a model file whose networks are taken as they are there, in half precision perhaps; what
    is stored beside them is made anew from the corpus that it was trained on. force: replace a file that is there, also
    one that is no model. CheckpointError for another corpus, OutputError where `out` cannot be written.
    """
    is_a_file = is_file(run)
    check_file(out, is_ours=is_model, inputs=[run if is_a_file else state_file(run)], force=force)
    trained, tensors, statistics = _load_networks(run, corpus) if is_a_file else load_state(run, corpus)
    config = trained.config.replace(**changes)
    if parameter_shapes(config) != parameter_shapes(trained.config):
        raise ConfigError("a trained network cannot change its shape", "change only settings of generation")
    module = make_module(config, statistics)
    restore(tensors, module, [], trained.step)
    info = {**corpus_notice(corpus), "steps": trained.step, "trained_s": round(trained.trained_s)}
    model = make_model(module, open_crops(corpus, "train", config), statistics, info)
    save_model(model, out, half=half)
    return model


def _load_networks(path: Path, corpus: Path) -> tuple[Run, dict[str, np.ndarray], Statistics]:
    """What `load_state` gives of a run, from a model file."""
    model, digest = load_model(path), corpus_digest(corpus)
    if model.info.get("corpus") != digest:
        raise CheckpointError(f"'{path}' was trained on another corpus than '{corpus}'", "give that one")
    trained = Run(model.config, model.info.get("steps", 0), 0, digest, model.info.get("trained_s", 0.0))
    statistics = Statistics(model.feature_mean, model.feature_std, model.motion_mean, model.motion_std)
    return trained, {f"parameter.{n.replace('.', '/')}": a for n, a in model.parameters.items()}, statistics


def corpus_notice(corpus: Path) -> dict[str, Any]:
    """What a model must state about the data it was trained on."""
    manifest = load_manifest(corpus)
    said: dict[str, Any] = {name: manifest[name] for name in ("notice", "attributions") if name in manifest}
    return {**said, "corpus": corpus_digest(corpus)}
