import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from a2g_core.body.arms import at_frames, by_joint, held_from, receptive_field
from a2g_core.body.contact import LAID, hand_depths_m, near_body, shoulder_turns, thumb_folds, turns_out
from a2g_core.body.crossing import arm_depths_m, near_each_other, turns_apart
from a2g_core.body.kinematics import forward_kinematics
from a2g_core.body.rotations import geodesic_angle, matrix_to_sixd, sixd_to_matrix
from a2g_core.body.skeleton import BODY, BODY_HANDS, FINGERS
from a2g_core.body.solids import OURS, Capsule, Solids
from a2g_core.performing.postprocess import take_hands_out

FPS = 30.0
DEEP = np.radians([0, 0, -106])  # a straight arm that hangs into the thigh


def posed(n: int, skeleton=BODY_HANDS, **turns: np.ndarray) -> np.ndarray:
    """(n, J, 3, 3) of the rest pose with joints turned by axis-angle (3,) or (n, 3), radians."""
    rotations = np.tile(np.eye(3), (n, len(skeleton), 1, 1))
    for joint, turn in turns.items():
        rotations[:, skeleton.index(joint)] = Rotation.from_rotvec(np.array(turn) + np.zeros((n, 3))).as_matrix()
    return rotations


def dip(n: int, first: int, stop: int, deep: np.ndarray = DEEP) -> np.ndarray:
    """(n, 3): the left arm hangs beside the body, and from `first` to `stop` swings into the thigh and back."""
    into = np.zeros(n)
    into[first:stop] = np.sin(np.linspace(0, np.pi, stop - first)) ** 2
    return np.outer(into, deep) + np.outer(1 - into, np.radians([0, 0, -80]))


def crossing(
    n: int, first: int, stop: int, begins: float = 0.45, shakes: float = 0.0, wrist: float = 0.0
) -> np.ndarray:
    """(n, J, 3, 3): forearms before the belly, which from `first` to `stop` go into each other and come back.

    begins: how far inwards they point before; shakes: how much they go up and down, and forth and back, one as the
    other does not; wrist: how far hands are bent outwards, radians.
    """
    into, at = np.zeros(n), np.arange(n)
    into[first:stop] = np.sin(np.linspace(0, np.pi, stop - first)) ** 2
    turns = {}
    for side, sign in (("left", 1.0), ("right", -1.0)):
        shoulder = Rotation.from_rotvec(sign * np.radians([0, 0, -75]))
        up, forth = np.sin(1.1 * at) if shakes else np.ones(n), np.cos(1.7 * at)
        along = np.stack(
            [-sign * (begins + 0.5 * into), sign * (shakes or 0.05) * up, 1 + sign * shakes * forth], axis=1
        )
        wanted = shoulder.inv().apply(along / np.linalg.norm(along, axis=1, keepdims=True))
        axis = np.cross([sign, 0, 0], wanted)
        angle = np.arctan2(np.linalg.norm(axis, axis=1), sign * wanted[:, 0])
        turns[f"{side}_elbow"] = axis / np.linalg.norm(axis, axis=1, keepdims=True) * angle[:, None]
        turns[f"{side}_shoulder"] = shoulder.as_rotvec()
        turns[f"{side}_wrist"] = np.array([0, sign * wrist, 0])
    return posed(n, **turns)


def folded(rotations: np.ndarray, skeleton=BODY_HANDS) -> np.ndarray:
    return thumb_folds(by_joint(rotations, skeleton), np.zeros(len(rotations)))


def held_apart(rotations: np.ndarray, skeleton, fps: float) -> np.ndarray:
    """(T, 2, 3): `turns_apart`, held."""
    turns = by_joint(rotations, skeleton)
    frames = np.flatnonzero(near_each_other(turns))
    found = turns_apart(at_frames(turns, frames))
    return np.stack([held_from(found[:, k], frames, len(rotations), fps) for k in range(2)], axis=1)


def turned(rotations: np.ndarray, skeleton=BODY_HANDS, found=shoulder_turns) -> np.ndarray:
    out, turns = rotations.copy(), found(rotations, skeleton, FPS)
    for k, side in enumerate(("left", "right")):
        j = skeleton.index(f"{side}_shoulder")
        out[:, j] = Rotation.from_rotvec(turns[:, k]).as_matrix() @ rotations[:, j]
    return out


def wrist(rotations: np.ndarray, skeleton=BODY_HANDS) -> np.ndarray:
    return forward_kinematics(rotations, skeleton)[0][:, skeleton.index("left_wrist")]


