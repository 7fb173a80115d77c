"""How well a character follows a motion, measured on its evaluated deform bones and mesh: the table of acceptance.

Written apart from the add-on: kinematics of its own, and the deform bone of each joint from `rig_names`. Directions go
from a bone's head to the head of the next joint's bone, never to a tail. Places are compared in our skeleton's axes (Y
up, facing +Z, the left is +X), divided by the ratio of the legs; millimetres are those of a character 1.7 m tall.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import bpy
import numpy as np
from rig_names import FINGERS
from rigs import Character

from a2g_core.body.skeleton import SMPLX

SIDES = ("left", "right")
LEG = ("hip", "knee", "ankle")
TALL_M = 1.7
"""What millimetres are given for."""

STILL_M = 0.02
"""A foot is planted from one measured frame to the next if its ankle stays this near to where it was put down."""

# The source -----------------------------------------------------------------------------------------------------------


class Source(NamedTuple):
    """A motion on our skeleton. places: by joint, (T, 3) metres. turns: (T, 3, 3) from rest, in the skeleton's axes."""

    places: Mapping[str, np.ndarray]
    turns: Mapping[str, np.ndarray]
    rest: Mapping[str, np.ndarray]
    local: Mapping[str, np.ndarray]


def source_of(quaternions: np.ndarray, translation: np.ndarray) -> Source:
    """Forward kinematics of local rotations (T, 55, 4) as (w, x, y, z), and the pelvis' travel (T, 3) in metres."""
    local = {name: _matrices(quaternions[:, j]) for j, name in enumerate(SMPLX.names)}
    places: dict[str, np.ndarray] = {}
    turns: dict[str, np.ndarray] = {}
    rest: dict[str, np.ndarray] = {}
    for name, parent, offset in zip(SMPLX.names, SMPLX.parents, np.array(SMPLX.offsets), strict=True):
        if parent < 0:
            rest[name], places[name], turns[name] = offset, offset + np.float64(translation), local[name]
            continue
        above = SMPLX.names[parent]
        rest[name] = rest[above] + offset
        places[name] = places[above] + turns[above] @ offset
        turns[name] = turns[above] @ local[name]
    return Source(places, turns, rest, local)


def _matrices(q: np.ndarray) -> np.ndarray:
    """(T, 4) to (T, 3, 3)."""
    q = np.asarray(q, np.float64)
    w, v = q[:, 0], q[:, 1:]
    size = np.sum(q * q, axis=1)[:, None, None]
    cross = np.zeros((len(q), 3, 3))
    cross[:, 0, 1], cross[:, 0, 2], cross[:, 1, 2] = -v[:, 2], v[:, 1], -v[:, 0]
    cross -= cross.swapaxes(1, 2)
    return np.eye(3) + 2 * (w[:, None, None] * cross + cross @ cross) / size


# What is seen ---------------------------------------------------------------------------------------------------------


class Seen(NamedTuple):
    """A character's deform bones at rest and on N frames, in our axes and at our size, from the object's origin.

    rest, places: by joint, (3,) and (N, 3). bases: rest rotations (3, 3). turns: (N, 3, 3), how a bone has turned from
    rest. sole: height of the lowest point of both soles above that at rest, (N,). tip: by side, how far the tip of the
    middle finger is from where its bone carries it, (N,). tall: its height over that of a person with our legs.
    """

    rest: Mapping[str, np.ndarray]
    bases: Mapping[str, np.ndarray]
    places: Mapping[str, np.ndarray]
    turns: Mapping[str, np.ndarray]
    sole: np.ndarray | None
    tip: Mapping[str, np.ndarray]
    tall: float = 1.0


