"""glTF 2.0 as a container: a JSON document and one block of bytes, which are a `.glb`, or a `.gltf` with a `.bin`.

Written and read with the standard library. What a document means is said in `vrma` and `glb`.
"""

from __future__ import annotations

import hashlib
import json
import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from .. import __version__
from ..body.motion import Motion, Skeleton
from ..body.rotations import make_continuous
from ..body.skeleton import PELVIS_HEIGHT_M
from ..errors import MotionError, reason

FLOAT = 5126
WIDTHS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT4": 16}
_TYPES = {1: "SCALAR", 3: "VEC3", 4: "VEC4", 16: "MAT4"}
_INTEGERS: dict[int, tuple[str, float]] = {
    5120: ("<i1", 127.0), 5121: ("<u1", 255.0), 5122: ("<i2", 32767.0), 5123: ("<u2", 65535.0), 5125: ("<u4", 1.0),
}  # fmt: skip
_MADE = "audio2gestures_take"
_MAGIC, _JSON, _BIN = 0x46546C67, 0x4E4F534A, 0x004E4942
_MOST_BYTES = 1 << 30
_NEAR_S = 1e-3
"""How far a key may be from its time."""


class GltfError(ValueError):
    """A file is not the glTF that it should be. The text says why."""


@dataclass
class Gltf:
    """A document (the JSON), and the bytes of its only buffer."""

    document: dict[str, Any]
    data: bytearray = field(default_factory=bytearray)

    def add(self, values: np.ndarray, *, with_range: bool = False) -> int:
        """Store numbers (n,) or (n, k) as float32: the index of their accessor. with_range: say least and largest."""
        rows = np.ascontiguousarray(values, "<f4").reshape(len(values), -1)
        views, accessors = self.document.setdefault("bufferViews", []), self.document.setdefault("accessors", [])
        views.append({"buffer": 0, "byteOffset": len(self.data), "byteLength": rows.nbytes})
        accessor: dict[str, Any] = {
            "bufferView": len(views) - 1, "componentType": FLOAT, "count": len(rows), "type": _TYPES[rows.shape[1]],
        }  # fmt: skip
        if with_range:
            accessor |= {"min": rows.min(axis=0).tolist(), "max": rows.max(axis=0).tolist()}
        accessors.append(accessor)
        self.data += rows.tobytes()
        return len(accessors) - 1

    def place(self, accessor: int) -> tuple[int, int]:
        """Where the floats of an accessor lie, (first byte, number); for those that are stored one after another."""
        about = self.document["accessors"][accessor]
        view = self.document["bufferViews"][about["bufferView"]]
        return view.get("byteOffset", 0) + about.get("byteOffset", 0), about["count"] * WIDTHS[about["type"]]

    def read(self, accessor: int) -> np.ndarray:
        """The numbers (n, k) of an accessor as float64. GltfError, LookupError, TypeError or ValueError if damaged."""
        about = self.document["accessors"][accessor]
        kind, width, count = about["componentType"], WIDTHS[about["type"]], about["count"]
        if "sparse" in about or "bufferView" not in about:
            raise GltfError("its animation is stored sparsely")
        view = self.document["bufferViews"][about["bufferView"]]
        dtype, most = ("<f4", 1.0) if kind == FLOAT else _INTEGERS[kind]
        size = np.dtype(dtype).itemsize * width
        stride, first = view.get("byteStride", size), view.get("byteOffset", 0) + about.get("byteOffset", 0)
        if not (isinstance(count, int) and count > 0 and stride >= size and first >= 0):
            raise GltfError("an accessor of it makes no sense")
        if first + (count - 1) * stride + size > len(self.data):
            raise GltfError("it ends too early")
        rows = np.ndarray((count, width), dtype, self.data, first, (stride, np.dtype(dtype).itemsize))
        return rows.astype(np.float64) / (most if about.get("normalized") else 1.0)


def write_glb(gltf: Gltf, path: str | Path) -> None:
    """Write a `.glb`."""
    text, data = _json(gltf), bytes(gltf.data) + bytes(-len(gltf.data) % 4)
    with open(path, "wb") as file:
        file.write(struct.pack("<3I", _MAGIC, 2, 12 + 8 + len(text) + (8 + len(data) if data else 0)))
        file.write(struct.pack("<2I", len(text), _JSON) + text)
        if data:
            file.write(struct.pack("<2I", len(data), _BIN) + data)


def write_gltf(gltf: Gltf, path: str | Path, data_path: str | Path, data_name: str) -> None:
    """Write a `.gltf`, and its bytes to another file, which the document calls by this name."""
    Path(data_path).write_bytes(gltf.data)
    Path(path).write_bytes(_json(gltf, data_name))


def _json(gltf: Gltf, uri: str | None = None) -> bytes:
    document = dict(gltf.document)
    if gltf.data:
        document["buffers"] = [{"byteLength": len(gltf.data), **({"uri": uri} if uri else {})}]
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    return text + b" " * (-len(text) % 4)


