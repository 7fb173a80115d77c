"""In an environment of its own: reads what `make.py` exported, by pygltflib, usd-core and three BVH packages, and holds
it, and what three.js and the browser found, against where Blender had the bones.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from a2g_core.body.kinematics import joint_positions  # noqa: E402
from a2g_core.body.motion import Motion  # noqa: E402
from a2g_core.body.rotations import quaternion_to_matrix  # noqa: E402
from a2g_core.body.skeleton import PELVIS_HEIGHT_M, SMPLX  # noqa: E402
from a2g_core.formats.vrma import HUMAN_BONES  # noqa: E402

Y_TO_Z = np.array([[1.0, 0, 0, 0], [0, 0, -1, 0], [0, 1, 0, 0], [0, 0, 0, 1]])
MOST_MM, MOST_DEG, MOST_S, MOST_SHARE = 1.0, 0.05, 0.001, 0.001


class Row:
    """One file by one reader: the largest errors."""

    def __init__(self, reader: str, file: str) -> None:
        self.reader, self.file, self.mm, self.deg, self.late_s, self.share, self.said = (
            reader, file, 0.0, 0.0, 0.0, 0.0, "",
        )  # fmt: skip

    def place(self, found: np.ndarray, expected: np.ndarray) -> None:
        """Places (..., 3) in metres."""
        self.mm = max(self.mm, 1000 * float(np.linalg.norm(found - expected, axis=-1).max()))

    def turn(self, found: np.ndarray, expected: np.ndarray) -> None:
        """Rotations (T, 3, 3)."""
        chord = np.linalg.norm(np.swapaxes(found, -1, -2) @ expected - np.eye(3), axis=(-2, -1)) / np.sqrt(8)
        self.deg = max(self.deg, float(np.degrees(2 * np.arcsin(np.clip(chord, 0, 1))).max()))

    def time(self, found: float, expected: float) -> None:
        """Seconds."""
        self.late_s = max(self.late_s, abs(found - expected))

    def shapes(self, found: dict[str, np.ndarray], expected: dict[str, np.ndarray]) -> None:
        """What shape keys are worth, (T,) by name."""
        for name, values in expected.items():
            if name not in found:
                self.said = f"no shape key {name}"
                return
            self.share = max(self.share, float(np.abs(np.asarray(found[name]) - values).max()))

    @property
    def is_good(self) -> bool:
        """Whether it meets the bars."""
        is_near = self.mm < MOST_MM and self.deg < MOST_DEG and self.share < MOST_SHARE
        return is_near and self.late_s < MOST_S and not self.said

    def __str__(self) -> str:
        mark = "ok " if self.is_good else "BAD"
        off = f"{self.mm:9.4f} mm {self.deg:8.4f} deg {1000 * self.late_s:7.4f} ms {self.share:6.4f}"
        return f"{mark} {self.reader:42}{self.file:24}{off} {self.said}"


def rotations(matrices: np.ndarray) -> np.ndarray:
    """(..., 3, 3) of transforms that may be scaled."""
    u, _s, v = np.linalg.svd(matrices[..., :3, :3])
    return u @ v


def of_xyzw(q: np.ndarray) -> np.ndarray:
    """Rotations (T, 3, 3)."""
    return quaternion_to_matrix(np.asarray(q, float)[:, [3, 0, 1, 2]])


class Case:
    """What one export should be."""

    def __init__(self, folder: Path, name: str, about: dict) -> None:
        self.folder, self.name, self.fps, self.preset = folder, name, about["fps"], about["preset"]
        self.start, self.frames, self.renamed = about["start"], about["frames"], about["renamed"]
        with np.load(folder / f"{name}.bones.npz") as file:
            self.bones = {bytes.fromhex(key).decode(): file[key] for key in file.files}
        with np.load(folder / f"{name}.joints.npz") as file:
            self.motion = Motion(file["q"], file["t"], self.fps, SMPLX)

        with np.load(folder / f"{name}.shapes.npz") as file:
            self.shapes = {key: file[key] for key in file.files}

    @property
    def times(self) -> np.ndarray:
        """Of its frames, seconds."""
        return (self.start + np.arange(self.frames)) / self.fps


def by_pygltflib(case: Case) -> Row:
    """Own kinematics on what pygltflib reads."""
    from pygltflib import GLTF2

    row, gltf = Row("pygltflib", f"{case.name}.glb"), GLTF2().load(case.folder / f"{case.name}.glb")

    def numbers(index: int) -> np.ndarray:
        about, width = gltf.accessors[index], {"SCALAR": 1, "VEC3": 3, "VEC4": 4}[gltf.accessors[index].type]
        view = gltf.bufferViews[about.bufferView]
        first = (view.byteOffset or 0) + (about.byteOffset or 0)
        return np.frombuffer(gltf.binary_blob(), "<f4", about.count * width, first).reshape(-1, width).astype(float)

    played: dict[tuple[int, str], np.ndarray] = {}
    if len(gltf.animations) != 1:
        row.said = f"{len(gltf.animations)} animations"
    for channel in gltf.animations[0].channels:
        sampler = gltf.animations[0].samplers[channel.sampler]
        times, values = numbers(sampler.input)[:, 0], numbers(sampler.output)
        values = values.reshape(len(times), -1)
        row.time(times[0], case.times[0])
        row.time(times[-1], case.times[-1])
        rows = np.stack([np.interp(case.times, times, column) for column in values.T], axis=1)
        played[channel.target.node, channel.target.path] = rows

    def walk(number: int, above: np.ndarray) -> None:
        node, own = gltf.nodes[number], np.tile(np.eye(4), (case.frames, 1, 1))
        if node.matrix and not node.rotation and not node.translation and node.matrix != np.eye(4).ravel().tolist():
            own[:] = np.array(node.matrix).reshape(4, 4).T
        else:
            turn = played.get((number, "rotation"), np.array([node.rotation or (0, 0, 0, 1)], float))
            own[:, :3, :3] = of_xyzw(turn) * played.get((number, "scale"), np.array([node.scale or (1, 1, 1)]))[:, None]
            own[:, :3, 3] = played.get((number, "translation"), np.array([node.translation or (0, 0, 0)]))
        world = above @ own
        if node.name in case.bones and node.mesh is None:
            _hold(row, case, node.name, Y_TO_Z @ world)
        for child in node.children or ():
            walk(child, world)

    weights: dict[str, np.ndarray] = {}
    for number, path in played:
        if path == "weights":
            names = gltf.meshes[gltf.nodes[number].mesh].extras["targetNames"]
            weights |= dict(zip(names, played[number, path].T, strict=True))
    row.shapes(weights, case.shapes)
    for number in gltf.scenes[0].nodes:
        walk(number, np.tile(np.eye(4), (case.frames, 1, 1)))
    return row


def _hold(row: Row, case: Case, bone: str, world: np.ndarray) -> None:
    """A bone's world transforms (T, 4, 4), Z up, against Blender's; but for the root that presets add."""
    if bone == "root" and case.preset != "CHARACTER":
        return
    expected = case.bones[bone]
    row.place(world[:, :3, 3], expected[:, :3, 3])
    row.turn(rotations(world), rotations(expected))


def by_usd(case: Case, ending: str) -> Iterator[Row]:
    """UsdSkel's own evaluation, and all validators of usd-core."""
    from pxr import Usd, UsdGeom, UsdSkel, UsdValidation

    path = case.folder / f"{case.name}.{ending}"
    stage, row = Usd.Stage.Open(str(path)), Row("usd-core", path.name)
    prim = next(prim for prim in stage.Traverse() if prim.IsA(UsdSkel.Skeleton))
    query = UsdSkel.Cache().GetSkelQuery(UsdSkel.Skeleton(prim))
    row.time(stage.GetStartTimeCode() / stage.GetTimeCodesPerSecond(), case.times[0])
    row.time(stage.GetEndTimeCode() / stage.GetTimeCodesPerSecond(), case.times[-1])
    others = dict(text.split(": ") for text in case.renamed)
    by_name = {_usd_name(others.get(bone, bone)): bone for bone in case.bones}
    rows: dict[str, list[np.ndarray]] = {}
    cache = UsdGeom.XformCache()
    for k in range(case.frames):
        time = Usd.TimeCode(case.start + k)
        cache.SetTime(time)
        above = np.array(cache.GetLocalToWorldTransform(prim))
        for joint, matrix in zip(query.GetJointOrder(), query.ComputeJointSkelTransforms(time), strict=True):
            rows.setdefault(joint.rpartition("/")[2], []).append((np.array(matrix) @ above).T)
    if len(rows) != len(query.GetJointOrder()):
        row.said = "two joints of one name"
    for joint, stack in rows.items():
        if joint in by_name:
            _hold(row, case, by_name[joint], np.array(stack))
    moved = query.GetAnimQuery()
    weights = [moved.ComputeBlendShapeWeights(Usd.TimeCode(case.start + k)) for k in range(case.frames)]
    row.shapes(dict(zip(moved.GetBlendShapeOrder(), np.array(weights).T, strict=True)), case.shapes)
    rest = np.array(query.ComputeJointSkelTransforms(Usd.TimeCode.Default(), atRest=True))
    bind = np.array(UsdSkel.Skeleton(prim).GetBindTransformsAttr().Get())
    if np.abs(rest - bind).max() > 1e-4:
        row.said = "rest is not bind pose"
    yield row
    context = UsdValidation.ValidationContext(UsdValidation.ValidationRegistry().GetOrLoadAllValidators())
    errors: dict[bool, set[str]] = {True: set(), False: set()}
    for error in context.Validate(stage):
        errors[error.GetType() == UsdValidation.ValidationErrorType.Error].add(error.GetName())
    if errors[False]:
        print(f"    {path.name}: warnings {', '.join(sorted(errors[False]))}")
    checked = Row("usd-core, all validators", path.name)
    checked.said = ", ".join(sorted(errors[True]))
    yield checked