def observe(character: Character, frames: Sequence[int]) -> Seen:
    """Play these frames and read what Blender makes of them."""
    obj, joints = character.armature, character.joints
    scene = bpy.context.scene
    bones = {joint: np.array(obj.data.bones[bone].matrix_local, np.float64) for joint, bone in joints.items()}
    skins = [skin for mesh in character.meshes if (skin := _Skin.of(mesh, character)) is not None]
    poses: dict[str, list[np.ndarray]] = {joint: [] for joint in joints}
    soles, tips = [], {side: [] for side in SIDES}
    world = np.array(obj.matrix_world, np.float64)
    size = _leg_length({j: (world @ bones[j])[:3, 3] for j in bones}) / _leg_length(source_rest())
    scale = np.linalg.norm(world[:3, 0])
    floor = min((skin.rest_sole(character.axes) for skin in skins), default=np.inf)
    # A character without a mesh is as tall as its head is high, and somewhat more.
    top = max((skin.top(character.axes) for skin in skins), default=1.13 * _height(bones["head"], character.axes))
    ground = floor if np.isfinite(floor) else _height(bones["left_ankle"], character.axes)
    for frame in frames:
        scene.frame_set(frame)
        graph = bpy.context.evaluated_depsgraph_get()
        pose = obj.evaluated_get(graph).pose.bones
        now = {joint: np.array(pose[bone].matrix, np.float64) for joint, bone in joints.items()}
        for joint, matrix in now.items():
            poses[joint].append(matrix)
        heights = []
        for skin in skins:
            places = skin.places(graph, world)
            heights.append(skin.sole(places, character.axes))
            for side, error in skin.tip_errors(places, now, bones):
                tips[side].append(error * scale / size)
        soles.append((min(heights) - floor) * scale / size if heights and np.isfinite(floor) else np.nan)
    turn, unit = character.axes.T, scale / size
    stacks = {joint: np.array(matrices) for joint, matrices in poses.items()}
    sole = np.array(soles)
    return Seen(
        {joint: turn @ matrix[:3, 3] * unit for joint, matrix in bones.items()},
        {joint: turn @ matrix[:3, :3] for joint, matrix in bones.items()},
        {joint: stack[:, :3, 3] @ turn.T * unit for joint, stack in stacks.items()},
        {j: turn @ _rigid(stack[:, :3, :3]) @ bones[j][:3, :3].T @ turn.T for j, stack in stacks.items()},
        sole if np.isfinite(sole).any() else None,
        {side: np.array(errors) for side, errors in tips.items() if errors},
        (top - ground) * unit / TALL_M,
    )


def _height(matrix: np.ndarray, axes: np.ndarray) -> float:
    return float(matrix[:3, 3] @ axes[:, 1])


def source_rest() -> dict[str, np.ndarray]:
    """Where our joints are at rest, (3,) metres."""
    return dict(zip(SMPLX.names, SMPLX.rest_positions, strict=True))


def _leg_length(places: Mapping[str, np.ndarray]) -> float:
    points = [places[f"left_{joint}"] for joint in LEG]
    return float(sum(np.linalg.norm(b - a) for a, b in itertools.pairwise(points)))


def _rigid(matrices: np.ndarray) -> np.ndarray:
    """The nearest rotations (N, 3, 3): a bone may be stretched."""
    u, _s, v = np.linalg.svd(matrices)
    return u @ v


