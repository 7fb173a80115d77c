from __future__ import annotations

import json

import numpy as np
import pytest
from sample_speech import SPEECH, TEXT

from a2g_core.cli import scenes
from a2g_core.cli.main import main
from a2g_core.speech.heard import hear


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "text.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_the_library_is_listed(capsys):
    assert main(["gestures", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("wave ") and "greet" in line for line in lines)
    assert main(["gestures", "list", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["gestures"]) == len(lines)


def test_suggestions_are_listed_and_nothing_is_written(text, tmp_path, capsys):
    assert main(["gestures", "suggest", str(SPEECH), str(text), "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["suggestions"]
    assert rows and rows[0]["words"] == "Hello!" and rows[0]["reason"] == "greet"
    assert [path.name for path in tmp_path.iterdir()] == ["text.txt"]


def test_words_and_take_hear_the_speech_once(text, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(scenes, "hear", lambda speech, fps: asked.append(fps) or hear(speech, fps))
    assert main(["generate", str(SPEECH), "-o", str(tmp_path / "take.npz"), "--words", str(text)]) == 0
    assert asked == [30]


def test_a_take_does_what_fits_its_words_and_what_is_asked_for(text, tmp_path, capsys):
    out = [tmp_path / f"{name}.npz" for name in ("free", "words", "asked")]
    assert main(["generate", str(SPEECH), "-o", str(out[0])]) == 0
    assert main(["generate", str(SPEECH), "-o", str(out[1]), "--words", str(text)]) == 0
    assert main(["generate", str(SPEECH), "-o", str(out[2]), "--gesture", "no:left@9.87"]) == 0
    capsys.readouterr()
    free, words, asked = (np.load(path)["poses"].reshape(-1, 55, 3) for path in out)
    assert np.abs(words - free).max() > 1
    changed = np.flatnonzero(np.abs(asked - free).max((1, 2)) > 1e-3) / 30
    assert 6 < changed.min() < 9.5 and 10.2 < changed.max() < 14
    right = np.abs(asked - free)[:, [17, 19, 21]].max()
    left = np.abs(asked - free)[:, [16, 18, 20]].max()
    assert left > 0.5 and right < 0.1


@pytest.mark.parametrize(
    ("option", "problem"),
    [
        (["--gesture", "no"], "'no' is no gesture with a time"),
        (["--gesture", "juggle@1"], "there is no gesture 'juggle'"),
        (["--gesture", "no@99"], "lies outside the speech"),
        (["--gesture", "nod:left@1"], "'nod' is done with the head"),
        (["--words", "missing.txt"], "there is no text"),
        (["--words", "{text}", "--language", "xx"], "no lexicon of 'xx'"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(text, tmp_path, capsys, option, problem):
    option = [o.format(text=text) for o in option]
    assert main(["generate", str(SPEECH), "-o", str(tmp_path / "take.npz"), *option]) == 2
    assert problem in capsys.readouterr().err and not (tmp_path / "take.npz").exists()


def test_gestures_are_of_one_recording(tmp_path, capsys):
    assert main(["generate", "--idle", "3", "-o", str(tmp_path / "take.npz"), "--gesture", "no@1"]) == 2
    assert "gestures are of one recording" in capsys.readouterr().err
