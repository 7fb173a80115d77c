"""A take that an artist edits by hand is regenerated again and again: her edits stay, or the change is
a take of its own.
"""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import bpy
import numpy as np
import pytest
from hand_edits import OF_CURVES, OF_FRAMES, Artist
from scenes import RATE_HZ, key_clip, select_only, strips, turn, write_wav
from ticking import run_timers

VALUES = ("value", "dragged")
START, N_FRAMES = 11, 480


@pytest.fixture(scope="module")
def phrases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixteen seconds: eight phrases of noise bursts."""
    t = np.arange(16 * RATE_HZ) / RATE_HZ
    samples = (
        (t % 2 < 1.5) * np.clip(np.sin(2 * np.pi * 3.3 * t), 0.1, 1) * np.random.default_rng(1).normal(0, 0.15, len(t))
    )
    return write_wav(tmp_path_factory.mktemp("phrases") / "phrases.wav", samples)


class Session:
    """Changes of one take at random, by every way to change one."""

    def __init__(self, addon, watching, runner, obj: bpy.types.Object, seed: int) -> None:
        self.addon, self.watching, self.runner, self.obj = addon, watching, runner, obj
        self.random = random.Random(seed)
        self.track = "Gestures"
        self.artist = Artist(addon.bl, self.action, seed)
        self.became: Counter[str] = Counter()

    @property
    def action(self) -> bpy.types.Action:
        """Of the take that is being changed."""
        return strips(self.obj)[self.track].action

    def keys(self) -> dict:
        """Every attribute of every key of the take that can be read at once."""
        found = {}
        for place, curve in self.artist.curves(self.action).items():
            points, n = curve.keyframe_points, len(curve.keyframe_points)
            co, interpolation = np.empty(2 * n, np.float32), np.empty(n, np.int32)
            points.foreach_get("co", co)
            points.foreach_get("interpolation", interpolation)
            found[place] = co.tobytes(), interpolation.tobytes()
        return found

    def step(self, kinds: tuple[str, ...]) -> None:
        """One change, and what must hold after it."""
        if len(self.artist.edits) < 30:
            self.artist.edit(self.action, kinds, 30 - len(self.artist.edits))
        before, recipe, tracks = self.keys(), self.action.a2g.recipe, set(strips(self.obj))
        way = self.random.choice(("phrase", "phrase", "range", "range", "slider", "seed", "update", "again", "pins"))
        bpy.context.scene.frame_set(self.random.randrange(START, START + N_FRAMES))
        getattr(self, way)()
        assert not (changed := self.artist.changed(self.action)), f"{way}: {changed}"
        new = set(strips(self.obj)) - tracks
        is_same = self.keys() == before
        if new:
            assert is_same and self.action.a2g.recipe == recipe, f"{way}: a take of its own, and this one too"
        self.became[f"{way}: {'a take of its own' if new else 'nothing' if is_same else 'in place'}"] += 1
        for track in new:
            self.settle(track)

    def settle(self, track: str) -> None:
        """Go on with the new take now and then, else with the one before; the other goes."""
        other = track
        if self.random.random() < 0.1:
            other, self.track = self.track, track
            gone = self.artist.changed(self.action)
            self.artist.edits = {where: state for where, state in self.artist.edits.items() if where not in gone}
        assert bpy.ops.a2g.delete_take(track=other) == {"FINISHED"}
        assert bpy.ops.a2g.use_take(track=self.track) == {"FINISHED"}

    def phrase(self) -> None:
        try:
            bpy.ops.a2g.change_phrase(direction=self.random.choice(("NEXT", "NEXT", "PREVIOUS")))
        except RuntimeError as error:
            assert "first performance" in str(error)

    def range(self) -> None:
        scene, first = bpy.context.scene, self.random.randrange(START, START + N_FRAMES - 20)
        scene.use_preview_range, scene.frame_preview_start = True, first
        scene.frame_preview_end = min(START + N_FRAMES, first + self.random.randrange(5, 60))
        assert bpy.ops.a2g.regenerate_range() == {"FINISHED"}
        scene.use_preview_range = False

    def slider(self) -> None:
        """Live Update leaves a take with edits as it is."""
        before = self.keys()
        self.obj.a2g_posture = self.random.uniform(-1, 1)
        run_timers(self.watching, self.runner)
        assert self.keys() == before and "edited by hand" in bpy.context.window_manager.a2g.message

    def seed(self) -> None:
        assert bpy.ops.a2g.next_take() == {"FINISHED"}

    def update(self) -> None:
        self.obj.a2g_live = False
        self.obj.a2g_energy = self.random.uniform(0, 2)
        assert bpy.ops.a2g.update_take() == {"FINISHED"}
        self.obj.a2g_live = True

    def again(self) -> None:
        """With sliders as the take has them, an update wants nothing new, wherever it was edited."""
        controls = self.addon.scene.recipe.Recipe.from_text(self.action.a2g.recipe).request.controls
        self.obj.a2g_live = False
        values = {name: value for name, value in controls.items() if not isinstance(value, np.ndarray)}
        for name, value in values.items():
            setattr(self.obj, f"a2g_{name}", value)
        assert bpy.ops.a2g.update_take() == {"FINISHED"}
        self.obj.a2g_live = True

    def pins(self) -> None:
        """The pin lies over the last second, and its strength changes."""
        strength = self.obj.a2g_pins[0].strength
        self.obj.a2g_pins[0].strength = 0.5 if strength == 1 else 1.0
        assert bpy.ops.a2g.regenerate_around_pins() == {"FINISHED"}


@pytest.fixture
def session(addon, watching, runner, character, phrases, monkeypatch):
    """Starts one, with a pin over the last second of the speech."""
    monkeypatch.setattr(addon.work.live, "AT_REST_S", 0.0)
    bpy.context.scene.frame_end = START + N_FRAMES
    bpy.context.scene.a2g_character = character
    character.a2g_speech_source, character.a2g_speech_file, character.a2g_start_frame = "FILE", str(phrases), START
    character.a2g_body_parts = {"ARMS", "HEAD"}
    bpy.ops.a2g.generate()
    last = START + N_FRAMES - 30
    clip = key_clip(addon.bl, character, "wave", last, {"left_elbow": turn(1, np.linspace(0, -1.5, 30))})
    select_only(character, clip)
    bpy.ops.a2g.pin_clips()
    bpy.ops.a2g.regenerate_around_pins()
    return lambda seed: Session(addon, watching, runner, character, seed)


@pytest.mark.parametrize(
    ("kinds", "n"),
    [
        (VALUES, 12), (OF_FRAMES, 16), ((*OF_FRAMES, *OF_CURVES), 6),
        pytest.param(VALUES, 200, marks=pytest.mark.thorough),
        pytest.param(OF_FRAMES, 600, marks=pytest.mark.thorough),
        pytest.param((*OF_FRAMES, *OF_CURVES), 200, marks=pytest.mark.thorough),
    ],
    ids=["values", "frames", "curves", "values at length", "frames at length", "curves at length"],
)  # fmt: skip
def test_what_the_artist_edited_is_as_she_left_it(session, kinds, n):
    walk = session(n)
    for _ in range(n):
        walk.step(kinds)
    print(n, "changes:", dict(sorted(walk.became.items())))
    own = sum(count for what, count in walk.became.items() if what.endswith("of its own"))
    assert own > n / 5
    if not set(kinds) & set(OF_CURVES):
        assert sum(count for what, count in walk.became.items() if what.endswith("in place")) > 0
