"""Tables of lines: takes for the characters of a scene by one click, and files of each line by the command."""

from __future__ import annotations

import json
import shutil
import wave
from pathlib import Path

import bpy
import numpy as np
import pytest
from scenes import strips

COLUMNS = "id,sound,character,seed,style,energy,start,listener,direction\n"


@pytest.fixture
def table(tmp_path, voice):
    """Writes a table beside its recording."""
    shutil.copy(voice, tmp_path / "voice.wav")

    def write(*rows: str, columns: str = COLUMNS) -> str:
        path = tmp_path / "script.csv"
        path.write_text(columns + "\n".join(rows) + "\n", encoding="utf-8")
        return str(path)

    return write


def recipes(addon, obj):
    return [addon.scene.take_list.recipe_of(strip) for strip in strips(obj).values()]


def test_every_line_becomes_a_take_of_its_character(addon, scene, character, table):
    bpy.ops.a2g.add_character(with_body=False)
    other = bpy.context.active_object
    scene.frame_end = 400
    character.a2g_idle = other.a2g_idle = False
    path = table(
        f"one,voice.wav,{character.name},4,Open,1.3,0,{other.name},",
        f"two,voice.wav,{character.name},5,,,6,,30",
        f"three,voice.wav,{other.name},,Firm,,8,,",
    )
    assert bpy.ops.a2g.batch(filepath=path) == {"FINISHED"}
    one, two = recipes(addon, character)
    listens, three = recipes(addon, other)
    fps = addon.speech.strips.scene_fps(scene)
    assert (one.request.seed, one.request.style, one.request.controls.at("energy", np.zeros(1), 30)[0]) == (
        4, "Open", pytest.approx(1.3)
    )  # fmt: skip
    assert (one.start_frame, two.start_frame) == (scene.frame_start, scene.frame_start + round(6 * fps))
    assert two.request.seed == 5 and two.request.gaze.target[0, 0] == pytest.approx(1.0)  # 2 m away, 30 degrees
    assert listens.is_silent and listens.request.partners and not one.is_silent
    assert three.request.style == "Firm" and three.start_frame == scene.frame_start + round(8 * fps)
    assert not any(strip.mute for strip in strips(character).values()), "they do not cover each other"


def test_a_job_does_the_same_and_can_be_cancelled(addon, runner, scene, character, table):
    path = table(f"one,voice.wav,{character.name},4,,,0,,", f"two,voice.wav,{character.name},5,,,6,,")
    operator = addon.work.batch
    script = operator.read(Path(path))
    uid = character.session_uid
    runner.ask(lambda: operator.order_of_all(bpy.context, script, addon.scene.takes.find_object(uid)))
    runner.cancel()
    assert not strips(character)


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (["one,voice.wav,Nobody,,,,,,"], "needs a character 'Nobody'"),
        (["one,none.wav,,,,,,,"], "There is no file"),
        (["one,voice.wav,,x,,,,,"], "has 'x' in column seed"),
        (["one,,,,,,,,"], "has no sound"),
        (["one,voice.wav,,,,9,,,"], "Energy is out of range"),
        (["one,voice.wav,,,Dancing,,,,"], "Dancing"),
        (["one,voice.wav,,,,,,Character,"], "would listen to it"),
        (["one,voice.wav,,,,nan,,,"], "has 'nan' in column energy"),
        (["one,voice.wav,,,,,inf,,"], "has 'inf' in column start"),
        (["one,voice.wav,,,,,1e7,,"], "has '1e7' in column start"),
        (["one,voice.wav,,3.5,,,,,"], "has '3.5' in column seed"),
        (["one,voice.wav,,,,,,,400"], "400"),
    ],
)
def test_what_is_wrong_with_a_line_is_said_and_nothing_is_made(character, table, rows, why):
    with pytest.raises(RuntimeError, match=why):
        bpy.ops.a2g.batch(filepath=table("first,voice.wav,,,,,,,", *rows))
    assert not strips(character)