class _Skin:
    """The vertices of a mesh that are looked at: those of the soles, and the tips of the middle fingers."""

    KEY = "acceptance_vertex"

    def __init__(self, mesh: bpy.types.Object, soles: np.ndarray, tips: Mapping[str, int], rest: np.ndarray) -> None:
        self.mesh, self.soles, self.tips, self.rest = mesh, soles, tips, rest

    @classmethod
    def of(cls, mesh: bpy.types.Object, character: Character) -> _Skin | None:
        """None for a mesh that shows nothing. Its vertices are numbered, as modifiers may leave some out."""
        data = mesh.data
        if cls.KEY not in data.attributes:
            data.attributes.new(cls.KEY, "INT", "POINT").data.foreach_set("value", np.arange(len(data.vertices)))
        bones = character.armature.data.bones
        names = {g.index: g.name for g in mesh.vertex_groups if g.name in bones and bones[g.name].use_deform}
        rest = cls._rest(mesh, character.armature)
        feet = {character.joints[f"{side}_{j}"] for side in SIDES for j in ("ankle", "foot")}
        feet |= {bone.name for foot in feet for bone in bones[foot].children_recursive}
        soles, wholly = [], {}
        for vertex in data.vertices:
            weights = {names[g.group]: g.weight for g in vertex.groups if g.group in names}
            total = sum(weights.values())
            if not total or np.isnan(rest[vertex.index, 0]):
                continue
            name = max(weights, key=weights.__getitem__)
            if name in feet:
                soles.append(vertex.index)
            if weights[name] > 0.99 * total:
                wholly.setdefault(name, []).append(vertex.index)
        tips = {}
        for side in SIDES:
            last = character.joints.get(f"{side}_middle3")
            if last in wholly:
                head = np.array(bones[last].head_local)
                tips[side] = max(wholly[last], key=lambda k: np.linalg.norm(rest[k] - head))
        return cls(mesh, np.array(soles, np.int64), tips, rest) if np.isfinite(rest).any() else None

    @classmethod
    def _rest(cls, mesh: bpy.types.Object, armature: bpy.types.Object) -> np.ndarray:
        """Where each vertex is at rest, as `places`; evaluated, as shape keys may have formed the body."""
        armature.data.pose_position = "REST"
        graph = bpy.context.evaluated_depsgraph_get()
        graph.update()
        rest = cls._places(mesh, graph, np.array(armature.matrix_world, np.float64))
        armature.data.pose_position = "POSE"
        graph.update()
        return rest

    @classmethod
    def _numbers(cls, data: bpy.types.Mesh) -> np.ndarray:
        numbers = np.empty(len(data.vertices), np.int32)
        data.attributes[cls.KEY].data.foreach_get("value", numbers)
        return numbers

    def places(self, graph: bpy.types.Depsgraph, world: np.ndarray) -> np.ndarray:
        """Where each vertex is, (n, 3) in armature space; NaN for those that modifiers leave out."""
        return self._places(self.mesh, graph, world)

    @classmethod
    def _places(cls, mesh: bpy.types.Object, graph: bpy.types.Depsgraph, world: np.ndarray) -> np.ndarray:
        evaluated = mesh.evaluated_get(graph)
        data = evaluated.data
        places = np.empty(3 * len(data.vertices), np.float32)
        data.vertices.foreach_get("co", places)
        to_armature = np.linalg.inv(world) @ np.array(evaluated.matrix_world, np.float64)
        found = np.full((len(mesh.data.vertices), 3), np.nan)
        found[cls._numbers(data)] = places.reshape(-1, 3) @ to_armature[:3, :3].T + to_armature[:3, 3]
        return found

    def rest_sole(self, axes: np.ndarray) -> float:
        """Height of the lowest point of the soles at rest, in armature units."""
        return float((self.rest[self.soles] @ axes[:, 1]).min()) if len(self.soles) else np.inf

    def top(self, axes: np.ndarray) -> float:
        """Height of its highest point at rest, in armature units."""
        return float(np.nanmax(self.rest @ axes[:, 1]))

    def sole(self, places: np.ndarray, axes: np.ndarray) -> float:
        """The same of vertices as they are."""
        return float(np.nanmin(places[self.soles] @ axes[:, 1])) if len(self.soles) else np.inf

    def tip_errors(
        self, places: np.ndarray, now: Mapping[str, np.ndarray], bones: Mapping[str, np.ndarray]
    ) -> Iterable[tuple[str, float]]:
        """By side, how far a tip is from where the last bone of its finger carries it, in armature units."""
        for side, vertex in self.tips.items():
            joint = f"{side}_middle3"
            carried = now[joint] @ np.linalg.inv(bones[joint]) @ np.append(self.rest[vertex], 1.0)
            yield side, float(np.linalg.norm(places[vertex] - carried[:3]))


# The measures ---------------------------------------------------------------------------------------------------------


class Measure(NamedTuple):
    """The worst of all frames and joints. unit: degrees or millimetres. bar: what is accepted, None of a contrast."""

    worst: float
    unit: str
    bar: float | None
    where: str

    @property
    def is_met(self) -> bool:
        """Whether it is below its bar."""
        return self.bar is None or self.worst < self.bar