def held_in_the_body(skeleton) -> np.ndarray:
    """Poses (n, J, 3, 3) of a bent and turned body with the left hand 2 to 8 cm deep in it, found by chance."""
    rng, n = np.random.default_rng(5), 3000
    trunk = {name: 0.15 * rng.standard_normal((n, 3)) for name in ("pelvis", "spine1", "spine2", "spine3", "left_hip")}
    shoulder, elbow = (
        rng.uniform([-0.5, -1.2, -1.5], [1.0, 0.3, -0.6], (n, 3)),
        np.outer(rng.uniform(-2.4, 0, n), [0, 1, 0]),
    )
    poses = posed(n, skeleton, **trunk, left_shoulder=shoulder, left_elbow=elbow)
    depths = hand_depths_m(poses, skeleton)[:, 0]
    return poses[(depths > 0.02) & (depths < 0.08)]


def balls_of_a_hand(p: np.ndarray, turns: np.ndarray, side: str) -> list[tuple[np.ndarray, float]]:
    """Where they are in one pose, and their radii: about the wrist, the joints of fingers, and the tips."""
    at = {name: p[k] for k, name in enumerate(BODY_HANDS.names)}
    out = [(at[f"{side}_wrist"], 0.022)]
    for finger in FINGERS:
        last = BODY_HANDS.index(f"{side}_{finger}3")
        tip = at[f"{side}_{finger}3"] + turns[last] @ (0.65 * np.array(BODY_HANDS.offsets[last]))
        out += [(at[f"{side}_{finger}{k}"], r) for k, r in ((1, 0.018), (2, 0.01), (3, 0.01))] + [(tip, 0.008)]
    return out


def deepest_m(rotations: np.ndarray, side: str, solids: Solids = OURS) -> float:
    """In the first of these poses, of all balls in all capsules, in the world."""
    (p, *_), (turns, *_) = forward_kinematics(rotations, BODY_HANDS)
    found = []
    for capsule in solids.capsules():
        k = BODY_HANDS.index(capsule.joint)
        axis = capsule.start + np.linspace(0, 1, 20_001)[:, None] * capsule.along
        axis = p[k] + axis @ turns[k].T
        for place, radius in balls_of_a_hand(p, turns, side):
            found.append(capsule.radius_m + radius - np.linalg.norm(axis - place, axis=1).min())
    return max(found)


def test_depth_is_that_of_the_deepest_ball_of_the_hand_in_any_capsule():
    thumb = {"left_thumb1": [0.2, 1.0, 0.4], "left_thumb2": [0, 0.4, 0], "left_index3": [0, 0, -0.8]}
    for arm in (-90, -84):
        turns = {"left_shoulder": np.radians([0, 0, arm]), "left_hip": [0.1, 0, 0.35], "pelvis": [0.2, 1.0, 0.1]}
        rotations = posed(1, **turns, **thumb)
        wanted = deepest_m(rotations, "left")
        assert wanted > 0.01
        np.testing.assert_allclose(hand_depths_m(rotations, BODY_HANDS), [[wanted, 0]], atol=1e-6)


def pointing(n: int = 60) -> np.ndarray:
    """(n, J, 3, 3): a left hand rests beside the hip, its back to the front, and its thumb points into the body."""
    shoulder = Rotation.from_euler("z", -82, degrees=True) * Rotation.from_euler("x", 60, degrees=True)
    return posed(n, left_shoulder=shoulder.as_rotvec(), left_thumb1=[0, -0.8, 0])


@pytest.mark.parametrize("skeleton", [BODY, BODY_HANDS], ids=len)
def test_hands_leave_the_body_and_go_no_further_than_onto_it(skeleton):
    poses = held_in_the_body(skeleton)
    before, after = poses[:, None], np.stack([turned(pose[None], skeleton) for pose in poses])
    depths = np.stack([[hand_depths_m(pose, skeleton)[0, 0] for pose in some] for some in (before, after)])
    moved = [np.linalg.norm(wrist(b, skeleton) - wrist(a, skeleton)) for b, a in zip(before, after, strict=True)]
    ways = np.array(moved) / depths[0]  # forearms too, which may be deeper
    assert len(poses) > 50 and depths[1].max() < 0.005 and np.median(ways) < 1.5 and np.percentile(ways, 90) < 3


