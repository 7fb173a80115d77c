"""`a2g timeline`: an edit of dialogue, written by opentimelineio, becomes a table that `a2g batch` takes."""

from __future__ import annotations

import csv
import os
import subprocess
import sys

import numpy as np
import opentimelineio as otio
import pytest
import soundfile
from places import ROOT
from small_models import random_model

from a2g_core.cli.main import main
from a2g_core.model.checkpoint import save_model

RATE = 16000


@pytest.fixture
def edit(tmp_path):
    """Anna says all of a recording after 2 s of nothing, then a part of it; Ben says it at once; a picture is shown."""
    samples = np.random.default_rng(1).uniform(-0.3, 0.3, 4 * RATE)
    (tmp_path / "rec").mkdir()
    soundfile.write(tmp_path / "rec/line 1.wav", samples, RATE, subtype="PCM_16")

    def time(seconds: float) -> otio.opentime.RationalTime:
        return otio.opentime.RationalTime(seconds * 24, 24)

    def clip(name: str, first: float, lasts: float, url: str) -> otio.schema.Clip:
        there = otio.opentime.TimeRange(time(100), time(4))  # recorded at 100 s of the day
        media = otio.schema.ExternalReference(target_url=url, available_range=there)
        return otio.schema.Clip(name, media, otio.opentime.TimeRange(time(100 + first), time(lasts)))

    def gap(seconds: float) -> otio.schema.Gap:
        return otio.schema.Gap(source_range=otio.opentime.TimeRange(time(0), time(seconds)))

    anna = otio.schema.Track("Anna", kind="Audio")
    anna.extend([gap(2), clip("Hello?", 0, 4, "rec/line 1.wav"), gap(0.5), clip("Hello?", 1, 1.5, "rec/line%201.wav")])
    ben = otio.schema.Track("Ben", kind="Audio")
    ben.append(clip("line 2", 0, 4, (tmp_path / "rec/line 1.wav").as_uri()))
    picture = otio.schema.Track("V1", kind="Video")
    picture.append(clip("shot", 0, 4, "shot.mov"))
    timeline = otio.schema.Timeline("scene", tracks=[picture, anna, ben])
    otio.adapters.write_to_file(timeline, str(tmp_path / "scene.otio"))
    return tmp_path / "scene.otio", samples


def test_clips_become_lines_at_their_time(edit, tmp_path, capsys):
    path, samples = edit
    assert main(["timeline", str(path), "-o", str(tmp_path / "script.csv")]) == 0, capsys.readouterr().err
    with (tmp_path / "script.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [(row["id"], row["character"], float(row["start"])) for row in rows] == [
        ("Hello", "Anna", 2.0), ("Hello-2", "Anna", 6.5), ("line-2", "Ben", 0.0)
    ]  # fmt: skip
    assert rows[0]["sound"] == rows[2]["sound"] == "rec/line 1.wav"
    part, rate = soundfile.read(tmp_path / rows[1]["sound"])
    assert rate == RATE and len(part) == 1.5 * RATE and np.abs(part - samples[RATE:][: len(part)]).max() < 1e-4
    save_model(random_model(), tmp_path / "model.safetensors")
    command = ["batch", str(tmp_path / "script.csv"), "-o", str(tmp_path / "out"), "--set"]
    assert main([*command, f"model={tmp_path / 'model.safetensors'}", "--workers", "1"]) == 0
    assert len(list((tmp_path / "out").glob("*.npz"))) == 3


LIST = """TITLE: SCENE 12
FCM: NON-DROP FRAME

001  ANNA01   AA    C        00:00:00:00 00:00:04:00 01:00:02:00 01:00:06:00
* FROM CLIP NAME: Hello
* FROM CLIP: rec/line 1.wav

002  BEN01    A3    C        00:00:01:00 00:00:02:12 01:10:00:05 01:10:01:17
* FROM CLIP NAME: LINE 1.WAV
"""
"""A CMX 3600 list: both channels of a recording whose place it says, and a part of one that it knows by name."""


