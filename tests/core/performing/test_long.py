"""Takes of any length: made in parts, to the bit what is made at once, in memory that does not grow with them."""

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from places import ROOT
from small_models import ACCENTED, SMALL, STITCHED, random_model
from voices import babble

from a2g_core.body.motion import Motion, Pin
from a2g_core.body.skeleton import BODY
from a2g_core.formats.registry import save_motion
from a2g_core.performing.attending import Partner
from a2g_core.performing.controls import Controls
from a2g_core.performing.face import Face
from a2g_core.performing.gaze import Gaze
from a2g_core.performing.generate import generate, generate_long, plan_of
from a2g_core.performing.performance import CodesPerformance
from a2g_core.performing.request import Idle, Request
from a2g_core.performing.session import Session
from a2g_core.speech.heard import hear

SPEECH = hear(babble(30.0), 30.0)
RNG = np.random.default_rng(0)
CLIP = Motion(np.tile((1.0, 0, 0, 0), (50, len(BODY), 1)), np.zeros((50, 3)), 30.0, BODY)
REQUESTS = {
    "plain": Request(seed=1),
    "at another rate": Request(seed=1, fps=23.976),
    "pins": Request(pins=(Pin(CLIP, 6.0), Pin(CLIP, 20.0, strength=0.4))),
    "controls": Request(controls=Controls(energy=RNG.uniform(0.8, 1.2, 900).astype(np.float32), calm=0.3, clearance=2)),
    "idle": Request(idle=Idle(3.0, 4.0), partners=(Partner(((2.0, 9.0),), 30.0),), fps=60.0),
    "face": Request(gaze=Gaze(np.array([0.5, 0.1, 2.0]), 0.6), face=Face(blink=1.0, jaw=1.0)),
    "a span": Request(span=(100, 777), face=Face(blink=0.5)),
}


@pytest.mark.parametrize("name", REQUESTS)
@pytest.mark.parametrize("config", [SMALL, STITCHED, ACCENTED], ids=["noise", "stitched", "accented"])
def test_parts_are_the_whole(monkeypatch, name, config):
    model, request = random_model(config), REQUESTS[name]
    at_once = generate(SPEECH, model, request)
    monkeypatch.setattr(CodesPerformance, "frames_at_once", 150)
    seen: list[float] = []
    long = generate_long(SPEECH, model, request, progress=lambda phase, share: seen.append(share))
    parts = list(long.parts())
    assert len(parts) > 3 and sum(map(len, parts)) == len(long) == len(at_once)
    for field in ("quaternions", "translation", "lids"):
        made, known = [getattr(part, field) for part in parts], getattr(at_once, field)
        assert (made[0] is None and known is None) or np.concatenate(made).tobytes() == known.tobytes(), field
    assert long.skeleton == at_once.skeleton == parts[-1].skeleton and long.fps == at_once.fps
    assert 0.9 < seen[-1] <= 1 and all(0 <= share <= 1 for share in seen)


@pytest.mark.parametrize("ending", ["npz", "bvh"])
def test_a_long_take_is_written_as_a_short_one(monkeypatch, tmp_path, ending, model):
    save_motion(generate(SPEECH, model), tmp_path / f"short.{ending}", sign=True)
    monkeypatch.setattr(CodesPerformance, "frames_at_once", 150)
    save_motion(generate_long(SPEECH, model), tmp_path / f"long.{ending}", sign=True)
    assert (tmp_path / f"long.{ending}").read_bytes() == (tmp_path / f"short.{ending}").read_bytes()


def test_what_fails_in_the_middle_leaves_the_old_file(tmp_path, model):
    take = tmp_path / "take.npz"
    save_motion(generate(SPEECH, model), take)
    old = take.read_bytes()
    long = generate_long(SPEECH, model, Request(seed=2))

    def breaks_off():
        yield from list(long.parts())[:1]
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        save_motion(replace(long, made=breaks_off()), take)
    assert take.read_bytes() == old and [path.name for path in tmp_path.iterdir()] == [take.name]


_MEASURED = """
import re, sys
from pathlib import Path
import numpy as np
from a2g_core.formats.registry import save_motion
from a2g_core.performing.generate import generate_long
from a2g_core.speech.audio import Speech
from small_models import ACCENTED, random_model

def read():
    rng = np.random.default_rng(0)
    for k in range(int(sys.argv[1])):
        level = 0.2 if k % 7 else 0.0
        yield level * np.sin(np.arange(16000) / 1300)[:, None] ** 2 * rng.standard_normal((16000, 1))

for seconds in (60, int(sys.argv[1])):
    long = generate_long(Speech(float(seconds), 16000, read), random_model(ACCENTED))
    save_motion(long, sys.argv[2])
    # Not getrusage's peak, which a process has from the one that started it.
    print(int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) // 1024)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says what a process's own peak was")
def test_memory_does_not_grow_with_a_take(tmp_path):
    """By less than a byte of four for each of the numbers that there are in 70 minutes of motion."""
    path = [str(ROOT), str(ROOT / "tests/helpers")]
    program = f"import sys; sys.path[:0] = {path!r}\n{_MEASURED}"
    done = subprocess.run(
        [sys.executable, "-c", program, "4200", tmp_path / "take.npz"], capture_output=True, text=True, check=True
    )
    short, long = map(int, done.stdout.split())
    assert long - short < 40, done.stdout


@pytest.mark.parametrize("name", REQUESTS)
def test_a_session_can_be_used_again(name):
    """By other requests, in any order: what one leaves behind changes no bit of the next."""
    model = random_model(ACCENTED)
    session = Session(SPEECH, model)
    for request in (REQUESTS["controls"], REQUESTS[name], REQUESTS["a span"], REQUESTS[name]):
        again, alone = generate(session, model, request), generate(SPEECH, model, request)
        assert again.quaternions.tobytes() == alone.quaternions.tobytes()
        assert again.translation.tobytes() == alone.translation.tobytes()
    assert plan_of(session, model, REQUESTS[name]) == plan_of(SPEECH, model, REQUESTS[name])