def test_a_thumb_that_points_into_the_body_lies_down_and_the_arm_stays():
    poses = pointing()
    assert hand_depths_m(poses, BODY_HANDS)[:, 0].min() > 0.04
    folds = folded(poses)
    assert (folds[:, 0] == 1).all() and not folds[:, 1].any()
    assert np.degrees(np.linalg.norm(shoulder_turns(poses, BODY_HANDS, FPS)[30, 0])) > 4
    lying = posed(60, left_shoulder=Rotation.from_matrix(poses[0, BODY_HANDS.index("left_shoulder")]).as_rotvec(),
                  left_thumb1=LAID["left_thumb1"])  # fmt: skip
    assert hand_depths_m(lying, BODY_HANDS).max() < 0.005 and not shoulder_turns(lying, BODY_HANDS, FPS).any()
    given = matrix_to_sixd(poses).reshape(60, -1).astype(np.float32)
    out = sixd_to_matrix(take_hands_out(given, BODY_HANDS, FPS).reshape(60, -1, 6))
    changed = np.degrees(geodesic_angle(out, poses)).max(axis=0)
    names = [name for name, degrees in zip(BODY_HANDS.names, changed, strict=True) if degrees > 0.5]
    assert names == ["left_thumb1"] and hand_depths_m(out, BODY_HANDS).max() < 0.005
    assert not folded(poses[:, : len(BODY)], BODY).any()


@pytest.mark.parametrize("finger", ["index", "middle", "ring"])
def test_no_tip_of_a_bent_finger_stays_in_the_thigh(finger):
    hanging = {"left_shoulder": np.radians([0, 0, -86])}
    assert not hand_depths_m(posed(1, **hanging), BODY_HANDS).any()
    poses = posed(60, **hanging, **{f"left_{finger}1": [0, 0, -1.3]})
    assert hand_depths_m(poses, BODY_HANDS)[0, 0] > 0.01
    assert hand_depths_m(turned(poses), BODY_HANDS).max() < 0.005


def test_a_thumb_comes_and_goes_within_the_reach_and_a_span_alone_has_the_bits_of_the_whole():
    rotations, reach = pointing(200), receptive_field(FPS)
    rotations[:80], rotations[110:] = (posed(1)[0],) * 2
    given = matrix_to_sixd(rotations).reshape(200, -1).astype(np.float32)
    whole = take_hands_out(given, BODY_HANDS, FPS)
    (felt,) = np.nonzero((whole != given).any(axis=1))
    assert 80 - reach <= felt[0] < 80 and 110 < felt[-1] < 110 + reach
    for first, stop in ((75, 90), (100, 125), (0, 200)):
        low = max(0, first - reach)
        part = take_hands_out(given[low : stop + reach], BODY_HANDS, FPS)[first - low : stop - low]
        assert part.tobytes() == whole[first:stop].tobytes()


def test_what_is_looked_at_closely_holds_every_contact_however_fingers_are_bent():
    rng, n = np.random.default_rng(7), 4000
    spread = {f"{side}_{joint}": 1.2 for side in ("left", "right") for joint in ("shoulder", "elbow", "wrist")}
    spread |= dict.fromkeys(("pelvis", "spine1", "spine3", "left_hip", "right_hip", "neck"), 0.2)
    fingers = [finger for finger in FINGERS if finger != "thumb"]
    spread |= {f"{side}_{finger}{k}": 0.8 for side in ("left", "right") for finger in fingers for k in (1, 2, 3)}
    poses = posed(n, **{name: size * rng.standard_normal((n, 3)) for name, size in spread.items()})
    turns = by_joint(poses, BODY_HANDS)
    in_body, crossed = hand_depths_m(poses, BODY_HANDS), arm_depths_m(poses, BODY_HANDS)
    near, near_arms = near_body(turns, np.zeros(n)), near_each_other(turns)
    assert (in_body > 0).sum() > 500 and near[in_body > 0].all() and near.mean() < 0.8
    assert (crossed > 0).sum() > 20 and near_arms[crossed > 0].all() and near_arms.mean() < 0.2


def test_an_arm_that_stays_outside_is_not_touched():
    assert not shoulder_turns(posed(40, left_shoulder=np.radians([0, 0, -85])), BODY_HANDS, FPS).any()


def test_a_contact_is_felt_a_little_before_and_after_and_no_further():
    rotations = posed(200, left_shoulder=dip(200, 90, 110))
    touching, moved = (
        np.flatnonzero(hand_depths_m(rotations, BODY_HANDS)[:, 0]),
        shoulder_turns(rotations, BODY_HANDS, FPS),
    )
    reach = receptive_field(FPS)
    assert len(touching) > 0 and hand_depths_m(turned(rotations), BODY_HANDS).max() < 0.005
    assert not moved[:, 1].any()  # the right hand is elsewhere
    frames = np.flatnonzero(moved[:, 0].any(axis=1))
    assert touching[0] - reach <= frames[0] < touching[0] and touching[-1] < frames[-1] <= touching[-1] + reach