def test_what_only_the_command_line_follows_is_refused(character, table):
    with pytest.raises(RuntimeError, match="Column 'pin' of a table is for the command line"):
        bpy.ops.a2g.batch(filepath=table("one,voice.wav,wave.npz@2", columns="id,sound,pins\n"))


def test_without_a_character_the_button_says_so(addon, scene):
    assert "no character" in addon.operators.batch.A2G_OT_batch.disabled_reason(bpy.context)


@pytest.fixture
def command(addon, capsys):
    """Runs the command; what it says of each line."""

    def run(*arguments: object, code: int = 0) -> dict[str, dict]:
        capsys.readouterr()
        assert addon.work.batch_command.main([*map(str, arguments), "--json"]) == code
        rows = [json.loads(row) for row in capsys.readouterr().out.splitlines() if row.startswith("{")]
        return {row.pop("id"): row for row in rows}

    return run


def test_the_command_makes_files_of_lines_and_only_what_changed(addon, character, table, tmp_path, command):
    hero, out = tmp_path / "hero.blend", tmp_path / "out"
    character.name = "Hero"
    bpy.ops.wm.save_as_mainfile(filepath=str(hero))
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "elsewhere.blend"))
    before = hero.read_bytes()
    rows = [
        "a/one,voice.wav,hero.blend,1,,,,,",
        "two,voice.wav,hero.blend#Hero,2,,,2,,",
        "bad,voice.wav,no.blend,,,,,,",
    ]
    done = command(table(*rows), "-o", out, "--format", "blend", "--format", "glb", code=2)
    assert done["a/one"]["outputs"] == ["a/one.blend", "a/one.glb"] and "no.blend" in done["bad"]["error"]
    assert hero.read_bytes() == before
    kept = {path: path.stat().st_mtime_ns for path in out.rglob("*.*") if path.suffix != ".jsonl"}
    assert {path.suffix for path in kept} == {".blend", ".glb"} and len(kept) == 4
    rows[2] = "bad,voice.wav,hero.blend,3,,,,,"
    done = command(table(*rows), "-o", out, "--format", "blend", "--format", "glb")
    assert [done[name]["state"] for name in ("a/one", "two", "bad")] == ["unchanged", "unchanged", "made"]
    assert all(path.stat().st_mtime_ns == then for path, then in kept.items())
    rows[0] = "a/one,voice.wav,hero.blend,7,,,,,"
    done = command(table(*rows), "-o", out, "--format", "blend", "--format", "glb")
    assert [done[name]["state"] for name in ("a/one", "two", "bad")] == ["made", "unchanged", "unchanged"]
    (again,) = command(table(*rows), "-o", out, "--only", "two").values()
    assert again["state"] == "made"
    bpy.ops.wm.open_mainfile(filepath=str(out / "a/one.blend"))
    obj = bpy.data.objects["Hero"]
    (made,) = recipes(addon, obj)
    assert made.request.seed == 7 and obj.a2g_speech_file == "//../../voice.wav"
    if "plays no sounds" not in " ".join(done["a/one"]["notes"]):  # as PyPI's Blender 4.2 says
        assert [sound.filepath for sound in bpy.data.sounds] == ["//../../voice.wav"]
    assert bpy.context.scene.frame_end >= made.start_frame + made.n_frames - 1


def test_a_line_is_made_again_when_a_file_that_its_character_links_has_changed(character, table, tmp_path, command):
    character.name = "Hero"
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "library.blend"))
    bpy.ops.wm.read_homefile(use_empty=True)
    with bpy.data.libraries.load(str(tmp_path / "library.blend"), link=True) as (_, wanted):
        wanted.objects = ["Hero"]
    bpy.context.collection.objects.link(wanted.objects[0])
    wanted.objects[0].override_create(remap_local_usages=True)
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "hero.blend"))
    arguments = table("one,voice.wav,hero.blend,1,,,,,"), "-o", tmp_path / "out", "--format", "blend"
    states = [command(*arguments)["one"]["state"] for _ in range(2)]
    bpy.ops.wm.open_mainfile(filepath=str(tmp_path / "library.blend"))
    bpy.data.objects["Hero"].scale *= 1.1
    bpy.ops.wm.save_mainfile()
    states += [command(*arguments)["one"]["state"] for _ in range(2)]
    assert states == ["made", "unchanged", "made", "unchanged"]


