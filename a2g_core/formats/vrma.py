"""VRM animations (`.vrma`): a glTF whose nodes are the human bones of VRM, in T-pose, with VRMC_vrm_animation 1.0.

Readers play every rotation as if it were linear (findings/vrma-interpolation.sh), so there is one linear key a frame.
Human bones at rest are in T-pose, as our joints: rotations are the same in both. The extension has no bones for eyes;
where they look is the rotation of a node of its own, and how far lids are closed is the place of another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from ..body.motion import Motion
from ..body.rotations import (
    make_continuous,
    matrix_to_quaternion,
    multiply_quaternions,
    quaternion_to_matrix,
    slerp,
)
from ..body.skeleton import EYES, FINGERS, PELVIS_HEIGHT_M, SIDES, SMPLX
from ..errors import MotionError, reason
from .gltf import Gltf, GltfError, animate, is_signed_glb, of_motion, read_glb, sign_glb, write_glb
from .registry import Format

EXTENSION = "VRMC_vrm_animation"


def _human_bones() -> dict[str, str]:
    """VRM's name of each joint of ours that it has."""
    found = {
        "pelvis": "hips", "spine1": "spine", "spine2": "chest", "spine3": "upperChest", "neck": "neck", "head": "head",
        "jaw": "jaw",
    }  # fmt: skip
    limbs = {
        "hip": "UpperLeg", "knee": "LowerLeg", "ankle": "Foot", "foot": "Toes", "collar": "Shoulder",
        "shoulder": "UpperArm", "elbow": "LowerArm", "wrist": "Hand",
    }  # fmt: skip
    for finger in FINGERS:
        links = ("Metacarpal", "Proximal", "Distal") if finger == "thumb" else ("Proximal", "Intermediate", "Distal")
        name = "Little" if finger == "pinky" else finger.capitalize()
        limbs |= {f"{finger}{k}": name + link for k, link in enumerate(links, start=1)}
    for side in SIDES:
        found |= {f"{side}_{joint}": side + bone for joint, bone in limbs.items()}
    return found


HUMAN_BONES = _human_bones()

_LONGEST_FRAMES = 2_000_000
_LEAST_FPS, _MOST_FPS, _PLAIN_FPS = 8.0, 1000.0, 30.0
_KNOWN_FPS = (*range(1, 241), 24 / 1.001, 30 / 1.001, 60 / 1.001, 120 / 1.001)
_DAMAGED = "export the animation again"


def save_vrma(motion: Motion, path: str | Path, start_s: float = 0.0) -> None:
    """Write a motion of any skeleton with SMPL-X joint names; start_s: the time of its first frame, 0 or later."""
    gltf, index = of_motion(motion, HUMAN_BONES, SMPLX, start_s)
    nodes = gltf.document["nodes"]
    bones = {HUMAN_BONES[joint]: {"node": node} for joint, node in index.items()}
    about: dict[str, Any] = {"specVersion": "1.0", "humanoid": {"humanBones": bones}}
    times = gltf.document["animations"][0]["samplers"][0]["input"]
    names = motion.skeleton.names
    if set(EYES) <= set(names):
        left, right = (motion.quaternions[:, names.index(eye)].astype(np.float64) for eye in EYES)
        nodes[index["head"]].setdefault("children", []).append(len(nodes))
        about["lookAt"] = {"node": len(nodes), "offsetFromHeadBone": _between_eyes()}
        nodes.append({"name": "lookAt", "translation": _between_eyes()})
        between = make_continuous(slerp(left, right, 0.5))
        animate(gltf, times, len(nodes) - 1, "rotation", between[:, [1, 2, 3, 0]])
    if motion.lids is not None:
        about["expressions"] = {"preset": {"blink": {"node": len(nodes)}}}
        gltf.document["scenes"][0]["nodes"].append(len(nodes))
        nodes.append({"name": "blink"})
        animate(gltf, times, len(nodes) - 1, "translation", np.pad(motion.lids[:, None], ((0, 0), (0, 2))))
    gltf.document["extensionsUsed"] = [EXTENSION]
    gltf.document["extensions"] = {EXTENSION: about}
    write_glb(gltf, path)


def _between_eyes() -> list[float]:
    """From the head's joint, metres."""
    places = SMPLX.rest_places
    middle = sum(places[eye] for eye in EYES) / 2 - places["head"]
    return [float(x) for x in middle]


