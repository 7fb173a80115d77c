"""`a2g convert` and `a2g export-motion`."""

from __future__ import annotations

import json

import numpy as np
import pytest
from recordings import talking

from a2g_core.body.kinematics import joint_positions
from a2g_core.cli.main import main
from a2g_core.formats.registry import load_motion, readable, save_motion, writable


@pytest.fixture
def take(tmp_path):
    save_motion(talking(2.0, 30.0, seed=1), tmp_path / "take.npz", sign=True)
    return tmp_path / "take.npz"


def test_every_format_that_is_read_becomes_every_one_that_is_written(take, capsys):
    before = load_motion(take)
    for first in readable():
        middle = take.with_name(f"middle{first}")
        assert main(["convert", str(take), str(middle)]) == 0
        for second in writable():
            assert main(["convert", str(middle), str(take.with_name(f"end{second}"))]) == 0
            if second in readable():
                after = load_motion(take.with_name(f"end{second}"))
                names = [name for name in before.skeleton.names if name in after.skeleton.names]
                ours, theirs = (
                    joint_positions(m)[:, [m.skeleton.index(n) for n in names]] for m in (before, after)
                )  # fmt: skip
                assert np.abs(ours - theirs).max() < 1e-4, (first, second)
    assert "60 frames at 30 fps" in capsys.readouterr().out


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