def _usd_name(name: str) -> str:
    return "".join(c if c.isascii() and (c.isalnum() or c == "_") else "_" for c in name)


def by_bvh(case: Case) -> Iterator[Row]:
    """World positions by three packages, against our kinematics of what Blender's rig showed."""
    import bvhio
    import pybvh
    from bvhtoolbox import Bvh

    path = case.folder / f"{case.name}.bvh"
    places = joint_positions(case.motion) + np.array((0, PELVIS_HEIGHT_M, 0))
    frames = case.start + np.arange(case.frames)

    row, root = Row("bvhio", path.name), bvhio.readAsHierarchy(str(path))
    seconds = bvhio.readAsBvh(str(path)).FrameTime
    row.time(seconds * frames[-1], case.times[-1])
    for k, frame in enumerate(frames):
        root.loadPose(int(frame))
        for joint, _index, _depth in root.layout():
            if joint.Name in SMPLX.names:
                found = np.array(joint.PositionWorld) / 100
                row.place(found, places[k, SMPLX.index(joint.Name)])
    yield row

    row, read = Row("pybvh", path.name), pybvh.read_bvh_file(str(path))
    row.time(read.frame_time * frames[-1], case.times[-1])
    found = np.asarray(read.node_positions())
    names = [node.name for node in read.nodes]
    for index, name in enumerate(names):
        if name in SMPLX.names:
            row.place(found[frames, index] / 100, places[:, SMPLX.index(name)])
    yield row

    row, read = Row("bvhtoolbox", path.name), Bvh(path.read_text())
    row.time(read.frame_time * frames[-1], case.times[-1])
    worlds: dict[str, np.ndarray] = {}
    for name in read.get_joints_names():
        channels = read.joint_channels(name)
        values = np.array(read.frames_joint_channels(name, channels))[frames].astype(float)
        own = np.tile(np.eye(4), (case.frames, 1, 1))
        own[:, :3, 3] = read.joint_offset(name)
        for channel, column in zip(channels, values.T, strict=True):
            step = np.tile(np.eye(4), (case.frames, 1, 1))
            axis = "XYZ".index(channel[0])
            if channel.endswith("position"):
                own[:, axis, 3] = column
                continue
            a, b, angle = (axis + 1) % 3, (axis + 2) % 3, np.radians(column)
            step[:, a, a] = step[:, b, b] = np.cos(angle)
            step[:, b, a], step[:, a, b] = np.sin(angle), -np.sin(angle)
            own = own @ step
        parent = read.joint_parent(name)
        worlds[name] = worlds[parent.name] @ own if parent is not None and parent.name in worlds else own
        if name in SMPLX.names:
            row.place(worlds[name][:, :3, 3] / 100, places[:, SMPLX.index(name)])
    yield row


