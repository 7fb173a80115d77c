"""Hundreds of random edits of words, recordings, pins and suggestions: nothing of hers changes, and each of ours is
one undo. A2G_WORDS_EDITS=500 makes so many.
"""

from __future__ import annotations

import os
from random import Random

import bpy
import numpy as np
import pytest
from sample_speech import SENTENCES, SPEECH, TEXT
from scenes import key_clip, select_only, turn, write_wav
from soak import Refused, call
from soak_facts import facts, keys_digest

from a2g_core.speech.audio import open_speech

N_EDITS = int(os.environ.get("A2G_WORDS_EDITS", "40"))
_STRIP = ("frame_start", "frame_end", "action_frame_start", "action_frame_end", "scale", "mute", "blend_type")
_PIN = ("strength", "fade_in_frames", "fade_out_frames", "muted")


class Edits:
    """The artist, who edits at random."""

    def __init__(self, addon, obj, recordings, seed):
        self.addon, self.name, self.recordings = addon, obj.name, recordings
        self.random = Random(seed)
        self.done: dict[str, int] = {}

    @property
    def obj(self):
        """The character; undo makes new Python objects."""
        return bpy.data.objects[self.name]

    def made(self):
        """All suggestions."""
        return self.addon.scene.suggested.find(self.obj)

    def hers(self):
        """By strip name, all that there is of each pin of hers: her own, and suggestions that she has touched."""
        ours = {made.strip.name for made in self.made() if made.is_untouched}
        pins = self.addon.scene.pins
        found = {}
        for pinned in pins.pinned_strips(self.obj):
            strip, entry = pinned.strip, pinned.settings
            if strip.name not in ours:
                found[strip.name] = (
                    [getattr(strip, name) for name in _STRIP], [getattr(entry, name) for name in _PIN],
                    sorted(entry.body_parts), strip.action.name, keys_digest(strip.action),
                    [(mark.name, mark.frame) for mark in strip.action.pose_markers],
                )  # fmt: skip
        return found

    def ours(self, operator, *, but=(), **options):
        """One of our operators: what is hers is as it was, and one undo takes it back."""
        bpy.ops.ed.undo_push(message="hers")
        before, hers = facts(), self.hers()
        try:
            call(operator, **options)
        except Refused:
            assert facts() == before, f"{operator} refused, and yet changed something"
            raise
        self.done[operator] = self.done.get(operator, 0) + 1
        now = self.hers()
        lost = {name for name in hers if name not in but and now.get(name) != hers[name]}
        assert not lost, f"{operator} changed {lost}: {[(hers[n], now.get(n)) for n in lost]}"
        after = facts()
        bpy.ops.ed.undo()
        assert facts() == before, f"one undo does not take {operator} back"
        bpy.ops.ed.redo()
        assert facts() == after

    def check_apart(self):
        """No suggestion overlaps what is hers."""
        made = {m.strip.name: m.strip for m in self.made() if m.is_untouched}
        for pinned in self.addon.scene.pins.pinned_strips(self.obj):
            if pinned.strip.name not in made:
                a, b = pinned.strip.frame_start, pinned.strip.frame_end
                over = [n for n, s in made.items() if s.frame_start < b and a < s.frame_end]
                assert not over, f"{over} lie over {pinned.strip.name}"

    # The steps ----------------------------------------------------------------------------------------------------

    def suggest(self):
        name = self.random.choice(("suggest_gestures", "suggest_again", "suggest_again"))
        options = {}
        if name == "suggest_gestures":
            options = {"per_minute": self.random.choice((5, 15, 30)), "seed": self.random.randint(0, 9)}
        self.ours(name, **options)
        self.check_apart()

    def replace_recording(self):
        self.obj.a2g_speech_file = str(self.random.choice(self.recordings))
        self.ours("update_words")
        self.check_apart()

    def move_words(self):
        """By the speech, by markers, or by another text."""
        how = self.random.choice(("speech", "markers", "text"))
        if how == "speech":
            self.obj.a2g_start_frame = self.random.randint(0, 60)
            self.ours("update_words")
        elif how == "markers":
            scene, lane = bpy.context.scene, self.addon.work.words.lane(bpy.context, self.obj)
            scene.timeline_markers.clear()
            for first, _, text in lane:
                scene.timeline_markers.new(text, frame=round(first) + self.random.randint(-2, 2))
            self.ours("read_words", source="MARKERS")
            self.ours("update_words")
        else:
            n = self.random.randint(3, len(SENTENCES))
            self.ours("read_words", source="TYPED", text=" ".join(SENTENCES[:n]) if n < 6 else TEXT)
            self.ours("update_words")

    def touch(self):
        """She makes a suggestion hers, or changes what is."""
        pinned = self.addon.scene.pins.pinned_strips(self.obj)
        if not pinned:
            raise Refused("no pin")
        one = self.random.choice(pinned)
        strip, how = (
            one.strip,
            self.random.choice(("move", "weaken", "mute", "key", "fade", "delete")),
        )
        if how == "move":
            self.addon.scene.nla.move(strip, self.random.randint(-40, 40) if _has_room(one.placed.track, strip) else 0)
        elif how == "weaken":
            one.entry.strength = self.random.random()
        elif how == "mute":
            strip.mute = not strip.mute
        elif how == "fade":
            one.entry.fade_in_frames = self.random.randint(0, 40)
        elif how == "key":
            bl = self.addon.bl
            curve = next(iter(bl.fcurves(strip.action, bl.slot_of(strip))))
            curve.keyframe_points[self.random.randrange(len(curve.keyframe_points))].co.y += 0.05
        elif strip.action.a2g.gesture:
            one.placed.track.strips.remove(strip)
            self.addon.scene.pins.sync_entries(self.obj)

    def change_gesture(self):
        placed = self.made()
        if not placed:
            raise Refused("no gesture")
        name = self.random.choice(placed).strip.name
        strip = next(s for t in self.obj.animation_data.nla_tracks for s in t.strips if s.name == name)
        select_only(self.obj, strip)
        if self.random.random() < 0.5:
            self.ours(
                "replace_gesture", but={name}, gesture=self.random.choice(("no", "stop", "wave", "me", "everything"))
            )
        else:
            self.ours("gesture_hand", but={name}, hand=self.random.choice(("LEFT", "RIGHT", "BOTH")))

    def add_gesture(self):
        bpy.context.scene.frame_set(self.random.randint(10, 500))
        self.ours("add_gesture", gesture=self.random.choice(("no", "nod", "wave")))