def load_vrma(path: str | Path) -> Motion:
    """Read a VRM animation of any writer, on all 55 joints of ours; MotionError for anything else.

    Bones that it lacks go with those above them. Hips' height is scaled to ours. Its frame rate is that of its keys; it
    begins at time 0, where before its first key it is as on that key.
    """
    name = Path(path).name
    try:
        gltf = read_glb(path)
        about = gltf.document.get("extensions", {}).get(EXTENSION)
        if about is None:
            raise GltfError("it has no VRM animation")
        return _Reader(gltf, about).motion()
    except MotionError as error:
        raise MotionError(f"'{name}': {error.problem}", error.hint) from None
    except (OSError, ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        why = reason(error) if isinstance(error, GltfError) else "it is damaged"
        raise MotionError(f"'{name}' cannot be read as a VRM animation ({why})", _DAMAGED) from None


class _Keys(NamedTuple):
    """Values (n, k) on times (n,), and how they go on between: LINEAR, STEP, or CUBICSPLINE with their tangents."""

    times: np.ndarray
    values: np.ndarray
    kind: str
    tangents: tuple[np.ndarray, np.ndarray] | None = None

    def at(self, times: np.ndarray, mix: Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]) -> np.ndarray:
        """(T, k) on these times (T,); mix: what lies between two rows by shares (T, 1)."""
        last = np.clip(np.searchsorted(self.times, times + 1e-6, side="right") - 1, 0, len(self.times) - 1)
        following = np.minimum(last + 1, len(self.times) - 1)
        length = np.maximum(self.times[following] - self.times[last], 1e-12)
        share = np.clip((times - self.times[last]) / length, 0.0, 1.0)[:, None]
        share = np.where((following == last)[:, None] | (self.kind == "STEP"), 0.0, share)
        a, b = self.values[last], self.values[following]
        if self.tangents is None:
            return mix(a, b, share)
        into, out = self.tangents
        s, length = share, length[:, None]
        return (
            (2 * s**3 - 3 * s**2 + 1) * a + length * (s**3 - 2 * s**2 + s) * out[last]
            + (3 * s**2 - 2 * s**3) * b + length * (s**3 - s**2) * into[following]
        )  # fmt: skip