DIRECTION_DEG, SLIDE_MM, ANKLE_MM, SOLE_MM, TIP_MM = 1.0, 2.0, 5.0, 2.0, 5.0
"""The bars."""

SEGMENTS = {
    "upper arm": (("shoulder", "elbow"),), "forearm": (("elbow", "wrist"),), "hand": (("wrist", "middle1"),),
    "thigh": (("hip", "knee"),), "shin": (("knee", "ankle"),),
    "fingers": tuple((f"{f}{k}", f"{f}{k + 1}") for f in FINGERS for k in (1, 2)),
}  # fmt: skip
ROLLING = ("shoulder", "elbow", "hip", "knee", *(f"{finger}{k}" for finger in FINGERS for k in (1, 2, 3)))
TURNS = {"pelvis": "pelvis", "chest": "spine3", "head": "head"}


def measure(character: Character, source: Source, start: int, rows: Sequence[int]) -> dict[str, Measure]:
    """The table for a take of this motion that plays from frame start on, at these frames of the motion."""
    return judge(observe(character, [start + row for row in rows]), source, rows)


def judge(seen: Seen, source: Source, rows: Sequence[int]) -> dict[str, Measure]:
    """The table for what was seen at these frames of the motion."""
    rows, table = list(rows), {}
    for name, segments in SEGMENTS.items():
        found = [
            (_astray(seen.places, source, rows, side, ends), f"{side} {ends[0]}")
            for side in SIDES
            for ends in segments
            if f"{side}_{ends[1]}" in seen.places
        ]
        if found:
            table[name] = _worst(found, rows, "°", DIRECTION_DEG)
    table |= _hands(seen, source, rows)
    for name, joint in TURNS.items():
        angles = turned_apart(seen.turns[joint], source.turns[joint][rows])
        table[name] = _worst([(angles, joint)], rows, "°", DIRECTION_DEG)
    feet = [(turned_apart(seen.turns[f"{s}_ankle"], source.turns[f"{s}_ankle"][rows]), f"{s} foot") for s in SIDES]
    table["foot"] = _worst(feet, rows, "°", None)
    # Whatever a bone's rest pose is corrected by, it is the same on all frames: what changes is a twist of its own.
    rolls = []
    for joint in (f"{side}_{name}" for side in SIDES for name in ROLLING if f"{side}_{name}" in seen.turns):
        correction = source.turns[joint][rows].swapaxes(1, 2) @ seen.turns[joint]
        rolls.append((turned_apart(correction, correction[:1]), joint))
    table["roll"] = _worst(rolls, rows, "°", None)
    return table | _floor(seen, source, rows) | contrasts(seen, source, rows)


def _hands(seen: Seen, source: Source, rows: Sequence[int]) -> dict[str, Measure]:
    table, sides = {}, [side for side in SIDES if f"{side}_pinky1" in seen.places]
    if sides:
        found = [(_angles(_palm(seen.places, s), _palm(source.places, s)[rows]), f"{s} palm") for s in sides]
        table["palm"] = _worst(found, rows, "°", DIRECTION_DEG)
    bends = []
    for side in sides:
        for finger in FINGERS:
            last, before = f"{side}_{finger}3", f"{side}_{finger}2"
            # It has no direction of its own; it turns with the segment before as it does in the source.
            bend = source.turns[last][rows] @ source.turns[before][rows].swapaxes(1, 2)
            bends.append((turned_apart(seen.turns[last], bend @ seen.turns[before]), last))
    if bends:
        table["last phalanx"] = _worst(bends, rows, "°", DIRECTION_DEG)
    tips = [(1000 / seen.tall * errors, f"{side} middle tip") for side, errors in seen.tip.items()]
    if tips:
        table["fingertip"] = _worst(tips, rows, "mm", TIP_MM)
    return table


