"""The job on its thread, with the timer's ticks made by hand: timers do not run in background mode."""

from __future__ import annotations

import threading
import time

import bpy
import pytest
from layouts import drawn
from scenes import counts, curves, strips
from ticking import tick_to_the_end, tick_until
from waiting import LIMIT_S


@pytest.fixture
def start(addon, runner, character, speech_file):
    """Starts a job as the button does."""

    def begin() -> None:
        runner.start(addon.work.orders.gather(bpy.context, addon.ui.state.character(bpy.context)))
        runner.timer.stop()

    return begin


def test_a_finished_job_is_written_as_one_undo_step(addon, runner, character, start):
    bpy.ops.ed.undo_push(message="before")
    before = counts()
    start()
    status = bpy.context.window_manager.a2g
    assert status.running
    assert not addon.operators.generate.A2G_OT_generate.disabled_reason(bpy.context), "it waits for its turn"
    with pytest.raises(RuntimeError, match="being generated"):
        bpy.ops.a2g.generate()  # as a script would, which cannot wait
    tick_to_the_end(runner)
    assert (status.running, status.failed, status.message) == (False, False, "")
    assert "Gestures" in strips(character)
    bpy.ops.ed.undo()
    assert counts() == before


# Click, click, click --------------------------------------------------------------------------------------------------


@pytest.fixture
def click(addon, runner):
    """Does what the button of an operator does where there is an interface."""

    def begin(name: str, step: int = 1) -> None:
        context, obj = bpy.context, addon.ui.state.character(bpy.context)
        frame = context.scene.frame_current
        order = {
            "next_take": lambda: addon.operators.generate.A2G_OT_next_take.order(context, obj),
            "change_phrase": lambda: addon.work.changes.other_phrase(context, obj, step, frame),
        }[name]
        runner.ask(order)
        runner.timer.stop()

    return begin


def test_four_clicks_are_four_takes(addon, runner, character, speech_file, click):
    for _ in range(4):
        click("next_take")
    status = bpy.context.window_manager.a2g
    assert (status.running, status.waiting) == (True, 3)
    tick_to_the_end(runner)
    assert [strip.action.a2g.seed for strip in strips(character).values()] == [0, 1, 2, 3]
    assert (status.running, status.waiting, status.failed) == (False, 0, False)


def test_ten_clicks_change_the_phrase_ten_times_each_an_undo_step(addon, runner, character, speech_file, click):
    bpy.ops.a2g.generate()
    bpy.context.scene.frame_set(60)
    clip = strips(character)["Gestures"].action.a2g
    before = clip.recipe
    bpy.ops.ed.undo_push(message="before")
    seen = {before}
    for _ in range(10):
        click("change_phrase")
    bpy.context.scene.frame_set(150)  # what the clicks were on is what is changed
    while runner.tick() is not None:
        seen.add(strips(character)["Gestures"].action.a2g.recipe)
        time.sleep(0.005)
    seen.add(strips(character)["Gestures"].action.a2g.recipe)
    assert len(seen) == 11
    for _ in range(10):
        bpy.ops.ed.undo()
    assert strips(bpy.data.objects["Character"])["Gestures"].action.a2g.recipe == before


def test_cancel_drops_what_waits(runner, character, speech_file, click):
    for _ in range(4):
        click("next_take")
    bpy.ops.a2g.cancel()
    assert bpy.context.window_manager.a2g.waiting == 0
    tick_to_the_end(runner)
    assert not strips(character)


def test_what_cannot_be_done_ends_what_waits_for_it_and_is_told(addon, runner, character, speech_file, click):
    """Going back from a phrase's first performance."""
    bpy.ops.a2g.generate()
    click("next_take")
    for _ in range(3):
        click("change_phrase", -1)
    click("next_take")
    tick_to_the_end(runner)
    assert list(strips(character)) == ["Gestures", "Gestures 2"]
    assert "first performance" in bpy.context.window_manager.a2g.message
    assert bpy.context.window_manager.a2g.waiting == 0


def test_opening_a_file_forgets_what_waits(runner, character, speech_file, click):
    for _ in range(3):
        click("next_take")
    bpy.ops.wm.read_homefile(use_empty=True)
    assert not runner.is_busy and bpy.context.window_manager.a2g.waiting == 0