def test_the_command_says_what_is_wrong(table, tmp_path, command, capsys, addon):
    main = addon.work.batch_command.main
    (tmp_path / "file").touch()
    wrong = {
        (table("one,voice.wav,,,,,,,"), "-o", str(tmp_path / "file")): "file' cannot be written",
        ("none.csv", "-o", str(tmp_path)): "There is no script",
        (table("one,voice.wav,,,,,,,"), "-o", str(tmp_path / "out"), "--only", "other"): "No line has the id 'other'",
        (table("one,voice.wav,,,,,,,"),): "-o",
    }
    for arguments, why in wrong.items():
        assert main(arguments) == 2
        assert why in capsys.readouterr().err


def test_a_file_that_blender_could_not_open_is_not_replaced_by_our_own_body(
    table, tmp_path, capsys, addon, monkeypatch
):
    bpy.ops.wm.read_homefile(use_empty=True)
    asked = ["blender", "-b", "gone.blend", "-c", "a2g_batch"]
    monkeypatch.setattr("sys.argv", [*asked, "x"])
    assert addon.work.batch_command.main([table("one,voice.wav,,,,,,,"), "-o", str(tmp_path / "out")]) == 2
    assert "'gone.blend' could not be opened" in capsys.readouterr().err and not (tmp_path / "out").exists()


def test_a_quick_video_has_every_frame_whatever_the_file_renders(character, table, tmp_path, command):
    scene = bpy.context.scene
    scene.a2g_character, scene.frame_step = character, 50
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "hero.blend"))
    done = command(table("one,voice.wav,,,,,,,"), "-o", tmp_path / "out", "--format", "mp4", "--format", "blend")
    assert done["one"]["state"] == "made", done
    bpy.ops.wm.open_mainfile(filepath=str(tmp_path / "out/one.blend"))
    (strip,) = [s for t in bpy.context.scene.a2g_character.animation_data.nla_tracks for s in t.strips]
    clip = bpy.data.movieclips.load(str(tmp_path / "out/one.mp4"))
    assert clip.frame_duration == pytest.approx(strip.frame_end - strip.frame_start + 1, abs=1)
    assert bpy.context.scene.frame_step == 50


def test_our_own_body_is_there_as_long_as_it_speaks(table, tmp_path, command):
    bpy.ops.wm.read_homefile(use_empty=True)
    command(table("one,voice.wav,,,,,,,", "late,voice.wav,,,,,3,,"), "-o", tmp_path / "out")
    lasts = {}
    for name in ("one", "late"):
        bpy.ops.wm.open_mainfile(filepath=str(tmp_path / f"out/{name}.blend"))
        lasts[name] = bpy.context.scene.frame_end
    with wave.open(str(tmp_path / "voice.wav")) as file:
        n_frames = file.getnframes() / file.getframerate() * 24
    assert lasts["one"] == pytest.approx(n_frames, abs=1)
    assert lasts["late"] == pytest.approx(n_frames + 3 * 24, abs=1)


def test_a_contact_sheet_shows_the_character(character, table, tmp_path, command):
    out = tmp_path / "out"
    bpy.ops.wm.read_homefile(use_empty=True)
    done = command(table("one,voice.wav,,,,,,,"), "-o", out, "--format", "png", code=None or 0)
    if "without a display" in done["one"].get("error", ""):
        pytest.skip("workbench cannot render here: there is neither a display nor EGL")
    image = bpy.data.images.load(str(out / "one.png"))
    pixels = np.array(image.pixels[:]).reshape(image.size[1], image.size[0], 4)
    assert tuple(image.size) == (6 * 240, 2 * 300) and pixels[..., :3].std() > 0.02
    tiles = [pixels[300 * (k // 6) :, 240 * (k % 6) :][:300, :240] for k in range(12)]
    assert np.abs(tiles[1] - tiles[8]).max() > 0.1, "it moves"