def by_three(cases: list[Case], found: dict) -> Iterator[Row]:
    """What three.js played, and the Khronos validator."""
    for case in cases:
        for ending in ("glb", "fbx"):
            file = f"{case.name}.{ending}"
            played, row = found["played"][file], Row("three.js", file)
            row.time(played["first"], case.times[0])
            row.time(played["last"], case.times[-1])
            if played["clips"] != 1:
                row.said = f"{played['clips']} clips"
            by_name = {_three_name(bone): bone for bone in case.bones} | {bone: bone for bone in case.bones}
            row.shapes(played["shapes"], case.shapes)
            n = 0
            for name, values in played["rows"].items():
                if name in by_name:
                    rows, bone, n = np.array(values), by_name[name], n + 1
                    world = np.tile(np.eye(4), (case.frames, 1, 1))
                    world[:, :3, :3], world[:, :3, 3] = of_xyzw(rows[:, 3:]), rows[:, :3]
                    if ending == "fbx":
                        world[:, :3, 3] /= 100  # three.js shows centimetres as they are
                    _hold(row, case, bone, Y_TO_Z @ world)
            if not n:
                row.said = "no bone was found"
            yield row
    for file, (errors, warnings, said) in found["errors"].items():
        row = Row("Khronos validator", file)
        row.said = f"{errors} errors {said}" if errors else ""
        if warnings:
            print(f"    {file}: {warnings} warnings, {said}")
        yield row