def test_buttons_keep_their_places_while_a_job_runs(addon, runner, character, start):
    before = drawn(addon.panels.A2G_PT_gestures)
    start()
    during = drawn(addon.panels.A2G_PT_gestures)
    buttons = [[word for word in text.split() if word.startswith("a2g.")] for text in (before, during)]
    assert buttons[1] == [*buttons[0], "a2g.cancel"], "what ends the job lies below all others"
    runner.abandon()


def test_keys_are_written_in_pieces(addon, runner, character, start, monkeypatch):
    monkeypatch.setattr(addon.work.jobs, "WRITING_S", 0.0)
    start()
    ticks = []
    while runner.tick() is not None:
        unfinished = [action for action in bpy.data.actions if action.a2g.is_unfinished]
        ticks.append((len(unfinished), sum(len(list(addon.bl.curve_owner(a).fcurves)) for a in unfinished)))
        assert ("Gestures" in strips(character)) == (len(bpy.data.actions) > len(unfinished))
        time.sleep(0.002)
    written = [curves for n, curves in ticks if n]
    assert written == sorted(written) and len(set(written)) > 20
    assert not strips(character)["Gestures"].action.a2g.is_unfinished


@pytest.fixture
def start_change(addon, runner, character, speech_file):
    """Starts the job of Update Take."""

    def begin() -> None:
        runner.start(addon.work.changes.updated(bpy.context, character))
        runner.timer.stop()

    return begin


@pytest.fixture
def done(addon, monkeypatch):
    """What is done, as a list that grows: each track that is read or written, and all else that takes milliseconds."""
    monkeypatch.setattr(addon.work.jobs, "WRITING_S", 0.0)
    found, scene, picture = [], addon.scene, addon.a2g_core.body.picture

    def tell(place, name: str, of: int | None = None) -> None:
        function = getattr(place, name)

        def told(*args, **options):
            # Of a property's curves, those of one tick are told once.
            found.append(name if of is None else f"{name} {getattr(args[of], 'data_path', name)}")
            return function(*args, **options)

        monkeypatch.setattr(place, name, told)

    tell(addon.work.jobs, "make_writers")
    for name in ("checksums", "write", "splice"):
        tell(scene.keys, name)
    tell(scene.keys, "overwrite_untouched", of=0)
    tell(scene.edits, "read")
    for name in ("telling_frames", "draw"):
        tell(picture, name)
    tell(addon.work.jobs, "attach_take")
    for writer in (scene.takes.NewTake, scene.takes.ChangedTake):
        tell(writer, "finish")
    return found


def things_of_each_tick(runner, done) -> list[list[str]]:
    runner.job.thread.join(LIMIT_S)
    ticks, going_on = [], True
    while going_on:
        done.clear()
        going_on = runner.tick() is not None
        ticks.append(list(done))
    return ticks


def test_a_tick_does_one_thing(addon, runner, character, start, done):
    """The window stands still for it: not for keys and a picture, say, and never for those and an undo step."""
    start()
    first, *ticks = things_of_each_tick(runner, done)
    assert first == ["make_writers", "write"]
    assert all(len(things) <= 1 for things in ticks), ticks
    things = [thing for tick in ticks for thing in tick]
    assert things[-5:] == ["checksums", "telling_frames", "draw", "attach_take", "finish"]
    assert things[:-5] == ["write"] * 52


def test_a_tick_of_a_change_does_one_thing(runner, character, start_change, done):
    bpy.ops.a2g.generate()
    character.a2g_energy = 1.5
    start_change()
    first, *ticks = things_of_each_tick(runner, done)
    assert first == ["make_writers", "read"]
    assert all(len(set(things)) <= 1 for things in ticks), ticks
    things = [next(iter(tick), "") for tick in ticks]
    assert things[:52] == ["read"] * 52 and things[52:105] == ["splice"] * 53
    assert things[105:107] == ["checksums"] * 2, "of before, and of after"
    others = [thing for thing in things[107:] if thing and "overwrite" not in thing]
    assert others == ["telling_frames", "draw", "finish"]


def test_a_slider_writes_those_curves_alone_that_change(addon, runner, character, start_change, done):
    bpy.ops.a2g.generate()
    before = curves(addon.bl, strips(character)["Gestures"])
    character.a2g_energy = 1.5
    start_change()
    ticks = things_of_each_tick(runner, done)
    after = curves(addon.bl, strips(character)["Gestures"])
    changed = [path for path in before if (before[path] != after[path]).any()]
    written = [thing for things in ticks for thing in things if "overwrite" in thing]
    assert len(written) == len(changed) < len(before)


