"""Where joints are in exported files, by readers that share nothing with the writers but NumPy."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import numpy as np

_WIDTHS = {"SCALAR": 1, "VEC3": 3, "VEC4": 4, "MAT4": 16}


def read_glb(path: Path) -> tuple[dict, bytes]:
    """The document and the bytes of a .glb."""
    data = path.read_bytes()
    size = struct.unpack_from("<I", data, 12)[0]
    return json.loads(data[20 : 20 + size]), data[20 + size + 8 :]


def numbers(document: dict, data: bytes, accessor: int) -> np.ndarray:
    """The floats of an accessor, (n, k)."""
    about = document["accessors"][accessor]
    assert about["componentType"] == 5126
    view, width = document["bufferViews"][about["bufferView"]], _WIDTHS[about["type"]]
    first = view.get("byteOffset", 0) + about.get("byteOffset", 0)
    return np.frombuffer(data, "<f4", about["count"] * width, first).reshape(-1, width).astype(float)


def glb_places(path: Path, times: np.ndarray, animation: int = 0) -> dict[str, np.ndarray]:
    """World transforms (T, 4, 4), Y up, of every node of a .glb at these times (T,) in seconds of its animation."""
    document, data = read_glb(path)
    played: dict[tuple[int, str], np.ndarray] = {}
    for channel in document["animations"][animation]["channels"]:
        sampler = document["animations"][animation]["samplers"][channel["sampler"]]
        keys, values = (numbers(document, data, sampler[end]) for end in ("input", "output"))
        kind = sampler.get("interpolation", "LINEAR")
        assert kind in ("LINEAR", "STEP"), kind
        rows = np.stack([np.interp(times, keys[:, 0], column) for column in values.T], axis=1)
        played[channel["target"]["node"], channel["target"]["path"]] = rows
    found: dict[str, np.ndarray] = {}

    def walk(number: int, above: np.ndarray) -> None:
        node = document["nodes"][number]
        own = np.tile(np.eye(4), (len(times), 1, 1))
        if "matrix" in node:
            own[:] = np.array(node["matrix"]).reshape(4, 4).T
        else:
            place = played.get((number, "translation"), np.array([node.get("translation", (0, 0, 0))]))
            turn = played.get((number, "rotation"), np.array([node.get("rotation", (0, 0, 0, 1))], float))
            size = played.get((number, "scale"), np.array([node.get("scale", (1, 1, 1))]))
            own[:, :3, :3] = matrices(turn) * size[:, None, :]
            own[:, :3, 3] = place
        found[node.get("name", str(number))] = above @ own
        for child in node.get("children", ()):
            walk(child, above @ own)

    for root in document["scenes"][document.get("scene", 0)]["nodes"]:
        walk(root, np.tile(np.eye(4), (len(times), 1, 1)))
    return found


def matrices(turn: np.ndarray) -> np.ndarray:
    """Rotations (T, 3, 3) of quaternions (T, 4), x y z w."""
    x, y, z, w = (turn / np.linalg.norm(turn, axis=1, keepdims=True)).T
    rows = [
        [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
        [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
        [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
    ]
    return np.moveaxis(np.array(rows), -1, 0)


Y_TO_Z = np.array([[1.0, 0, 0, 0], [0, 0, -1, 0], [0, 1, 0, 0], [0, 0, 0, 1]])
"""What takes glTF's world to Blender's."""


def apart_mm(a: np.ndarray, b: np.ndarray) -> float:
    """The largest distance between places of transforms (..., 4, 4), in millimetres."""
    return 1000 * float(np.linalg.norm(a[..., :3, 3] - b[..., :3, 3], axis=-1).max())


def apart_deg(a: np.ndarray, b: np.ndarray) -> float:
    """The largest angle between turns of transforms (..., 4, 4), which may be scaled."""

    def turn(m: np.ndarray) -> np.ndarray:
        u, _s, v = np.linalg.svd(m[..., :3, :3])
        return u @ v

    between = np.swapaxes(turn(a), -1, -2) @ turn(b)
    # From the chord: the cosine would lose the small angles.
    chord = np.linalg.norm(between - np.eye(3), axis=(-2, -1)) / np.sqrt(8)
    return float(np.degrees(2 * np.arcsin(np.clip(chord, 0, 1))).max())