def read_glb(path: str | Path) -> Gltf:
    """Read a `.glb` with its bytes inside; GltfError for anything else. What the document says is not checked."""
    data = Path(path).read_bytes()
    if len(data) < 20 or len(data) > _MOST_BYTES:
        raise GltfError("it is too short" if len(data) < 20 else "it is too large")
    magic, version, _length = struct.unpack_from("<3I", data)
    if magic != _MAGIC or version != 2:
        raise GltfError("it is no glTF 2.0 in one file")
    chunks: dict[int, bytes] = {}
    at = 12
    while at + 8 <= len(data):
        size, kind = struct.unpack_from("<2I", data, at)
        if at + 8 + size > len(data):
            raise GltfError("it ends too early")
        chunks.setdefault(kind, data[at + 8 : at + 8 + size])
        at += 8 + size
    try:
        document = json.loads(chunks.get(_JSON, b""))
    except (ValueError, RecursionError) as error:
        raise GltfError(reason(error)) from None
    if not isinstance(document, dict):
        raise GltfError("its JSON is no object")
    return Gltf(document, bytearray(chunks.get(_BIN, b"")))


# Takes ----------------------------------------------------------------------------------------------------------------


def of_motion(motion: Motion, names: dict[str, str], skeleton: Skeleton, start_s: float) -> tuple[Gltf, dict[str, int]]:
    """A document with a node for each of these joints of a skeleton in its rest pose, and their animation, a linear key
    a frame: (the document, the nodes by joint).

    names: the node's by joint; the root is one of them. Metres, Y up, facing +Z, the floor at 0. start_s: the time of
    the motion's first frame. Joints that the motion lacks are at rest.
    """
    nodes: list[dict[str, Any]] = []
    index: dict[str, int] = {}
    for joint, parent, offset in zip(skeleton.names, skeleton.parents, skeleton.offsets, strict=True):
        if joint in names:
            index[joint] = len(nodes)
            nodes.append({"name": names[joint], "translation": list(offset)})
            if parent >= 0:
                nodes[index[skeleton.names[parent]]].setdefault("children", []).append(index[joint])
    root = np.add(skeleton.offsets[0], (0.0, PELVIS_HEIGHT_M, 0.0))
    nodes[0]["translation"] = root.tolist()
    gltf = Gltf(
        {
            "asset": {"version": "2.0", "generator": f"Audio2Gestures {__version__}"},
            "scene": 0, "scenes": [{"nodes": [0]}], "nodes": nodes,
            "animations": [{"name": "take", "samplers": [], "channels": []}],
        }
    )  # fmt: skip
    seconds = start_s + np.arange(len(motion)) / motion.fps
    check_times(seconds)
    times = gltf.add(seconds, with_range=True)
    animate(gltf, times, index[skeleton.names[0]], "translation", motion.translation + root)
    for row, joint in enumerate(motion.skeleton.names):
        if joint in index:
            turns = make_continuous(motion.quaternions[:, row])
            animate(gltf, times, index[joint], "rotation", turns[:, [1, 2, 3, 0]])
    return gltf, index


def check_times(seconds: np.ndarray) -> None:
    """Check that glTF, which has float32 alone, can tell the times of keys (n,). MotionError if they are too late."""
    kept = seconds.astype("<f4")
    if np.abs(kept - seconds).max(initial=0.0) > _NEAR_S or (np.diff(kept) <= 0).any():
        raise MotionError("glTF cannot tell times so late apart", "let the take begin sooner, or at 0")


def animate(gltf: Gltf, times: int, node: int, path: str, values: np.ndarray) -> None:
    """Key a property of a node, on the times of an accessor."""
    animation = gltf.document["animations"][0]
    animation["samplers"].append({"input": times, "interpolation": "LINEAR", "output": gltf.add(values)})
    animation["channels"].append({"sampler": len(animation["samplers"]) - 1, "target": {"node": node, "path": path}})


def sign_glb(path: str | Path) -> None:
    """Note a digest of all of its contents in a file, so that it is known as a take until anybody changes it."""
    gltf = read_glb(path)
    gltf.document["asset"].setdefault("extras", {})[_MADE] = _digest(gltf)
    write_glb(gltf, path)


def is_signed_glb(path: str | Path) -> bool:
    """Whether a file has that digest, and is as it was then."""
    try:
        gltf = read_glb(path)
        made = gltf.document["asset"]["extras"].pop(_MADE)
        return bool(made == _digest(gltf))
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return False


def _digest(gltf: Gltf) -> str:
    document = json.loads(json.dumps(gltf.document))
    if not document["asset"].get("extras"):
        document["asset"].pop("extras", None)
    data = bytes(gltf.data) + bytes(-len(gltf.data) % 4)
    document.pop("buffers", None)
    return hashlib.sha256(json.dumps(document, sort_keys=True).encode() + data).hexdigest()