def test_undo_while_keys_are_written_starts_over(addon, runner, character, start, monkeypatch):
    monkeypatch.setattr(addon.work.jobs, "WRITING_S", 0.0)
    bpy.ops.ed.undo_push(message="one")
    character.location.x = 1
    bpy.ops.ed.undo_push(message="two")
    start()
    while not any(action.a2g.is_unfinished for action in bpy.data.actions):
        assert runner.tick() is not None
        time.sleep(0.002)
    bpy.ops.ed.undo()
    tick_to_the_end(runner)
    character = bpy.data.objects["Character"]
    found = curves(addon.bl, strips(character)["Gestures"])
    assert len(found) == 52 * 4 + 3
    assert not [action for action in bpy.data.actions if action.users == 0]


@pytest.mark.parametrize("end", ["cancel", "finish"])
def test_undo_to_a_step_made_while_takes_were_attached(addon, runner, character, start, end):
    before = counts()
    start()
    tick_until(runner, lambda: runner.job.is_attached)
    bpy.ops.ed.undo_push(message="with half a job in it")
    character.location.x = 1
    bpy.ops.ed.undo_push(message="later")
    bpy.ops.ed.undo()
    if end == "cancel":
        bpy.ops.a2g.cancel()
    tick_to_the_end(runner)
    obj = bpy.context.scene.a2g_character
    if end == "cancel":
        assert counts() == before and not obj.animation_data.nla_tracks
    else:
        assert list(strips(obj)) == ["Gestures"] and len(bpy.data.actions) == before["actions"] + 1


def test_cancel_while_keys_are_written_leaves_nothing(addon, runner, character, start, monkeypatch):
    monkeypatch.setattr(addon.work.jobs, "WRITING_S", 0.0)
    before = counts()
    start()
    while not len(bpy.data.actions):
        assert runner.tick() is not None
        time.sleep(0.002)
    bpy.ops.a2g.cancel()
    tick_to_the_end(runner)
    assert counts() == before


def test_cancel_writes_nothing(addon, engine, runner, character, start, monkeypatch):
    begun = threading.Event()

    def endless(*_args, should_cancel, **_options):
        begun.set()
        while not should_cancel():
            time.sleep(0.01)
        raise addon.a2g_core.errors.Cancelled

    monkeypatch.setattr(engine, "generate", endless)
    before = counts()
    start()
    assert begun.wait(LIMIT_S)
    assert runner.tick() is not None
    assert bpy.ops.a2g.cancel() == {"FINISHED"}
    tick_to_the_end(runner)
    assert counts() == before
    assert bpy.context.window_manager.a2g.message == "Cancelled"
    assert not bpy.context.window_manager.a2g.failed
    assert addon.operators.generate.A2G_OT_generate.disabled_reason(bpy.context) == ""


def test_opening_another_file_ends_the_job(addon, engine, runner, start, monkeypatch):
    begun, ended = threading.Event(), threading.Event()

    def endless(*_args, should_cancel, **_options):
        begun.set()
        while not should_cancel():
            time.sleep(0.01)
        ended.set()
        raise addon.a2g_core.errors.Cancelled

    monkeypatch.setattr(engine, "generate", endless)
    monkeypatch.setattr(addon.work.jobs, "PATIENCE_S", LIMIT_S)
    start()
    assert begun.wait(LIMIT_S)
    bpy.ops.wm.read_homefile(use_empty=True)
    assert ended.is_set()
    assert not bpy.context.window_manager.a2g.running
    assert runner.tick() is None
    assert len(bpy.data.actions) == 0


@pytest.mark.parametrize("delete", [lambda obj: bpy.data.objects.remove(obj), lambda _obj: bpy.ops.object.delete()])
def test_a_character_deleted_meanwhile_is_one_sentence(addon, runner, character, start, delete):
    start()
    delete(character)
    tick_to_the_end(runner)
    status = bpy.context.window_manager.a2g
    assert status.failed
    assert "was deleted" in status.message
    assert len(bpy.data.actions) == 0


