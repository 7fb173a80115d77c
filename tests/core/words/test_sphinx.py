"""What surrounds pocketsphinx; no environment of the tests has the program itself."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from sample_speech import SENTENCES, SPEECH, TEXT

from a2g_core.errors import WordsError
from a2g_core.speech.audio import open_speech
from a2g_core.speech.heard import hear
from a2g_core.words.acoustics import FPS
from a2g_core.words.aligning import align
from a2g_core.words.sphinx import align_finely
from a2g_core.words.word import Passage, written

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="stands in for Python by a script with a shebang")


def _python(folder: Path, answer: str) -> Path:
    """A program that says it has pocketsphinx, and keeps what it is asked."""
    path = folder / "python"
    text = (
        f"#!{sys.executable}\nimport sys, pathlib\nif '-c' not in sys.argv:\n"
        f"    pathlib.Path({str(folder / 'order.json')!r}).write_text(sys.stdin.read())\n    {answer}\n"
    )
    path.write_text(text)
    path.chmod(0o755)
    return path


@pytest.fixture(scope="module")
def heard():
    return hear(open_speech(SPEECH), FPS)


def _align(text, heard, python):
    return align_finely([Passage(text)], open_speech(SPEECH), heard, python)


def test_words_get_their_times_and_unknown_ones_sounds(tmp_path, heard):
    times = [[w.start_s, w.end_s] for w in align([Passage(TEXT)], heard).words]
    python = _python(tmp_path, f"print({json.dumps({'words': times})!r})")
    found = _align(TEXT, heard, python)
    assert [w.text for w in found.words] == [w.text for w in written(TEXT)] and found.notes == ()
    assert [[w.start_s, w.end_s] for w in found.words] == times
    order = json.loads((tmp_path / "order.json").read_text())
    assert order["words"][:3] == ["hello", "every", "move"] and all(order["phones"])
    assert order["phones"][2] == "M OW V" and len(order["beams"]) == 6


def test_a_text_that_lacks_a_sentence_is_told_with_its_place(tmp_path, heard):
    text = " ".join(SENTENCES[:2] + SENTENCES[3:])
    words = [w for w in align([Passage(TEXT)], heard).words if not 4.4 < w.start_s < 8]
    python = _python(tmp_path, f"print({json.dumps({'words': [[w.start_s, w.end_s] for w in words]})!r})")
    (note,) = _align(text, heard, python).notes
    assert "0:04" in str(note) and "is not in the text" in str(note)


def test_where_our_own_way_finds_nothing_wrong_loud_sound_without_a_word_does(tmp_path, heard):
    words = align([Passage(TEXT)], heard).words
    times = [[w.start_s, w.end_s] if w.start_s < 12 else [12.0, 12.1] for w in words]
    python = _python(tmp_path, f"print({json.dumps({'words': times})!r})")
    notes = _align(TEXT, heard, python).notes
    assert notes and all("is not in the text" in str(note) for note in notes)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ("print('{\"words\": null}')", "finds no way through the text"),
        ("sys.exit('broken')", "ended with an error"),
        ("print('no json')", "ended with an error"),
    ],
)
def test_what_goes_wrong_is_a_sentence(tmp_path, heard, answer, sentence):
    with pytest.raises(WordsError, match=sentence):
        _align(TEXT, heard, _python(tmp_path, answer))


def test_a_python_without_it_says_so(heard):
    with pytest.raises(WordsError, match="has no pocketsphinx"):
        _align(TEXT, heard, Path(sys.executable))
    with pytest.raises(WordsError, match="has no pocketsphinx"):
        _align(TEXT, heard, Path("/nowhere/python"))
