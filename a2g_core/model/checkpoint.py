"""Model files: safetensors with a JSON description in the metadata. Nothing in such a file can execute.

The safetensors library writes them; this reader needs only NumPy and checks every bound, so that a damaged or hostile
file becomes a one-sentence error.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import prod
from operator import index
from pathlib import Path
from typing import IO, Any

import numpy as np

from ..body.motion import Skeleton
from ..body.skeleton import JOINT_SETS
from ..errors import CheckpointError, ConfigError, reason
from ..files import is_file, replacing
from .config import FILLERS, AccentPieces, Config, Pieces
from .network import with_filters
from .old_config import config_from_old_dict
from .settings import SystemConfig
from .systems import config_from_dict, parameter_shapes

SCHEMA = 3
"""Version of the metadata. A program reads its own and older ones. 3: the config in parts, lengths of pieces in
seconds; 1 and 2: one flat table of settings (see `old_config`)."""

_METADATA = "audio2gestures"
_MAX_HEADER, _MAX_LOOK = 1 << 24, 1 << 12
_LONGEST_STYLE = 100
_DTYPES = {"F16": np.float16, "F32": np.float32, "F64": np.float64, "I64": np.int64, "U8": np.uint8}


@dataclass(frozen=True)
class Model:
    """A trained model, ready to generate.

    parameters: float32 arrays by name (see `network.parameter_shapes`). feature_mean, feature_std: (64,) of the log-mel
    in dB. motion_mean, motion_std: (motion_size,). bank: (K, 2, 16), mean and standard deviation of I_M over K training
    clips; empty for a system without codes. pieces (N, 2, 16), or (N, 1, 16) without S_A, and sequences (P, 2): real
    codes in their order, see `sampling.Stitched`; empty where the random signal is noise. moments (M, 2 + points), of
    `AccentPieces` alone: each cue of the training speech, its place among the codes, which filler it is, its contour
    (see `listening`). stances (N', standing channels), of the same: how these sequences stand from second to second,
    one after another, as what is to be added to the decoder's motion (see `standing`): its 16 channels are taken by
    what hands do, and all styles would stand alike.
    info: the model card in short: name, data, licence, steps, date, styles; plus `sha256` of the file's tensors.
    """

    config: SystemConfig
    parameters: dict[str, np.ndarray] = field(repr=False)
    feature_mean: np.ndarray = field(repr=False)
    feature_std: np.ndarray = field(repr=False)
    motion_mean: np.ndarray = field(repr=False)
    motion_std: np.ndarray = field(repr=False)
    bank: np.ndarray = field(repr=False, default_factory=lambda: np.zeros((0, 2, 0), np.float32))
    pieces: np.ndarray = field(repr=False, default_factory=lambda: np.zeros((0, 2, 0), np.float32))
    sequences: np.ndarray = field(repr=False, default_factory=lambda: np.zeros((0, 2), np.int64))
    moments: np.ndarray = field(repr=False, default_factory=lambda: np.zeros((0, 0), np.float32))
    stances: np.ndarray = field(repr=False, default_factory=lambda: np.zeros((0, 0), np.float32))
    info: dict[str, Any] = field(default_factory=dict)

    @property
    def styles(self) -> tuple[str, ...]:
        """Names of the styles that it can perform in; none where it cannot tell them apart."""
        return tuple(self.info.get("styles", ())) if pieces_of(self.config) else ()

    @cached_property
    def pieces_digest(self) -> str:
        """What a plan knows the model's stored moments by; "" of a model that makes no plans."""
        stored = {"pieces": self.pieces, "sequences": self.sequences, "moments": self.moments}
        return checksum(stored) if self.moments.size else ""

    @cached_property
    def parameters_with_filters(self) -> Mapping[str, np.ndarray]:
        """Parameters as NumPy is fastest with them, see `network.with_filters`."""
        return with_filters(self.parameters) if isinstance(self.config, Config) else self.parameters

    @property
    def skeleton(self) -> Skeleton:
        """The joints a 3-D model moves."""
        return JOINT_SETS[self.config.architecture.joints]

    @property
    def fps(self) -> float:
        """Frames per second the model itself works at."""
        return self.config.architecture.fps

    def normalised(self, features: np.ndarray) -> np.ndarray:
        """Log-mel in dB (..., 64) as the audio encoder hears it: nothing below its floor, zero mean, unit deviation."""
        audible = np.maximum(features, np.float32(self.config.architecture.feature_floor_db))
        return (audible - self.feature_mean) / self.feature_std


def default_model_path() -> Path:
    """Path of the built-in model."""
    return Path(__file__).parent / "weights" / "product.safetensors"


def pieces_of(config: SystemConfig) -> Pieces | AccentPieces | None:
    """How the pieces of real codes that are stored with a model are laid out; None for a model without them."""
    signal = config.architecture.signal if isinstance(config, Config) else None
    return signal if isinstance(signal, Pieces | AccentPieces) else None


def first_stances(sequences: np.ndarray, n_codes: int, codes_a_stance: int) -> np.ndarray:
    """Where each sequence's stances begin among all, and where the last one's end, (P + 1,).

    sequences, n_codes: see `Model`. codes_a_stance: codes that a stance is the mean of; the last one's may be fewer.
    """
    lengths = np.diff(np.append(sequences[:, 0], n_codes))
    return np.concatenate([[0], np.cumsum(-(-lengths // codes_a_stance))])


def _expected_shapes(config: SystemConfig) -> dict[str, tuple[int | None, ...]]:
    size = config.architecture.motion_size
    shapes: dict[str, tuple[int | None, ...]] = {
        **parameter_shapes(config),
        "stats.feature_mean": (64,), "stats.feature_std": (64,), "stats.motion_mean": (size,),
        "stats.motion_std": (size,),
    }  # fmt: skip
    if isinstance(config, Config):
        code = config.architecture.code_size
        shapes["stats.bank"] = (None, 2, code)
        if layout := pieces_of(config):
            shapes |= {"stats.pieces": (None, 2, code), "stats.sequences": (None, 2)}
            if isinstance(layout, AccentPieces):
                shapes |= {"stats.pieces": (None, 1, code), "stats.moments": (None, 2 + layout.contour_points)}
                if config.architecture.dimensions == 3:
                    shapes["stats.stances"] = (None, len(config.architecture.standing_channels))
    return shapes


def checksum(tensors: dict[str, np.ndarray]) -> str:
    """SHA-256 over names, shapes and bytes of the tensors in the order of their names."""
    digest = hashlib.sha256()
    for name in sorted(tensors):
        array = np.ascontiguousarray(tensors[name])
        digest.update(f"{name} {array.dtype.str} {array.shape}\n".encode())
        digest.update(array.data)
    return digest.hexdigest()


def save_model(model: Model, path: str | Path, *, half: bool = False) -> None:
    """Write the model, whole or not at all; half: parameters in half precision (statistics stay whole).

    Needs the safetensors library. OSError where it cannot be written, CheckpointError for numbers that are not finite
    or that half precision cannot hold.
    """
    from safetensors.numpy import save

    kind = np.float16 if half else np.float32
    with np.errstate(over="ignore"):  # seen below
        tensors = {n: np.ascontiguousarray(a, dtype=kind) for n, a in model.parameters.items()}
    kinds = {"pieces": np.float16, "sequences": np.int64, "stances": np.float16}
    for name in (n.removeprefix("stats.") for n in _expected_shapes(model.config) if n.startswith("stats.")):
        tensors[f"stats.{name}"] = np.ascontiguousarray(getattr(model, name), dtype=kinds.get(name, np.float32))
    for name, array in tensors.items():
        _require_finite(Path(path).name, name, array)
    info = {k: v for k, v in model.info.items() if k != "sha256"}
    description = {"schema": SCHEMA, "config": model.config.to_dict(), "info": info, "sha256": checksum(tensors)}
    # Not `save_file`: the file that it puts in place of ours can be read by its owner alone.
    data = save(tensors, metadata={_METADATA: json.dumps(description)})
    with replacing(path) as part:
        part.write_bytes(data)


def is_model(path: str | Path) -> bool:
    """Whether a file says that it is one of our models; it may be damaged."""
    with Path(path).open("rb") as file:
        return f'"{_METADATA}"'.encode() in file.read(_MAX_LOOK)


def load_model(path: str | Path | None = None) -> Model:
    """Read a model file, by default the built-in one. Raises CheckpointError for an invalid file."""
    path = default_model_path() if path is None else Path(path)
    tensors, metadata = read_safetensors(path)
    try:
        description = json.loads(metadata[_METADATA])
        schema, sha256 = index(description["schema"]), description["sha256"]
    except (LookupError, TypeError, ValueError, RecursionError):
        raise CheckpointError(
            f"'{path.name}' is not an Audio2Gestures model", "choose a file written by 'a2g train'"
        ) from None
    if schema > SCHEMA:
        raise CheckpointError(f"'{path.name}' was made by a newer version (schema {schema})", "update Audio2Gestures")
    if checksum(tensors) != sha256:
        raise CheckpointError(f"'{path.name}' is damaged (its checksum differs)", "copy or download it again")
    try:
        config = (config_from_dict if schema >= 3 else config_from_old_dict)(description["config"])
        info = {**description["info"], "sha256": sha256}
        json.dumps(info, ensure_ascii=False).encode()  # text that is no Unicode could be shown nowhere
    except ConfigError as error:
        raise CheckpointError(
            f"'{path.name}' describes a model unknown here ({error.problem})", "update Audio2Gestures"
        ) from None
    except (LookupError, TypeError, ValueError, ArithmeticError, AttributeError):
        raise CheckpointError(f"'{path.name}' describes a model unknown here", "update Audio2Gestures") from None
    with np.errstate(all="ignore"):  # what does not fit is not finite afterwards
        tensors = {n: a.astype(np.int64) if n == "stats.sequences" else _widened(a) for n, a in tensors.items()}
    check_arrays(path.name, tensors, config)
    stats = {n.removeprefix("stats."): tensors.pop(n) for n in list(tensors) if n.startswith("stats.")}
    if layout := pieces_of(config):
        least = layout.samples(config.architecture.fps) if isinstance(layout, Pieces) else 1
        _check_sequences(path, stats["sequences"], len(stats["pieces"]), least, info.get("styles", []))
    if isinstance(layout, AccentPieces):
        at, fillers = stats["moments"][:, 0], stats["moments"][:, 1]
        if (at < 0).any() or at.max() > len(stats["pieces"]) - 1 or not (np.abs(fillers) <= FILLERS + 1).all():
            raise CheckpointError(f"the moments in '{path.name}' are out of order", "copy or download the model again")
        firsts = first_stances(stats["sequences"], len(stats["pieces"]), layout.codes_a_stance)
        if len(stats.get("stances", ())) not in (0, firsts[-1]):
            raise CheckpointError(f"'{path.name}' lacks stances of its sequences", "copy or download the model again")
    return Model(config=config, parameters=tensors, info=info, **stats)


def _widened(array: np.ndarray) -> np.ndarray:
    """As float32. From half precision by whole numbers, which is twice as fast as NumPy's own way, and as exact:
    exponent and fraction go to their places, and a product makes up for what exponents count from."""
    if array.dtype != np.float16 or ((array.view("<i2") & 0x7C00) == 0x7C00).any():  # the latter: not finite
        return array.astype(np.float32)
    bits = array.view("<i2").astype(np.int32)
    bits <<= 13
    bits &= ~0x70000000  # what the sign left there
    widened = bits.view(np.float32)
    widened *= np.float32(2.0**112)
    return widened


def check_arrays(file: str, tensors: dict[str, np.ndarray], config: SystemConfig) -> None:
    """CheckpointError unless these are the arrays of a model with this config, finite and with spreads above 0.

    tensors: parameters, and statistics as `stats.NAME`. file: what the error calls them.
    """
    expected = _expected_shapes(config)
    if set(tensors) != set(expected):
        odd = sorted(set(tensors) ^ set(expected))[0]
        raise CheckpointError(f"'{file}' has a missing or unknown array ('{odd}')", "copy or download it again")
    for name, shape in expected.items():
        found = tensors[name].shape
        if (
            len(found) != len(shape)
            or any(w is not None and w != f for w, f in zip(shape, found, strict=True))
            or 0 in found
        ):
            raise CheckpointError(f"'{name}' in '{file}' has shape {found}", "copy or download the model again")
        _require_finite(file, name, tensors[name])
        # Of a flow: read as indices, which must neither lie outside nor name a channel twice.
        if name.endswith(".permutation") and not np.array_equal(
            np.sort(tensors[name]), np.arange(*tensors[name].shape)
        ):
            raise CheckpointError(f"'{name}' in '{file}' is not a permutation", "copy or download the model again")
    for name in ("stats.feature_std", "stats.motion_std"):
        if not (tensors[name] > 0).all():
            raise CheckpointError(f"'{name}' in '{file}' is not above 0", "copy or download the model again")


def _require_finite(file: str, name: str, array: np.ndarray) -> None:
    if not np.isfinite(array).all():
        raise CheckpointError(f"'{name}' in '{file}' is not finite", "use an earlier checkpoint of that run")


def _check_sequences(path: Path, sequences: np.ndarray, n_codes: int, least: int, styles: Any) -> None:
    """Sequences begin at 0 and follow one another, one is at least as long as a piece, and each has a named style."""
    lengths = np.diff(np.append(sequences[:, 0], n_codes))
    named = isinstance(styles, list) and all(
        isinstance(style, str) and style.isprintable() and 0 < len(style) <= _LONGEST_STYLE for style in styles
    )
    if (
        sequences[0, 0] != 0 or (lengths <= 0).any() or lengths.max() < least
        or not named or len(set(styles)) < len(styles)
        or (sequences[:, 1] < 0).any() or sequences[:, 1].max() >= max(1, len(styles))
    ):  # fmt: skip
        raise CheckpointError(f"the sequences in '{path.name}' are out of order", "copy or download the model again")


def read_safetensors(path: str | Path) -> tuple[dict[str, np.ndarray], dict[str, str]]:
    """Arrays and metadata of a safetensors file: header length (8 bytes), JSON header, raw arrays without gaps."""
    path = Path(path)
    if not is_file(path):
        raise CheckpointError(f"there is no model '{path}'", "check the path of the model")
    try:
        with path.open("rb") as file:
            metadata, places, size = _read_header(file, path.stat().st_size)
            body = memoryview(file.read(size))
        arrays = {name: np.frombuffer(body[at], dtype).reshape(shape) for name, (dtype, shape, at) in places.items()}
    except Exception as error:  # a header may hold anything
        why = error.strerror if isinstance(error, OSError) else reason(error)
        raise CheckpointError(
            f"'{path.name}' is damaged or not a model file ({why})", "copy or download it again"
        ) from None
    return arrays, metadata


_Place = tuple[np.dtype[Any], tuple[int, ...], slice]


def _read_header(file: IO[bytes], size: int) -> tuple[dict[str, str], dict[str, _Place], int]:
    """(metadata, each array's type, shape and place among the bytes that follow, how many these are).

    size: of the file. The arrays are not read; any error means that they could not be.
    """
    length = int.from_bytes(file.read(8), "little")
    if size < 8 or length > min(_MAX_HEADER, size - 8):
        raise ValueError("the header is cut off")
    header = json.loads(file.read(length).decode("utf-8"))
    if not isinstance(header, dict):
        raise ValueError("the header is not a table")
    metadata = header.pop("__metadata__", {})
    if not isinstance(metadata, dict) or not all(isinstance(v, str) for v in metadata.values()):
        raise ValueError("the metadata is not text")
    places: dict[str, _Place] = {}
    end = 0
    for name, entry in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
        dtype, shape = np.dtype(_DTYPES[entry["dtype"]]).newbyteorder("<"), tuple(entry["shape"])
        start, stop = entry["data_offsets"]
        if any(type(n) is not int or n < 0 for n in (*shape, start, stop)) or start != end or stop > size - 8 - length:
            raise ValueError(f"'{name}' lies outside the file")
        if prod(shape) * dtype.itemsize != stop - start:
            raise ValueError(f"'{name}' has the wrong size")
        places[name], end = (dtype, shape, slice(start, stop)), stop
    if end != size - 8 - length:
        raise ValueError("there is more than the header says")
    return metadata, places, end