def test_a_renamed_character_is_found_again(addon, runner, character, start):
    start()
    character.name = "Somebody Else"
    tick_to_the_end(runner)
    assert "Gestures" in strips(bpy.data.objects["Somebody Else"])


@pytest.mark.parametrize("error", ["A2G", "bug"])
def test_an_error_on_the_thread_is_told(addon, engine, runner, start, monkeypatch, error):
    def fail(*_args, **_options):
        raise addon.a2g_core.errors.AudioError("it hums", "record it again") if error == "A2G" else ValueError("boom")

    monkeypatch.setattr(engine, "generate", fail)
    start()
    tick_to_the_end(runner)
    status = bpy.context.window_manager.a2g
    assert status.failed
    assert status.message == "It hums; record it again." if error == "A2G" else "boom" in status.message


# --- whatever happens, it ends ------------------------------------------


def rename(obj, name):
    obj.data.bones[name].name = "renamed"


def remove(obj, name):
    bpy.ops.object.mode_set(mode="EDIT")
    obj.data.edit_bones.remove(obj.data.edit_bones[name])
    bpy.ops.object.mode_set(mode="OBJECT")


@pytest.mark.parametrize("change", [rename, remove])
def test_a_bone_that_goes_while_the_job_runs_is_not_keyed(addon, runner, character, start, change):
    start()
    change(character, "left_elbow")
    tick_to_the_end(runner)
    assert not bpy.context.window_manager.a2g.failed
    keyed = {path for path, _index in curves(addon.bl, strips(character)["Gestures"])}
    assert len(keyed) > 50
    for path in keyed:
        character.path_resolve(path)


def test_an_armature_that_is_no_character_any_more_ends_the_job_with_a_sentence(addon, runner, character, start):
    before = counts()
    start()
    for bone in [bone.name for bone in character.data.bones]:
        if bone.startswith(("left_", "right_")):
            remove(character, bone)
    tick_to_the_end(runner)
    status = bpy.context.window_manager.a2g
    assert status.failed and not status.running
    assert status.message.startswith("No bones were found for an arm;")
    assert counts() == before
    assert not character.animation_data or not len(character.animation_data.nla_tracks)


@pytest.mark.parametrize("step", ["make_writers", "attach_take"])
def test_an_error_in_any_tick_ends_the_job(addon, runner, character, start, monkeypatch, step):
    """Nothing of the new take is left, and the take of before plays on."""
    bpy.ops.a2g.generate()
    first = strips(character)["Gestures"]
    before, ends = counts(), []
    start()
    runner.job.on_end = ends.append
    real = getattr(addon.work.jobs, step)

    def broken(*arguments):
        real(*arguments)
        raise ValueError("boom")

    monkeypatch.setattr(addon.work.jobs, step, broken)
    tick_to_the_end(runner)
    status = bpy.context.window_manager.a2g
    assert (status.running, status.failed) == (False, True) and "boom" in status.message
    assert ends == [False] and not runner.is_busy
    assert counts() == before and list(strips(character)) == ["Gestures"]
    assert not first.mute


def test_an_error_after_the_take_was_put_on_its_track_takes_it_away(addon, runner, character, start):
    bpy.ops.a2g.generate()
    before = counts()
    start()
    tick_until(runner, lambda: runner.job.is_attached)
    assert strips(character)["Gestures"].mute and len(strips(character)) == 2
    bpy.ops.object.mode_set(mode="EDIT")
    tick_to_the_end(runner)
    bpy.ops.object.mode_set(mode="OBJECT")
    assert "Edit Mode" in bpy.context.window_manager.a2g.message
    assert counts() == before and list(strips(character)) == ["Gestures"]
    assert not strips(character)["Gestures"].mute