def test_the_way_out_and_back_is_smooth():
    rotations = posed(200, left_shoulder=dip(200, 80, 120, np.radians([0, 0, -94])))
    assert hand_depths_m(rotations, BODY_HANDS).max() > 0.06
    jerks = [np.abs(np.diff(wrist(r), n=3, axis=0)).max() * FPS**3 for r in (rotations, turned(rotations))]
    assert jerks[1] < 1.5 * jerks[0]


def test_a_span_alone_has_the_bits_of_the_whole():
    rng = np.random.default_rng(3)
    swing = np.cumsum(rng.standard_normal((3000, 3)), axis=0) / 30 + DEEP
    rotations = posed(3000, left_shoulder=swing).astype(np.float32)
    whole, reach = shoulder_turns(rotations, BODY_HANDS, FPS), receptive_field(FPS)
    assert whole.any()
    for first, stop in ((0, 40), (700, 731), (2030, 2100), (2960, 3000)):
        low, high = max(0, first - reach), min(3000, stop + reach)
        part = shoulder_turns(rotations[low:high], BODY_HANDS, FPS)[first - low : stop - low]
        assert part.tobytes() == whole[first:stop].tobytes()


def test_a_frame_that_meets_alone_has_the_bits_that_it_has_beside_others():
    def out(turns):
        n = turns["pelvis"].shape[-1]
        return turns_out(turns, np.zeros(n, np.float32), np.ones((n, 2), bool))

    inside, crossed = held_in_the_body(BODY_HANDS)[:40].astype(np.float32), crossing(41, 0, 41).astype(np.float32)
    for poses, found in ((inside, out), (crossed, turns_apart)):
        turns = by_joint(poses, BODY_HANDS)
        alone = [found(at_frames(turns, np.array([k]))) for k in range(len(poses))]
        assert np.concatenate(alone).any() and np.concatenate(alone).tobytes() == found(turns).tobytes()


def test_depth_of_arms_in_each_other_is_that_of_the_balls_about_forearms_and_hands():
    rotations = crossing(41, 0, 41)[20:21]
    p = forward_kinematics(rotations, BODY_HANDS)[0][0]

    def balls(side: str) -> tuple[np.ndarray, np.ndarray]:
        joint = {name: p[BODY_HANDS.index(f"{side}_{name}")] for name in ("elbow", "wrist", "middle1")}
        forearm, hand = joint["wrist"] - joint["elbow"], joint["middle1"] - joint["wrist"]
        places = [joint["elbow"] + 0.4 * forearm, joint["elbow"] + 0.7 * forearm, joint["wrist"]]
        knuckles = [p[BODY_HANDS.index(f"{side}_{name}")] for name in
                    ("middle1", "index1", "pinky1", "middle2", "middle3")]  # fmt: skip
        radii = [0.031, 0.027, 0.023, 0.028, 0.022, 0.018, 0.018, 0.024, 0.02]
        return np.array([*places, joint["wrist"] + 0.5 * hand, *knuckles]), np.array(radii)

    (left, wide), (right, broad) = balls("left"), balls("right")
    depths = wide[:, None] + broad - np.linalg.norm(left[:, None] - right, axis=-1)
    assert depths.max() > 0.01
    np.testing.assert_allclose(arm_depths_m(rotations, BODY_HANDS), [depths.max()], atol=1e-6)


def test_arms_leave_each_other_by_half_of_the_way_each_and_no_further_than_needed():
    poses = crossing(200, 90, 130)
    deepest = arm_depths_m(poses, BODY_HANDS).max()
    after = turned(poses, found=held_apart)
    assert deepest > 0.02 and arm_depths_m(after, BODY_HANDS).max() < 0.005
    turns = np.degrees(np.linalg.norm(held_apart(poses, BODY_HANDS, FPS), axis=-1))
    assert turns.max() < 30 and np.abs(turns[:, 0] - turns[:, 1]).max() < 0.3 * turns.max()
    assert np.abs(np.diff(turns, axis=0)).max() < 4, "degrees a frame: it comes and goes smoothly"
    assert not held_apart(posed(40), BODY_HANDS, FPS).any()


