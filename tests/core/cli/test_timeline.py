"""`a2g timeline`: an edit of dialogue, written by opentimelineio, becomes a table that `a2g batch` takes."""

from __future__ import annotations

import csv
import sys

import numpy as np
import opentimelineio as otio
import pytest
import soundfile
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


def test_what_cannot_be_read_is_said(edit, tmp_path, capsys, monkeypatch):
    path, _ = edit
    out = ["-o", str(tmp_path / "script.csv")]

    def refused(*arguments: object) -> str:
        assert main([*map(str, arguments)]) == 2
        return capsys.readouterr().err

    (tmp_path / "cut.edl").write_text("TITLE: X\n", encoding="utf-8")
    (tmp_path / "bad.otio").write_text("{", encoding="utf-8")
    assert "there is no file" in refused("timeline", tmp_path / "none.otio", *out)
    assert "is not a timeline" in refused("timeline", tmp_path / "bad.otio", *out)
    assert "install otio-cmx3600-adapter" in refused("timeline", tmp_path / "cut.edl", *out)
    (tmp_path / "script.csv").write_text("mine", encoding="utf-8")
    assert "was not made by this program" in refused("timeline", path, *out)
    (tmp_path / "rec/line 1.wav").unlink()
    assert "clip 'Hello?': there is no file" in refused("timeline", path, *out, "--force")
    monkeypatch.setitem(sys.modules, "opentimelineio", None)
    assert "pip install opentimelineio" in refused("timeline", path, *out, "--force")