def test_an_edit_list_becomes_lines_too(edit, tmp_path, capsys):
    _, samples = edit
    (tmp_path / "scene.edl").write_text(LIST, encoding="utf-8")
    command = ["timeline", str(tmp_path / "scene.edl"), "-o", str(tmp_path / "list.csv"), "--rate"]
    # An hour of 29.97 has 108000 numbers, or 18 fewer in each ten minutes where some are dropped.
    hours = {"25": (2, 600.2), "29.97": (2.002, 18005 * 1.001 / 30), "drop": (2.002, 17987 * 1.001 / 30)}
    for rate, starts in hours.items():
        text = LIST.replace("NON-DROP", "DROP") if rate == "drop" else LIST
        (tmp_path / "scene.edl").write_text(text, encoding="utf-8")
        given = "29.97" if rate == "drop" else rate
        assert main([*command, given, "--recordings", str(tmp_path / "rec")]) == 0
        assert "counted from 01:00:00:00" in (err := capsys.readouterr().err) and "fill in" in err
        with (tmp_path / "list.csv").open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        assert [(row["id"], row["character"]) for row in rows] == [("Hello", ""), ("LINE-1", "")]
        assert [float(row["start"]) for row in rows] == pytest.approx(starts, abs=1e-3), rate
    part, _ = soundfile.read(tmp_path / rows[1]["sound"])
    first, n = round(RATE * 30 * 1.001 / 30), round(RATE * 42 * 1.001 / 30)
    assert len(part) == n and np.abs(part - samples[first:][:n]).max() < 1e-4


def test_what_an_edit_list_lacks_is_said(edit, tmp_path, capsys):
    path, _ = edit
    (tmp_path / "scene.edl").write_text(LIST, encoding="utf-8")
    (tmp_path / "late.edl").write_text(LIST.replace("00:00:01:00 00:00:02:12", "14:00:01:00 14:00:02:12"), "utf-8")
    (tmp_path / "slow.edl").write_text(
        LIST.replace("00:00:02:12", "00:00:03:12") + "M2   BEN01   040.0  00:00:01:00\n", encoding="utf-8"
    )
    wrong = {
        ("scene.edl",): "add --rate",
        ("scene.edl", "--rate", "7"): "there are no timecodes of 7",
        ("scene.edl", "--rate", "25"): "no files in",
        ("late.edl", "--rate", "25", "--recordings", tmp_path / "rec"): "which lasts 4.00 s",
        ("slow.edl", "--rate", "25", "--recordings", tmp_path / "rec"): "plays at another speed",
        (path.name, "--rate", "25"): "says its rate itself",
    }
    for (name, *more), why in wrong.items():
        assert main(["timeline", str(tmp_path / name), "-o", str(tmp_path / "list.csv"), *map(str, more)]) == 2
        assert why in capsys.readouterr().err, name
    # Without the adapter, which announces itself by an entry point:
    command = [sys.executable, "-m", "a2g_core.cli", "timeline", tmp_path / "scene.edl", "-o", tmp_path / "list.csv"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OTIO_DISABLE_ENTRYPOINTS_PLUGINS": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 2 and "pip install otio-cmx3600-adapter" in done.stderr


def test_what_cannot_be_read_is_said(edit, tmp_path, capsys, monkeypatch):
    path, _ = edit
    out = ["-o", str(tmp_path / "script.csv")]

    def refused(*arguments: object) -> str:
        assert main([*map(str, arguments)]) == 2
        return capsys.readouterr().err

    (tmp_path / "cut.aaf").write_text("X", encoding="utf-8")
    (tmp_path / "bad.otio").write_text("{", encoding="utf-8")
    assert "there is no file" in refused("timeline", tmp_path / "none.otio", *out)
    assert "is not a timeline" in refused("timeline", tmp_path / "bad.otio", *out)
    assert "save the edit as .otio" in refused("timeline", tmp_path / "cut.aaf", *out)
    (tmp_path / "deep.otio").write_text("[" * 100_000 + "]" * 100_000, encoding="utf-8")
    assert "is not a timeline" in refused("timeline", tmp_path / "deep.otio", *out)
    for was, now, said in (
        ('"value": 2400.0', '"value": 1e300', "it uses seconds"), ('"value": 36.0', '"value": 0.0', "it uses seconds"),
        ('"value": 48.0', '"value": 1e12', "is out of range"),
    ):  # fmt: skip
        text = path.read_text(encoding="utf-8")
        assert was in text
        (tmp_path / "far.otio").write_text(text.replace(was, now), encoding="utf-8")
        assert said in refused("timeline", tmp_path / "far.otio", *out)
    (tmp_path / "script.csv").write_text("mine", encoding="utf-8")
    assert "was not made by this program" in refused("timeline", path, *out)
    (tmp_path / "rec/line 1.wav").unlink()
    assert "clip 'Hello?': there is no file" in refused("timeline", path, *out, "--force")
    monkeypatch.setitem(sys.modules, "opentimelineio", None)
    assert "pip install opentimelineio" in refused("timeline", path, *out, "--force")
