"""`a2g convert` and `a2g export-motion`."""

from __future__ import annotations

import json
from pathlib import Path

import exported
import numpy as np
import pytest
from recordings import talking

from a2g_core.body.kinematics import forward_kinematics, joint_positions
from a2g_core.body.rotations import quaternion_to_matrix
from a2g_core.body.skeleton import PELVIS_HEIGHT_M
from a2g_core.cli.main import main
from a2g_core.formats.registry import load_motion, readable, save_motion, writable


@pytest.fixture
def take(tmp_path):
    save_motion(talking(2.0, 30.0, seed=1), tmp_path / "take.npz", sign=True)
    return tmp_path / "take.npz"


def _worlds(path: Path, names: list[str], n_frames: int, fps: float) -> np.ndarray:
    """(T, n, 4, 4) of joints in the world, Y up, metres from where the pelvis rests; .glb by a reader of its own."""
    if path.suffix == ".glb":
        found = exported.glb_places(path, np.arange(n_frames) / fps)
        worlds = np.stack([found[name] for name in names], axis=1)
        worlds[..., 1, 3] -= PELVIS_HEIGHT_M
        return worlds
    motion = load_motion(path)
    assert (len(motion), motion.fps) == (n_frames, pytest.approx(fps, rel=1e-6))
    keep = [motion.skeleton.index(name) for name in names]
    places, turns = forward_kinematics(quaternion_to_matrix(motion.quaternions), motion.skeleton)
    worlds = np.tile(np.eye(4), (n_frames, len(names), 1, 1))
    worlds[..., :3, :3], worlds[..., :3, 3] = turns[:, keep], (places + motion.translation[:, None])[:, keep]
    return worlds


@pytest.mark.parametrize("fps", [24.0, 30 / 1.001, 30.0, 60.0])
def test_every_format_that_is_read_becomes_every_one_that_is_written(tmp_path, capsys, fps):
    """With -s, it prints the table of how far joints are off."""
    take = tmp_path / "take.npz"
    save_motion(talking(2.0, fps, seed=1), take, sign=True)
    before = load_motion(take)
    names = list(before.skeleton.names)
    ours = _worlds(take, names, len(before), fps)
    rows = [f"{fps:.2f} fps  " + "".join(f"{second:>22}" for second in writable())]
    for first in readable():
        middle = tmp_path / f"middle{first}"
        assert main(["convert", str(take), str(middle)]) == 0
        rows.append(f"{first:10}")
        for second in writable():
            end = tmp_path / f"end{second}"
            assert main(["convert", str(middle), str(end)]) == 0
            assert f"{len(before)} frames at {fps:g} fps" in capsys.readouterr().out
            theirs = _worlds(end, names, len(before), fps)
            off = exported.apart_mm(theirs, ours), exported.apart_deg(theirs, ours)
            assert off[0] < 0.1 and off[1] < 0.01, (first, second)
            rows[-1] += f"{off[0]:10.5f} mm {off[1]:.4f} deg"
    print("\n".join(rows))


def test_a_take_in_several_formats_at_another_rate_and_start(take, capsys):
    outputs = [str(take.with_name(name)) for name in ("a.bvh", "a.vrma")]
    command = ["export-motion", str(take), *(x for o in outputs for x in ("-o", o)), "--fps", "60", "--start", "0.5"]
    assert main([*command, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"outputs": outputs, "frames": 119, "fps": 60.0, "start_s": 0.5}
    before = joint_positions(load_motion(take))
    for output in outputs:
        after = load_motion(output)
        assert len(after) == 119 + 30 and abs(after.fps - 60) < 1e-6
        keep = [after.skeleton.index(name) for name in load_motion(take).skeleton.names if name in after.skeleton.names]
        assert np.abs(joint_positions(after)[30::2][:, : len(keep)] - before[:, : len(keep)]).max() < 1e-4


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["convert", "take.npz", "a.fbx"], "cannot be written to 'a.fbx'"),
        (["convert", "take.npz", "take.npz"], "is read by the same command"),
        (["convert", "take.npz", "a.bvh", "--up", "z"], "cannot have Z up"),
        (["convert", "none.npz", "a.bvh"], "there is no clip"),
        (["convert", "take.npz", "hers.bvh"], "not made by this program"),
        (["convert", "take.npz", "a.bvh", "--fps", "nan"], "--fps is 'nan'"),
        (["export-motion", "take.npz", "-o", "a.bvh", "-o", "a.bvh"], "given twice"),
        (["export-motion", "take.npz"], "required: -o"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(take, capsys, monkeypatch, arguments, said):
    monkeypatch.chdir(take.parent)
    (take.parent / "hers.bvh").write_text("HIERARCHY of hers")
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert said in error and error.count("\n") == 1
    assert sorted(path.name for path in take.parent.iterdir()) == ["hers.bvh", "take.npz"]


@pytest.mark.parametrize(
    ("ending", "more", "why"),
    [
        (".glb", ["--start", "86400"], "cannot tell times so late apart"),
        (".vrma", ["--fps", "1000", "--start", "20000"], "cannot tell times so late apart"),
        (".npz", ["--fps", "1000", "--start", "86400"], "this would be 86"),
        (".bvh", ["--fps", "1000", "--start", "86400"], "this would be 86"),
    ],
)
def test_what_no_reader_could_tell_apart_is_refused(take, tmp_path, capsys, ending, more, why):
    assert main(["convert", str(take), str(tmp_path / f"late{ending}"), *more]) == 2
    assert why in capsys.readouterr().err and not (tmp_path / f"late{ending}").exists()