def _floor(seen: Seen, source: Source, rows: Sequence[int]) -> dict[str, Measure]:
    slides, heights = [], []
    mm = 1000 / seen.tall
    for side in SIDES:
        joint = f"{side}_ankle"
        here, there = seen.places[joint], source.places[joint][rows]
        for run in planted(source.places[joint], rows):
            beyond = _reach(here[run][:, [0, 2]]) - _reach(there[run][:, [0, 2]])
            slides.append((np.array([mm * max(beyond, 0.0)]), f"{side} ankle from {rows[run[0]]}"))
        lifted = (here[:, 1] - seen.rest[joint][1]) - (there[:, 1] - source.rest[joint][1])
        heights.append((mm * np.abs(lifted), joint))
    table = {"slide": _worst(slides, None, "mm", SLIDE_MM)} if slides else {}
    table["ankle height"] = _worst(heights, rows, "mm", ANKLE_MM)
    if seen.sole is not None:
        table["sole below"] = _worst([(np.maximum(-mm * seen.sole, 0.0), "sole")], rows, "mm", SOLE_MM)
        table["sole above"] = _worst([(np.maximum(mm * seen.sole, 0.0), "sole")], rows, "mm", None)
    return table


def planted(ankle: np.ndarray, rows: Sequence[int]) -> list[list[int]]:
    """Runs of measured frames, by their number, through which an ankle (T, 3) of the source stays where it was."""
    runs: list[list[int]] = [[0]]
    for k in range(1, len(rows)):
        way = ankle[rows[k - 1] : rows[k] + 1] - ankle[rows[runs[-1][0]]]
        if np.linalg.norm(way, axis=1).max() < STILL_M:
            runs[-1].append(k)
        else:
            runs.append([k])
    return [run for run in runs if len(run) > 1]


def contrasts(seen: Seen, source: Source, rows: Sequence[int]) -> dict[str, Measure]:
    """What arms and fingers would score with quaternions copied by name, and without a correction of the rest pose."""
    table = {}
    for title, places in (("naive", _copied(seen, source, rows)), ("uncorrected", _uncorrected(seen, source, rows))):
        for part, names in (("arms", ("upper arm", "forearm", "hand")), ("fingers", ("fingers",))):
            found = [
                (_astray(places, source, rows, side, ends), f"{side} {ends[0]}")
                for side in SIDES
                for ends in itertools.chain(*(SEGMENTS[name] for name in names))
                if f"{side}_{ends[1]}" in places
            ]
            if found:
                table[f"{title} {part}"] = _worst(found, rows, "°", None)
    return table


def _copied(seen: Seen, source: Source, rows: Sequence[int]) -> dict[str, np.ndarray]:
    """Where joints would be if each bone had its joint's quaternion for its own."""
    local = {}
    for joint, base in seen.bases.items():
        turn = source.turns[joint][rows]
        if above := _above(joint, seen.bases):  # with the joints between, whose bones are not among the measured ones
            turn = source.turns[above][rows].swapaxes(1, 2) @ turn
        local[joint] = base @ turn @ base.T
    return _chained(seen, local)


def _uncorrected(seen: Seen, source: Source, rows: Sequence[int]) -> dict[str, np.ndarray]:
    """Where joints would be if each bone turned from its own rest pose as its joint does from ours."""
    return _chained(seen, {}, {joint: source.turns[joint][rows] for joint in seen.bases})


def _chained(
    seen: Seen, local: Mapping[str, np.ndarray], turns: Mapping[str, np.ndarray] | None = None
) -> dict[str, np.ndarray]:
    """Places (N, 3) from turns about the rest axes of each bone's own parent, or from whole turns."""
    places: dict[str, np.ndarray] = {}
    whole: dict[str, np.ndarray] = {}
    for joint in (name for name in SMPLX.names if name in seen.bases):
        above = _above(joint, seen.bases)
        base = whole[above] if above else np.eye(3)
        whole[joint] = turns[joint] if turns is not None else base @ local[joint]
        step = seen.rest[joint] - seen.rest[above] if above else seen.rest[joint]
        places[joint] = (places[above] if above else 0.0) + np.broadcast_to(base @ step, (len(whole[joint]), 3))
    return places