class _Reader:
    """One animation, on its nodes."""

    def __init__(self, gltf: Gltf, about: Mapping[str, Any]) -> None:
        self.gltf, self.nodes = gltf, gltf.document["nodes"]
        self.above = {child: n for n, node in enumerate(self.nodes) for child in node.get("children", ())}
        bones = about["humanoid"]["humanBones"]
        self.bones = {j: self._node(bones[b]["node"]) for j, b in HUMAN_BONES.items() if b in bones}
        if "pelvis" not in self.bones:
            raise GltfError("it has no hips")
        blink = about.get("expressions", {}).get("preset", {}).get("blink")
        self.blink = None if blink is None else self._node(blink["node"])
        gaze = about.get("lookAt")
        self.gaze = None if gaze is None or "node" not in gaze else self._node(gaze["node"])
        animations = gltf.document.get("animations") or [{"channels": [], "samplers": []}]
        self.keys: dict[tuple[int, str], _Keys] = {}
        for channel in animations[0]["channels"]:
            target = channel["target"]
            if "node" in target and target["path"] in ("rotation", "translation"):
                sampler = animations[0]["samplers"][channel["sampler"]]
                self.keys[self._node(target["node"]), target["path"]] = self._keys(sampler)
        if not self.keys:
            raise GltfError("nothing moves in it")

    def _node(self, number: Any) -> int:
        if not isinstance(number, int) or not 0 <= number < len(self.nodes):
            raise GltfError("it names a node that it does not have")
        return number

    def _keys(self, sampler: Mapping[str, Any]) -> _Keys:
        times, values = self.gltf.read(sampler["input"])[:, 0], self.gltf.read(sampler["output"])
        kind = sampler.get("interpolation", "LINEAR")
        tangents = None
        if kind == "CUBICSPLINE":
            into, values, out = (values[k::3] for k in range(3))
            tangents = into, out
        in_order = bool(np.isfinite(times).all() and (np.diff(times) > 0).all() and times[0] >= 0)
        if len(values) != len(times) or not in_order or not np.isfinite(values).all():
            raise GltfError("its keys are out of order")
        return _Keys(times, values, kind, tangents)

    def motion(self) -> Motion:
        """See `load_vrma`."""
        ends = max(keys.times[-1] for keys in self.keys.values())
        fps = self._fps()
        if ends * fps > _LONGEST_FRAMES:
            raise MotionError("it is too long", "cut it into shorter animations")
        times = np.arange(int(np.floor(ends * fps + 1e-3)) + 1) / fps
        worlds: dict[int, np.ndarray] = {}
        turned: dict[str, np.ndarray] = {}
        local = []
        for joint, parent in zip(SMPLX.names, SMPLX.parents, strict=True):
            above = turned[SMPLX.names[parent]] if parent >= 0 else np.tile((1.0, 0, 0, 0), (len(times), 1))
            turned[joint] = self._turn(self.bones[joint], times, worlds) if joint in self.bones else above
            if joint in EYES and self.gaze is not None:
                turned[joint] = multiply_quaternions(above, self._own(self.gaze, times))
            local.append(multiply_quaternions(above * (1, -1, -1, -1), turned[joint]))
        lids = None
        if self.blink is not None and (keys := self.keys.get((self.blink, "translation"))) is not None:
            lids = np.clip(keys.at(times, _mixed)[:, 0], 0, 1)
        quaternions = make_continuous(np.stack(local, axis=1))
        return Motion(quaternions, self._travel(times), fps, SMPLX, lids)

    def _fps(self) -> float:
        """The rate of its keys, if they have one, as whole as it can be."""
        gaps = np.concatenate([np.diff(keys.times) for keys in self.keys.values()])
        if not len(gaps):
            return _PLAIN_FPS
        found = 1.0 / float(np.median(gaps))
        if not _LEAST_FPS <= found <= _MOST_FPS:
            return _PLAIN_FPS
        nearest = min(_KNOWN_FPS, key=lambda fps: abs(fps - found))
        # A file keeps times as float32: their differences are known to a few thousandths late in a long one.
        ends = max(float(keys.times[-1]) for keys in self.keys.values())
        steps = max(round(ends * nearest), 1)
        return float(nearest) if abs(steps / nearest - ends) < 1e-3 and abs(nearest / found - 1) < 0.01 else found

    def _own(self, node: int, times: np.ndarray) -> np.ndarray:
        """A node's own turn, quaternions (T, 4)."""
        keys = self.keys.get((node, "rotation"))
        if keys is None:
            return np.tile(self._rest(node), (len(times), 1))
        xyzw = keys.at(times, _turned)
        return _unit(xyzw[:, [3, 0, 1, 2]])

    def _rest(self, node: int) -> np.ndarray:
        about = self.nodes[node]
        if "matrix" in about:
            matrix = np.array(about["matrix"], np.float64).reshape(4, 4).T[:3, :3]
            return np.asarray(matrix_to_quaternion(matrix / np.linalg.norm(matrix, axis=0)))
        x, y, z, w = about.get("rotation", (0, 0, 0, 1))
        return _unit(np.array([[w, x, y, z]], np.float64))[0]

    def _place(self, node: int) -> np.ndarray:
        about = self.nodes[node]
        if "matrix" in about:
            return np.array(about["matrix"], np.float64).reshape(4, 4).T[:3, 3]
        return np.array(about.get("translation", (0.0, 0.0, 0.0)), np.float64)

    def _line(self, node: int) -> list[int]:
        """The nodes from the lowest above one to itself."""
        line = [node]
        while line[-1] in self.above:
            line.append(self.above[line[-1]])
            if len(line) > len(self.nodes):
                raise GltfError("its nodes hang on themselves")
        return line[::-1]

    def _turn(self, node: int, times: np.ndarray, worlds: dict[int, np.ndarray]) -> np.ndarray:
        """How a node is turned from its rest, in the world's axes, quaternions (T, 4)."""
        rest = np.array((1.0, 0, 0, 0))
        world = np.tile(rest, (len(times), 1))
        for step in self._line(node):
            rest = multiply_quaternions(rest, self._rest(step))
            if step not in worlds:
                worlds[step] = multiply_quaternions(world, self._own(step, times))
            world = worlds[step]
        return np.asarray(multiply_quaternions(world, rest * (1, -1, -1, -1)))

    def _travel(self, times: np.ndarray) -> np.ndarray:
        """How far the hips are from their rest, (T, 3), at our size."""
        world, place = np.tile(np.eye(3), (len(times), 1, 1)), np.zeros((len(times), 3))
        still, rest = np.eye(3), np.zeros(3)
        for node in self._line(self.bones["pelvis"]):
            keys = self.keys.get((node, "translation"))
            own = np.tile(self._place(node), (len(times), 1)) if keys is None else keys.at(times, _mixed)
            place = place + np.einsum("tij,tj->ti", world, own)
            rest = rest + still @ self._place(node)
            world = world @ quaternion_to_matrix(self._own(node, times))
            still = still @ quaternion_to_matrix(self._rest(node))
        if rest[1] <= 1e-3:  # it does not say how high hips are: then it is of our size
            return place - rest
        return place * (PELVIS_HEIGHT_M / rest[1]) - (0.0, PELVIS_HEIGHT_M, 0.0)


def _mixed(a: np.ndarray, b: np.ndarray, share: np.ndarray) -> np.ndarray:
    return a + share * (b - a)


def _turned(a: np.ndarray, b: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Between rotations (T, 4), x y z w, the shorter way."""
    b = np.where(np.sum(a * b, axis=1, keepdims=True) < 0, -b, b)
    return np.asarray(slerp(_unit(a), _unit(b), share))


def _unit(q: np.ndarray) -> np.ndarray:
    length = np.linalg.norm(q, axis=1, keepdims=True)
    if not (length > 1e-6).all():
        raise GltfError("a rotation of it is zero")
    return q / length


FORMAT = Format(
    ".vrma", "VRM animation", load=load_vrma, save=save_vrma, save_from=save_vrma, sign=sign_glb,
    is_signed=is_signed_glb,
)  # fmt: skip