@pytest.mark.parametrize("how", ["cancel", "curve", "mode"])
def test_a_change_that_is_not_finished_is_taken_back(addon, runner, character, speech_file, monkeypatch, how):
    bpy.ops.a2g.generate()
    strip = strips(character)["Gestures"]
    before, recipe = curves(addon.bl, strip), strip.action.a2g.recipe
    monkeypatch.setattr(addon.work.jobs, "WRITING_S", 0.0)
    bpy.context.scene.frame_set(60)
    runner.start(addon.work.changes.other_phrase(bpy.context, character, 1))
    runner.timer.stop()
    while not (runner.job.writers and runner.job.writers[0].written > (51 if how == "mode" else 3)):
        assert runner.tick() is not None
        time.sleep(0.002)
    assert any((before[path] != now).any() for path, now in curves(addon.bl, strip).items())
    gone = ()
    if how == "cancel":
        bpy.ops.a2g.cancel()
    elif how == "mode":
        bpy.ops.object.mode_set(mode="EDIT")
    else:
        curve = list(addon.bl.fcurves(strip.action, addon.bl.slot_of(strip)))[-1]
        gone = (curve.data_path, curve.array_index)
        addon.bl.remove_fcurve(strip.action, addon.bl.slot_of(strip), curve)
    tick_to_the_end(runner)
    bpy.ops.object.mode_set(mode="OBJECT")
    now = curves(addon.bl, strip)
    assert set(before) - set(now) == ({gone} if gone else set())
    for path, keys in now.items():
        assert (keys == before[path]).all(), path
    assert strip.action.a2g.recipe == recipe


@pytest.fixture
def half_changed(addon, runner, character, speech_file, monkeypatch):
    """A take whose phrase was changed, and is half way to be changed again: (keys of the first take, of the changed
    one, and what keys are now). Each is an undo step of its own.
    """
    monkeypatch.setattr(addon.work.jobs, "WRITING_S", 0.0)
    bpy.context.scene.frame_set(60)
    bpy.ops.ed.undo_push(message="before")
    bpy.ops.a2g.generate()  # these make steps of their own
    bpy.ops.ed.undo_push(message="generated")

    def now():
        return curves(addon.bl, strips(bpy.data.objects["Character"])["Gestures"])

    first = now()
    bpy.ops.a2g.change_phrase()
    bpy.ops.ed.undo_push(message="changed")
    changed = now()
    runner.start(addon.work.changes.other_phrase(bpy.context, bpy.data.objects["Character"], 1))
    runner.timer.stop()
    tick_until(runner, lambda: runner.job.writers and runner.job.writers[0].written > 40)
    assert not is_same(now(), changed)
    return first, changed, now


def is_same(one, other) -> bool:
    return one.keys() == other.keys() and all((one[path] == other[path]).all() for path in one)


def test_undo_while_a_change_is_written_shows_the_keys_of_before(runner, half_changed):
    """And not those that the change was about to replace."""
    first, changed, now = half_changed
    bpy.ops.ed.undo()
    assert is_same(now(), first)
    bpy.ops.ed.redo()
    assert is_same(now(), changed)
    runner.abandon()


@pytest.mark.parametrize("is_over", [False, True])
def test_undo_steps_made_while_a_change_was_written_hold_no_half_of_it(addon, runner, half_changed, is_over):
    _first, changed, now = half_changed
    for x in range(3):
        bpy.data.objects["Character"].location.x = x
        bpy.ops.ed.undo_push(message="the artist's step")
    recipe = None
    if is_over:
        tick_to_the_end(runner)
        recipe = strips(bpy.data.objects["Character"])["Gestures"].action.a2g.recipe
        again = now()
    for _ in range(3):
        bpy.ops.ed.undo()
        assert is_same(now(), changed)
    for _ in range(2):
        bpy.ops.ed.redo()
        assert is_same(now(), changed)
    if is_over:
        bpy.ops.ed.redo()
        assert is_same(now(), again)
        assert strips(bpy.data.objects["Character"])["Gestures"].action.a2g.recipe == recipe
    else:
        tick_to_the_end(runner)
        assert list(strips(bpy.data.objects["Character"])) == ["Gestures"]  # changed where it is, not in a copy
        assert not is_same(now(), changed)


def test_cancel_ends_a_job_whose_thread_hangs(addon, engine, runner, character, start, monkeypatch):
    go_on = threading.Event()

    def stuck(*_args, **_options):
        go_on.wait(2 * LIMIT_S)
        raise addon.a2g_core.errors.Cancelled

    monkeypatch.setattr(engine, "generate", stuck)
    monkeypatch.setattr(addon.work.jobs, "PATIENCE_S", 0.1)
    start()
    runner.tick()
    bpy.ops.a2g.cancel()
    tick_to_the_end(runner)
    status = bpy.context.window_manager.a2g
    assert (status.running, status.failed, status.message) == (False, False, "Cancelled")
    go_on.set()
    monkeypatch.undo()
    start()  # and the next one works
    tick_to_the_end(runner)
    assert "Gestures" in strips(character)


