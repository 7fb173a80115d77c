"""Controls: which of an armature's bones are keyed, how each shares our body's turns, and what it follows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil
from typing import NamedTuple

import numpy as np

from .rig_map import Fit
from .rotations import matrix_to_quaternion
from .skeleton import SIDES, SMPLX

ROOT = SMPLX.names[0]
SPINE = (ROOT, "spine1", "spine2", "spine3")
NECK = ("spine3", "neck")
HIPS = tuple(f"{side}_hip" for side in SIDES)


class Follow(NamedTuple):
    """What turns a control besides its own rotation: the turn of another control, None for none.

    towards, weight: of a control that follows two, the second one, and how far the turn goes from the first's to it.
    """

    parent: str | None
    towards: str | None = None
    weight: float = 0.0


@dataclass(frozen=True, eq=False)
class Control:
    """A bone that is keyed.

    joint: whose part of the body it belongs to. between, share: it turns as our body does at this share of the way from
    the first joint to the second. twists: of a twist bone instead, the controls between which it takes half of the
    twist. rest: rotation (3, 3) in armature space. head: (3,) there. mode: its rotation mode, as Blender names it.
    correction: C, or None for the identity. is_still: it is not keyed, and goes with what it follows. is_ours: it rests
    and hangs as our own skeleton's joint does, so that its rotation is the joint's, seen along other axes.
    """

    bone: str
    joint: str
    between: tuple[str, str]
    share: float
    rest: np.ndarray
    head: np.ndarray
    mode: str
    follow: Follow
    correction: np.ndarray | None = None
    twists: tuple[str, str] | None = None
    is_still: bool = False
    is_ours: bool = False

    @cached_property
    def correction_quaternion(self) -> np.ndarray | None:
        """(4,) the correction, if there is one."""
        return None if self.correction is None else matrix_to_quaternion(self.correction)


def make_controls(
    fit: Fit,
    rests: Mapping[str, np.ndarray],
    modes: Mapping[str, str],
    parents: Mapping[str, Follow],
    corrections: Mapping[str, np.ndarray],
    still: Collection[str],
) -> tuple[dict[str, Control], tuple[tuple[str, float], ...]]:
    """(the controls by bone, in the order of their joints in SMPLX; those that share our spine's turns, each with how
    far up it is, 3 at the top). corrections: C by joint, of those that have one. The rest: see `rig.make_rig`.
    """
    sources, made = _sources(fit, parents), {}
    for bone, source in sources.items():
        correction = corrections.get(source.joint) if bone == fit.joints.get(source.joint) else None
        made[bone] = Control(
            bone, source.joint, source.between, source.share, rests[bone][:3, :3], rests[bone][:3, 3], modes[bone],
            parents[bone], correction, source.twists, bone in still,
        )  # fmt: skip
    controls = {bone: replace(control, is_ours=_is_ours(control, made)) for bone, control in made.items()}
    return controls, tuple((bone, source.height) for bone, source in sources.items() if source.height)


def rest_places(fit: Fit, rests: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Where each joint that has a bone of its own lies at rest, (3,) in armature space; rests: see `make_rig`."""
    return {joint: rests[bone][:3, 3] for joint, bone in named(fit).items()}


def bones_of(fit: Fit) -> dict[str, str]:
    """The controls of a fit, each with the joint to whose part of the body it belongs, in the order of SMPLX."""
    n_spine = len(fit.spine)
    joint_of = {bone: joint for joint, bone in fit.joints.items()}
    joint_of |= {bone: SPINE[ceil(3 * i / n_spine)] for i, bone in enumerate(fit.spine, start=1)}
    joint_of |= dict.fromkeys(fit.neck, NECK[1])
    joint_of |= {bone: joint for joint, bone in fit.free_twist.items()}
    order = SMPLX.names.index
    return dict(sorted(joint_of.items(), key=lambda pair: order(pair[1])))


class _Source(NamedTuple):
    """What a control turns as, see `Control`. height: of a bone that shares our spine's turns, see `Rig.spine`."""

    joint: str
    between: tuple[str, str]
    share: float
    height: float = 0.0
    twists: tuple[str, str] | None = None


def _sources(fit: Fit, parents: Mapping[str, Follow]) -> dict[str, _Source]:
    """By bone, in the order of `bones_of`."""
    carrying = {bone for hip in HIPS if hip in fit.joints for bone in _carriers(fit.joints[hip], parents)}
    free = [bone for bone in fit.spine if bone not in carrying]
    found = {bone: _Source(joint, (joint, joint), 0.0) for joint, bone in fit.joints.items()}
    found |= {bone: _Source(ROOT, (ROOT, ROOT), 0.0) for bone in fit.spine if bone in carrying}
    for number, bone in enumerate(free, start=1):
        height = 3 * number / len(free)
        top = ceil(height - 1e-9)
        found[bone] = _Source(SPINE[top], (SPINE[top - 1], SPINE[top]), height - (top - 1), height)
    for number, bone in enumerate(fit.neck, start=1):
        found[bone] = _Source(NECK[1], NECK, number / len(fit.neck))
    for joint, bone in fit.free_twist.items():
        limb = joint_above(joint, fit.joints)
        if joint in fit.joints and limb is not None:
            found[bone] = _Source(joint, (joint, joint), 0.0, 0.0, (fit.joints[limb], fit.joints[joint]))
    order = SMPLX.names.index
    return dict(sorted(found.items(), key=lambda pair: order(pair[1].joint)))


def _carriers(bone: str, parents: Mapping[str, Follow]) -> set[str]:
    """All that a control follows, directly or not."""
    follow = parents[bone]
    above = {name for name in (follow.parent, follow.towards) if name is not None}
    return above.union(*(_carriers(name, parents) for name in above))


def named(fit: Fit) -> dict[str, str]:
    """The control of each joint that has one for itself, in the order of SMPLX."""
    found = dict(fit.joints)
    if len(fit.spine) == len(SPINE) - 1:
        found |= dict(zip(SPINE[1:], fit.spine, strict=True))
    if fit.neck:
        found[NECK[1]] = fit.neck[0]
    return {joint: found[joint] for joint in SMPLX.names if joint in found}


def _is_ours(control: Control, controls: Mapping[str, Control]) -> bool:
    """Whether a control's own rotation is its joint's: both it and what it follows turn as our skeleton does."""
    if not _is_joint(control) or control.follow.towards is not None:
        return False
    joint, parent = control.joint, control.follow.parent
    above = SMPLX.parents[SMPLX.names.index(joint)]
    if above < 0 or parent is None:
        return above < 0 and parent is None
    return _is_joint(controls[parent]) and controls[parent].joint == SMPLX.names[above]


def _is_joint(control: Control) -> bool:
    """Whether a control turns just as its joint."""
    is_placed = control.between[control.share == 1] == control.joint and control.share in (0, 1)
    return is_placed and control.twists is None and control.correction is None and not control.is_still


def joint_above(joint: str, present: Collection[str]) -> str | None:
    """The nearest of the present joints above one, on our skeleton; None above the root."""
    parent = SMPLX.parents[SMPLX.names.index(joint)]
    while parent >= 0 and SMPLX.names[parent] not in present:
        parent = SMPLX.parents[parent]
    return SMPLX.names[parent] if parent >= 0 else None
