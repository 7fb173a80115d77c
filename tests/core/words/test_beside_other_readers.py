"""Files that pysubs2 and praatio write are read as they read them, and so are odd ones that were written by hand."""

from __future__ import annotations

from random import Random

import pysubs2
import pytest
from praatio import textgrid
from praatio.data_classes.interval_tier import IntervalTier
from praatio.data_classes.point_tier import PointTier
from word_files import SHORT_TEXTGRID, TEXTGRID

from a2g_core.words.reading import read_passages
from a2g_core.words.word import words_of

WORDS = (
    "Good",
    "morning,",
    "grün",
    "don't",
    "“well”",
    "今日は",
    "42",
    "3.5",
    "1:30",
    "…",
    "Ärger",
    "мир",
    "a&b",
    "I",
    "<3",
)


def _said(path):
    """(start, end, words) of every passage that has any."""
    return [(p.start_s, p.end_s, words_of(p.text)) for p in read_passages(path) if words_of(p.text)]


def _subtitles(path):
    cues = sorted((e for e in pysubs2.load(str(path)) if words_of(e.plaintext)), key=lambda e: e.start)
    return [(pytest.approx(e.start / 1000), pytest.approx(e.end / 1000), words_of(e.plaintext)) for e in cues]


def _some_words(rng):
    return [" ".join(rng.choices(WORDS, k=rng.randint(1, 6))) for _ in range(rng.randint(1, 2))]


@pytest.mark.parametrize("ending", ["srt", "vtt"])
@pytest.mark.parametrize("seed", range(20))
def test_subtitles_that_pysubs2_writes(tmp_path, ending, seed):
    rng, file, at_ms = Random(seed), pysubs2.SSAFile(), 0
    for _ in range(rng.randint(1, 30)):
        at_ms += rng.choice((0, 1, 999, 3_600_000))
        text = "\\N".join(_some_words(rng))
        file.append(
            pysubs2.SSAEvent(at_ms, at_ms + rng.choice((1, 500, 61_001)), text.replace("Good", "{\\i1}Good{\\i0}"))
        )
        at_ms = file[-1].end
    path = tmp_path / f"words.{ending}"
    file.save(str(path), encoding=rng.choice(("utf-8", "utf-8-sig" if ending == "srt" else "utf-8")))
    if any(words_of(event.plaintext) for event in file):
        assert _said(path) == _subtitles(path) and len(_said(path)) > 0


def _cue(number, start, end, text, blank="\n"):
    return f"{number}00:00:{start} --> 00:00:{end}\n{text}\n{blank}"


@pytest.mark.parametrize(
    "text",
    [
        _cue("", "01,000", "02,000", "Hi there") + _cue("", "03,000", "04,000", "again"),
        _cue("1\n", "01,000", "02,000", "Hi there", "") + _cue("2\n", "03,000", "04,000", "again", ""),
        _cue("1\n", "01,000", "02,000", "Hi\n\nthere") + _cue("2\n", "03,000", "04,000", "again"),
        _cue("1\n", "01,000", "04,000", "Hi there") + _cue("2\n", "02,000", "03,000", "both speak"),
        _cue("1\n", "05,000", "06,000", "late") + _cue("2\n", "02,000", "03,000", "early"),
        _cue("1\n", "01.000", "02.5", "dots") + _cue("7\n", "03,05", "04,50", "few digits"),
        _cue("1\n", "01,000", "02,000", "") + _cue("2\n", "03,000", "04,000", "after an empty one"),
        _cue("1\n", "01,000", "02,000", '<font color="#ff0000">Hi</font> {\\i1}there{\\i0} I <3 you, 2 < 3 > 1'),
        _cue("1\n", "01,000", "02,000", "10:30") + _cue("2\n", "03,000", "04,000", "42"),
        _cue("1\n", "01,000", "02,000", "the last one has a number") + "2\n",
        "1\n00:00:01,000 -> 00:00:02,000\nan arrow of one stroke\n",
        "1\n00:61:01,000-->01:02:02,000 X1:5 Y1:7\nno spaces\n",
        _cue("1\n", "01,000", "02,000", "- Hi, Ann.\n- Hello.").replace("\n", "\r\n"),
    ],
)
def test_odd_subtitles(tmp_path, text):
    path = tmp_path / "words.srt"
    path.write_text(text, encoding="utf-8", newline="")
    expected = _subtitles(path)
    assert _said(path) == expected and expected


@pytest.mark.parametrize("form", ["short_textgrid", "long_textgrid"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("seed", range(5))
def test_textgrids_that_praatio_writes(tmp_path, form, encoding, seed):
    rng, rows, at_s = Random(seed), [], 0.0
    for _ in range(rng.randint(2, 20)):
        start_s = at_s + rng.choice((0.0, 0.25, 1.0625))
        at_s = start_s + rng.choice((0.001, 0.5, 61.75))
        rows.append((start_s, at_s, " ".join(_some_words(rng)).replace("I", '"I"')))
    grid = textgrid.Textgrid()
    grid.addTier(PointTier("clicks", [(0.0005, "1.5 <exists>")], 0, at_s))
    grid.addTier(IntervalTier("word 1", rows, 0, at_s))
    grid.addTier(IntervalTier("sounds", [(0, at_s, "one two three")], 0, at_s))
    path = tmp_path / "words.TextGrid"
    grid.save(str(path), form, includeBlankSpaces=rng.random() < 0.5)
    path.write_bytes(path.read_text("utf-8").encode(encoding))
    (name,) = [name for name in textgrid.openTextgrid(str(path), False).tierNames if "word" in name]
    theirs = textgrid.openTextgrid(str(path), False).getTier(name).entries
    expected = [(e.start, e.end, words_of(e.label)) for e in theirs if words_of(e.label)]
    assert _said(path) == [(pytest.approx(a), pytest.approx(b), words) for a, b, words in expected] and expected


@pytest.mark.parametrize("text", [TEXTGRID, SHORT_TEXTGRID])
def test_textgrids_by_hand(tmp_path, text):
    path = tmp_path / "words.TextGrid"
    path.write_text(text, encoding="utf-8")
    grid = textgrid.openTextgrid(str(path), False)
    entries = grid.getTier("words" if "words" in grid.tierNames else "sentences").entries
    assert _said(path) == [(e.start, e.end, words_of(e.label)) for e in entries if e.label != "<sil>"]


def test_points_are_words_where_no_interval_has_any(tmp_path):
    grid = textgrid.Textgrid()
    grid.addTier(PointTier("clicks", [(0.7, "hello"), (0.9, "you")], 0, 3.5))
    path = tmp_path / "words.TextGrid"
    grid.save(str(path), "long_textgrid", includeBlankSpaces=True)
    assert _said(path) == [(0.7, None, ["hello"]), (0.9, None, ["you"])]