@pytest.mark.parametrize("frame", [2**31 - 1, -(2**31), 1048570])
def test_a_start_beyond_the_timeline_is_one_sentence(addon, runner, character, start, frame):
    character.a2g_start_frame = frame
    before = counts()
    start()
    tick_to_the_end(runner)
    status = bpy.context.window_manager.a2g
    if frame > 0:
        assert "outside Blender's timeline" in status.message and counts() == before
    else:
        assert strips(character)["Gestures"].frame_start == -1048574


def test_a_job_is_refused_while_a_strip_is_tweaked_and_leaves_nothing(addon, runner, character, start, monkeypatch):
    monkeypatch.setattr(addon.work.jobs, "WRITING_S", 0.0)  # or the first tick may write all and attach the take
    bpy.ops.a2g.generate()
    before = counts()
    start()
    tick_until(runner, lambda: runner.job.writers)
    track = character.animation_data.nla_tracks[0]
    track.select = track.strips[0].select = True
    character.animation_data.use_tweak_mode = True
    assert character.animation_data.use_tweak_mode
    tick_to_the_end(runner)
    assert "is being tweaked" in bpy.context.window_manager.a2g.message
    assert character.animation_data.use_tweak_mode
    character.animation_data.use_tweak_mode = False
    assert counts() == before


@pytest.mark.parametrize("is_shared", [False, True])
def test_a_change_is_refused_while_a_strip_is_tweaked(addon, runner, character, speech_file, monkeypatch, is_shared):
    monkeypatch.setattr(addon.work.jobs, "WRITING_S", 0.0)
    bpy.ops.a2g.generate()
    strip = strips(character)["Gestures"]
    if is_shared:
        other = character.copy()
        bpy.context.collection.objects.link(other)
    before, recipe, n = curves(addon.bl, strip), strip.action.a2g.recipe, counts()
    bpy.context.scene.frame_set(60)
    runner.start(addon.work.changes.other_phrase(bpy.context, character, 1))
    runner.timer.stop()
    runner.job.thread.join()
    track = character.animation_data.nla_tracks[0]
    track.select = strip.select = True
    character.animation_data.use_tweak_mode = True
    while runner.tick() is not None:  # Blender gives a tweaked character's strips no other Action
        assert counts() == n
        assert all((now == before[path]).all() for path, now in curves(addon.bl, strip).items())
    assert "is being tweaked" in bpy.context.window_manager.a2g.message
    assert character.animation_data.use_tweak_mode
    character.animation_data.use_tweak_mode = False
    assert counts() == n and strip.action.a2g.recipe == recipe


def test_a_shared_take_that_is_tweaked_while_it_is_changed_keeps_its_keys(
    addon, runner, character, speech_file, monkeypatch
):
    bpy.ops.a2g.generate()
    other = character.copy()
    bpy.context.collection.objects.link(other)
    before = curves(addon.bl, strips(other)["Gestures"])
    monkeypatch.setattr(addon.work.jobs, "WRITING_S", 0.0)
    bpy.context.scene.frame_set(60)
    runner.start(addon.work.changes.other_phrase(bpy.context, character, 1))
    runner.timer.stop()
    while not (runner.job.writers and runner.job.writers[0].written > 3):
        assert runner.tick() is not None
        time.sleep(0.002)
    n_lines = len(addon.owner.owned(addon.log.Log).lines())
    track = character.animation_data.nla_tracks[0]
    track.select = track.strips[0].select = True
    character.animation_data.use_tweak_mode = True
    tick_to_the_end(runner)
    assert "is being tweaked" in bpy.context.window_manager.a2g.message
    character.animation_data.use_tweak_mode = False
    for obj in (character, other):
        now = curves(addon.bl, strips(obj)["Gestures"])
        assert all((now[path] == before[path]).all() for path in before), obj.name
    assert "Traceback" not in "\n".join(addon.owner.owned(addon.log.Log).lines()[n_lines:])


def test_a_handler_that_fails_lets_the_others_go_on(addon, caplog):
    def broken() -> None:
        raise ValueError("boom")

    addon.timer.guarded(broken)()
    assert "boom" in caplog.text or "boom" in "".join(addon.owner.owned(addon.log.Log).lines())