@pytest.mark.parametrize("shakes", [0.05, 0.1])
def test_hands_deep_in_each_other_go_back_to_their_own_sides(shakes):
    """The deepest balls are others on each frame, and some have come out on the other side: no way was held, and hands
    stayed up to 4 cm deep."""
    poses = crossing(80, 30, 50, 0.3, shakes, 0.3)
    deepest = arm_depths_m(poses, BODY_HANDS).max()
    after = turned(poses, found=held_apart)
    assert deepest > 0.025 and arm_depths_m(after, BODY_HANDS).max() < 0.001
    turns = np.degrees(held_apart(poses, BODY_HANDS, FPS))
    assert np.abs(np.diff(turns, axis=0)).max() < 4, "degrees a frame: it comes and goes smoothly"


def test_arms_meet_for_their_reach_and_no_further_and_a_span_alone_has_the_bits_of_the_whole():
    rotations, reach = crossing(300, 90, 130), receptive_field(FPS)
    whole = held_apart(rotations, BODY_HANDS, FPS)
    met = np.flatnonzero(arm_depths_m(rotations, BODY_HANDS))
    felt = np.flatnonzero(whole.any(axis=(1, 2)))
    assert met[0] - reach <= felt[0] < met[0] and met[-1] < felt[-1] <= met[-1] + reach
    for first, stop in ((80, 120), (100, 101), (0, 90)):
        low, high = max(0, first - reach), stop + reach
        part = held_apart(rotations[low:high], BODY_HANDS, FPS)[first - low : stop - low]
        assert part.tobytes() == whole[first:stop].tobytes()


def test_a_forearm_leaves_the_trunk_where_it_is_asked_for():
    poses = posed(60, left_shoulder=np.radians([0, 30, -100]), left_elbow=np.radians([0, -80, 0]))
    without = shoulder_turns(poses, BODY_HANDS, FPS, for_corpus=True)
    turns = shoulder_turns(poses, BODY_HANDS, FPS)
    assert not without.any() and np.degrees(np.linalg.norm(turns[:, 0], axis=1).max()) > 3 and not turns[:, 1].any()


def head_and_trunk(thicker_m=(0.0, 0.0)) -> Solids:
    ball = Capsule("head", np.array([0.0, 0.08, 0.02]), np.zeros(3), 0.1)
    return Solids.of([*(c for c in OURS.capsules() if c.joint != "head"), ball], thicker_m)


def test_a_hand_leaves_a_head_that_turns_and_none_is_felt_without_one():
    up = {"left_shoulder": np.radians([-71, -3, 35]), "left_elbow": np.radians([0, -134, 0])}
    poses = posed(60, **up, neck=np.radians([0, 20, 10]), head=np.radians([15, 0, 10]))
    solids, headless = head_and_trunk(), Solids.of([c for c in OURS.capsules() if c.joint != "head"])
    wanted = deepest_m(poses, "left", solids)
    assert wanted > 0.02 and not hand_depths_m(poses, BODY_HANDS, headless)[:, 0].any()
    assert hand_depths_m(poses, BODY_HANDS)[0, 0] > 0.005, "ours has one"
    assert hand_depths_m(poses, BODY_HANDS, solids)[0, 0] == pytest.approx(wanted, abs=1e-6)
    found = shoulder_turns(poses, BODY_HANDS, FPS, solids=solids)
    out = poses.copy()
    k = BODY_HANDS.index("left_shoulder")
    out[:, k] = Rotation.from_rotvec(found[:, 0]).as_matrix() @ poses[:, k]
    assert hand_depths_m(out, BODY_HANDS, solids).max() < 0.005
    thick = head_and_trunk((0.02, 0.0))
    assert hand_depths_m(poses, BODY_HANDS, thick)[0, 0] == pytest.approx(wanted + 0.02, abs=1e-6)


def test_a_body_is_said_again_and_none_without_a_shape():
    solids = head_and_trunk((0.01, -0.005))
    assert Solids.from_dict(solids.to_dict()) == solids != OURS
    assert hash(Solids.from_dict(solids.to_dict())) == hash(solids)
    given, n = OURS.to_dict(), len(OURS.joints)
    for name, wrong in (
        ("joints", ["tail"] * n), ("joints", []), ("radii", [0.0] * n), ("radii", [np.nan] * n), ("starts", [[0, 0]]),
        ("along", [[9.0, 0, 0]] * n), ("thicker_m", [0.0]),
    ):  # fmt: skip
        with pytest.raises((ValueError, TypeError)):
            Solids.from_dict({**given, name: wrong})