def _above(joint: str, present: Mapping[str, object]) -> str:
    parent = SMPLX.parents[SMPLX.names.index(joint)]
    while parent >= 0 and SMPLX.names[parent] not in present:
        parent = SMPLX.parents[parent]
    return SMPLX.names[parent] if parent >= 0 else ""


def _astray(
    places: Mapping[str, np.ndarray], source: Source, rows: Sequence[int], side: str, ends: tuple[str, str]
) -> np.ndarray:
    """Degrees (N,) from where a segment points in the source."""
    return _angles(_between(places, side, *ends), _between(source.places, side, *ends)[rows])


def _between(places: Mapping[str, np.ndarray], side: str, first: str, second: str) -> np.ndarray:
    return places[f"{side}_{second}"] - places[f"{side}_{first}"]


def _palm(places: Mapping[str, np.ndarray], side: str) -> np.ndarray:
    """Normals (N, 3) of the palm, of any length: across wrist to middle knuckle and little to index knuckle."""
    return np.cross(_between(places, side, "wrist", "middle1"), _between(places, side, "pinky1", "index1"))


def _angles(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Degrees between vectors (N, 3)."""
    return np.degrees(np.arctan2(np.linalg.norm(np.cross(a, b), axis=1), np.sum(a * b, axis=1)))


def _turned(turns: np.ndarray) -> np.ndarray:
    """Degrees of rotations (N, 3, 3)."""
    axis = np.stack([turns[:, 2, 1] - turns[:, 1, 2], turns[:, 0, 2] - turns[:, 2, 0], turns[:, 1, 0] - turns[:, 0, 1]])
    return np.degrees(np.arctan2(np.linalg.norm(axis, axis=0), np.trace(turns, axis1=1, axis2=2) - 1))


def turned_apart(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Degrees between rotations (N, 3, 3)."""
    return _turned(a @ b.swapaxes(1, 2))


def _reach(points: np.ndarray) -> float:
    """The largest distance between any two of (n, 2)."""
    return float(np.linalg.norm(points[:, None] - points[None], axis=2).max())


def _worst(
    found: Sequence[tuple[np.ndarray, str]], rows: Sequence[int] | None, unit: str, bar: float | None
) -> Measure:
    values, name = max(found, key=lambda item: item[0].max())
    row = int(values.argmax())
    return Measure(float(values.max()), unit, bar, name if rows is None else f"{name} at {rows[row]}")


# The table ------------------------------------------------------------------------------------------------------------


def worst_of(tables: Sequence[Mapping[str, Measure]]) -> dict[str, Measure]:
    """One table of several takes' on one rig."""
    return {name: max((table[name] for table in tables), key=lambda measure: measure.worst) for name in tables[0]}


def missed(table: Mapping[str, Measure]) -> list[str]:
    """A line for each measure that misses its bar."""
    return [f"{n}: {m.worst:.3g} {m.unit} ({m.where})" for n, m in table.items() if not m.is_met]


def text(tables: Mapping[str, Mapping[str, Measure]]) -> str:
    """All rigs' tables as one, a row for each; what misses its bar is marked with an exclamation mark."""
    columns = list(dict.fromkeys(name for table in tables.values() for name in table))
    bars = {n: m for table in tables.values() for n, m in table.items()}
    width = max(map(len, tables)) + 1
    words = [name.rpartition(" ") for name in columns]
    lines = [[""] + [first for first, _, _ in words], [""] + [last for _, _, last in words]]
    lines.append(["bar", *("" if bars[n].bar is None else f"<{bars[n].bar:g} {bars[n].unit}" for n in columns)])
    for rig, table in tables.items():
        cells = (f"{table[n].worst:.2f}{' ' if table[n].is_met else '!'}" if n in table else "- " for n in columns)
        lines.append([rig, *cells])
    return "\n".join((f"{first:{width}}" + "".join(f"{cell:>12}" for cell in line)).rstrip() for first, *line in lines)
