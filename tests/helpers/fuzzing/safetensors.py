"""Forged safetensors files: headers, descriptions and numbers that are wrong while every checksum is right."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import numpy as np

from a2g_core.model.checkpoint import checksum

from .mutations import damaged, forged_json, json_text

_TYPES = {"F16": "<f2", "F32": "<f4", "F64": "<f8", "I64": "<i8", "U8": "<u1"}
_NAMES = {np.dtype(kind): name for name, kind in _TYPES.items()}


def unpacked(data: bytes) -> tuple[dict[str, np.ndarray], dict[str, str]]:
    """(arrays, metadata) of a valid file."""
    length = int.from_bytes(data[:8], "little")
    header, body = json.loads(data[8 : 8 + length]), data[8 + length :]
    metadata = header.pop("__metadata__")
    arrays = {
        name: np.frombuffer(body[slice(*e["data_offsets"])], _TYPES[e["dtype"]]).reshape(e["shape"])
        for name, e in header.items()
    }
    return arrays, metadata


def header_of(arrays: dict[str, np.ndarray], metadata: dict[str, Any]) -> dict[str, Any]:
    """The header of these arrays, one after the other."""
    header, end = {"__metadata__": metadata}, 0
    for name, array in arrays.items():
        offsets = [end, end := end + array.nbytes]
        header[name] = {"dtype": _NAMES[array.dtype], "shape": list(array.shape), "data_offsets": offsets}
    return header


def packed(arrays: dict[str, np.ndarray], header: Any) -> bytes:
    """The file of a header, true or not, and arrays."""
    text = json_text(header).encode("utf-8", "surrogatepass")
    body = b"".join(np.ascontiguousarray(array).tobytes() for array in arrays.values())
    return len(text).to_bytes(8, "little") + text + body


def damaged_safetensors(data: bytes, rng: Random, other: bytes = b"", *, key: str) -> bytes:
    """key: of the metadata, under which the description is. A description with a `sha256` gets a true one."""
    kind = rng.random()
    if kind < 0.15:
        return damaged(data, rng, other)
    arrays, metadata = unpacked(data)
    if kind < 0.35:
        return packed(arrays, forged_json(header_of(arrays, metadata), rng))
    about = json.loads(metadata[key])
    if kind < 0.6:
        arrays = _forged_arrays(arrays, rng)
    elif kind < 0.95:
        part = rng.choice([*about, "config", "config"])
        about = {**about, part: forged_json(about[part], rng)} if rng.random() < 0.8 else forged_json(about, rng)
    else:
        metadata = forged_json(metadata, rng)
        return packed(arrays, header_of(arrays, metadata))
    if isinstance(about, dict) and "sha256" in about and rng.random() < 0.95:
        about["sha256"] = checksum(arrays)
    return packed(arrays, header_of(arrays, {**metadata, key: json_text(about)}))


def _forged_arrays(arrays: dict[str, np.ndarray], rng: Random) -> dict[str, np.ndarray]:
    arrays = dict(arrays)
    name, kind = rng.choice(list(arrays)), rng.randrange(8)
    array = arrays[name].copy()
    if kind <= 3 and array.size:
        odd = rng.choice((np.nan, np.inf, -np.inf, 1e38, -1e38, 0.0, 1e-38, -1.0)) if array.dtype.kind == "f" else -1
        at = slice(None) if rng.random() < 0.4 else rng.randrange(array.size)
        with np.errstate(over="ignore"):
            array.reshape(-1)[at] = odd
        arrays[name] = array
    elif kind == 4:
        arrays[name] = array[..., :-1] if rng.random() < 0.5 else array.reshape(-1)
    elif kind == 5:
        with np.errstate(all="ignore"):
            arrays[name] = array.astype(rng.choice(("<f2", "<f4", "<f8", "<i8", "<u1")))
    elif kind == 6:
        arrays[rng.choice(("x", name + "x", ""))] = arrays.pop(name)
    else:
        other = rng.choice(list(arrays))
        arrays[name], arrays[other] = arrays[other], array
    return arrays