def _three_name(name: str) -> str:
    return "".join("_" if c.isspace() else c for c in name if c not in "[].:/")


def by_browser(cases: list[Case], vrm: str, found: dict) -> Iterator[Row]:
    """The normalized bones of a VRM in Chromium: each turned as our joint is, and where that puts it on this body."""
    if "error" in found:
        raise SystemExit(found["error"])
    joints = {bone: joint for joint, bone in HUMAN_BONES.items()}
    for case in cases:
        about, row = found[case.name], Row(f"three-vrm-animation, {vrm}", f"{case.name}.vrma")
        row.time(about["first"], case.times[0])
        row.time(about["last"], case.times[-1])
        q = quaternion_to_matrix(case.motion.quaternions.astype(float))
        worlds: dict[str, np.ndarray] = {}
        waiting = list(about["bones"].items())
        height = about["bones"]["hips"]["rest"][1]
        # A VRM 0 faces the other way: what three-vrm plays on it is turned by half a turn about Y.
        half = np.diag((-1.0, 1.0, -1.0)) if about["version"] == "0" else np.eye(3)
        while waiting:
            bone, data = waiting.pop(0)
            if data["parent"] is not None and data["parent"] not in worlds:
                waiting.append((bone, data))
                continue
            own = np.tile(np.eye(4), (case.frames, 1, 1))
            own[:, :3, 3] = data["rest"]
            if bone in joints:
                own[:, :3, :3] = half @ q[:, SMPLX.index(joints[bone])] @ half
                row.turn(of_xyzw(np.array(data["turns"])), own[:, :3, :3])
            if bone == "hips":
                scale = height / PELVIS_HEIGHT_M
                own[:, :3, 3] = scale * (case.motion.translation + np.array((0, PELVIS_HEIGHT_M, 0))) @ half
            worlds[bone] = worlds[data["parent"]] @ own if data["parent"] is not None else own
            row.place(np.array(data["places"]), worlds[bone][:, :3, 3])
        yield row


def main(folder: Path) -> int:
    """Print a row for each file and reader. Returns how many are not good."""
    cases = [Case(folder, name, about) for name, about in json.loads((folder / "about.json").read_text()).items()]
    rows: list[Row] = []
    for case in cases:
        if case.preset in ("CHARACTER", "GODOT"):
            rows += [by_pygltflib(case)]
        rows += [*by_usd(case, "usd"), *by_usd(case, "usdc"), *by_bvh(case)]
    rows += by_three(cases, json.loads((folder / "three.json").read_text()))
    for path in sorted(folder.glob("browser-*.json")):
        rows += by_browser(cases, path.stem.removeprefix("browser-"), json.loads(path.read_text()))
    print("\n".join(map(str, rows)))
    bad = sum(not row.is_good for row in rows)
    limits = f"{MOST_MM:g} mm, {MOST_DEG:g} degrees, {1000 * MOST_S:g} ms or {MOST_SHARE:g} of a shape key"
    print(f"{len(rows)} readings, {bad} beyond {limits}")
    return bad


if __name__ == "__main__":
    sys.exit(1 if main(Path(sys.argv[1])) else 0)