def _has_room(track, strip):
    return all(s == strip or abs(s.frame_start - strip.frame_start) > 130 for s in track.strips)


@pytest.fixture
def recordings(tmp_path):
    """The speech, later, faster, and without its third sentence."""
    speech = open_speech(SPEECH)
    whole = np.concatenate([block[:, 0] for block in speech.read()])
    rate = speech.rate_hz
    faster = np.interp(np.arange(0, len(whole), 1.06), np.arange(len(whole)), whole)
    cut = np.delete(whole, slice(round(4.4 * rate), round(8 * rate)))
    others = {"later": np.concatenate([np.zeros(rate // 2), whole]), "faster": faster, "cut": cut}
    return [SPEECH, *(write_wav(tmp_path / f"{name}.wav", samples, rate) for name, samples in others.items())]


def test_nothing_of_hers_changes_and_each_is_one_undo(addon, scene, character, recordings):
    scene.frame_end = 700
    character.a2g_speech_source, character.a2g_speech_file, character.a2g_start_frame = "FILE", str(SPEECH), 10
    for number, first in enumerate((120, 400)):
        mine = key_clip(addon.bl, character, f"mine {number}", first, {"left_shoulder": turn(2, np.linspace(0, 1, 25))})
        select_only(character, mine)
        bpy.ops.a2g.pin_clips()
    bpy.ops.a2g.read_words(source="TYPED", text=TEXT)
    edits = Edits(addon, character, recordings, seed=bpy.app.version[1])
    steps = [edits.suggest, edits.replace_recording, edits.move_words, edits.touch, edits.change_gesture]
    steps += [edits.suggest, edits.touch, edits.suggest, edits.add_gesture]
    edits.ours("suggest_gestures", per_minute=15, seed=1)
    for number in range(N_EDITS):
        step = steps[number % len(steps)] if number < len(steps) else edits.random.choice(steps)
        try:
            step()
        except Refused:
            edits.done["refused"] = edits.done.get("refused", 0) + 1
    print(N_EDITS, edits.done)
    assert edits.done.get("refused", 0) < N_EDITS / 3
    assert {"suggest_gestures", "suggest_again", "update_words"} <= edits.done.keys() or N_EDITS < 40
    assert {"replace_gesture", "gesture_hand"} & edits.done.keys() or N_EDITS < 40
