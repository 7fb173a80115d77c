from __future__ import annotations

import json
import re

import pytest
from word_files import AWS, ELEVENLABS, EVERY, ROLLING_VTT, SHORT_TEXTGRID, SRT, TEXTGRID, VOSK, VTT, WHISPER, WHISPERX

from a2g_core.errors import WordsError
from a2g_core.words.reading import read_passages
from a2g_core.words.transcripts import as_json
from a2g_core.words.word import Word, words_of


@pytest.mark.parametrize(
    ("ending", "content", "expected"),
    [
        (".srt", SRT, [("Good morning,\nAnna & Ben.", 1.0, 2.5), ("How are you?", 3.25, 64.0)]),
        (
            ".vtt", VTT,
            [("Good morning.", 1.0, 2.5), ("How", 3603.25, 3603.5), ("are", 3603.5, 3604.0), ("you?", 3604.0, 3605.0)],
        ),
        (
            ".vtt", ROLLING_VTT,
            [("hello", 0.08, 0.48), ("every", 0.48, 0.8), ("one", 0.8, 2.389), ("this", 2.399, 2.7), ("is", 2.7, 3.1),
             ("it", 3.1, 4.0)],
        ),
        (
            ".vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<00:01.000>Ka<00:01.400>raoke<00:01.600>, 今<00:01.800>日\n",
            [("Karaoke, 今", 1.0, 1.8), ("日", 1.8, 2.0)],
        ),
        (".vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nNo.\n\n00:02.000 --> 00:03.000\nNo.\n",
         [("No.", 1.0, 2.0), ("No.", 2.0, 3.0)]),
        (".TextGrid", TEXTGRID, [('say "no" 3', 0.5, 1.25), ("morning", 1.25, 2.5)]),
        (".TextGrid", SHORT_TEXTGRID, [("good morning", 0.5, 2.5)]),
        (".json", WHISPER, [("Good", 0.5, 0.8), ("morning.", 0.8, 1.5), ("And welcome.", 3.0, 4.0)]),
        (".json", WHISPERX, [("The", 0.5, 0.7), ("3", None, None), ("of", 1.1, 1.2), ("us.", 1.2, 1.6)]),
        (".json", VOSK, [("good", 0.5, 0.9)]),
        (".json", [VOSK, {"text": ""}, VOSK], [("good", 0.5, 0.9)] * 2),
        (".json", AWS, [("Good,", 0.5, 0.9), ("morning.", 0.9, 1.6)]),
        (".json", ELEVENLABS, [("Hi", 0.0, 0.2), ("you", 0.3, 0.6)]),
        (".json", as_json([Word("Ja,", 0.5, 0.8), Word("gut.", 0.9, 1.6)]), [("Ja,", 0.5, 0.8), ("gut.", 0.9, 1.6)]),
        (".txt", "Good morning.\n", [("Good morning.", None, None)]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_kind_is_read(tmp_path, ending, content, expected, encoding):
    path = tmp_path / f"words{ending}"
    text = content if isinstance(content, str) else json.dumps(content)
    path.write_bytes(text.replace("\n", "\r\n").encode(encoding))
    found = [(p.text.strip(), p.start_s, p.end_s) for p in read_passages(path) if words_of(p.text)]
    assert [text for text, *_ in found] == [text for text, *_ in expected]
    for (_, *times), (_, *told) in zip(found, expected):
        assert times == [t if t is None else pytest.approx(t) for t in told]


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("missing.txt", None, "there is no text"),
        ("words.doc", b"x", "of no kind that words are read from"),
        ("words.txt", b" ... \n", "has no words"),
        ("words.txt", b"caf\xe9", "it is not UTF-8 text"),
        ("words.txt", b"a\0b", "it is not a text"),
        ("words.srt", b"Good morning", "it has no subtitles"),
        ("words.srt", b"1\n00:00:xx --> 00:00:02,000\nGood\n", "has no times that can be read"),
        ("words.srt", b"1\n00:00:03,000 --> 00:00:02,000\nGood\n", "'Good' ends before it begins"),
        ("words.vtt", SRT.encode(), "it does not begin with WEBVTT"),
        ("words.textgrid", b"Good morning", "it is not a TextGrid"),
        ("words.textgrid", TEXTGRID[:700].encode(), "the TextGrid is damaged"),
        ("words.json", b'{"segments": [', "it is not JSON"),
        ("words.json", b'{"segments": "none"}', "no transcript of a kind that is known"),
        ("words.json", b"[]", "no transcript of a kind that is known"),
        ("words.json", b'{"result": [{"word": "a", "start": -1, "end": 2}]}', "a time is out of range"),
        ("words.json", b'{"result": [{"word": "a", "start": NaN, "end": 2}]}', "a time is out of range"),
        ("words.json", b"[" * 100_000, "it is not JSON"),
        (
            "words.json",
            b'{"result": [{"word": {"a": 1}, "start": 1, "end": 2}]}',
            "no transcript of a kind that is known",
        ),
        ("words.srt", b"", "it has no subtitles"),
        ("words.srt", b"1\n-00:00:01,000 --> 00:00:02,000\nGood\n", "has no times that can be read"),
        ("words.srt", b"1\n00:00:01,000 --> 00:00:02,000\nGood\n\n2\n00:00:0", "'00:00:0' has no times"),
        ("words.srt", "1\n00:00:01,000 --> 00:00:02,000\nGrün\n".encode("cp1252"), "it is not UTF-8 text"),
        ("words.srt", SRT.encode("utf-16-le"), "it is not a text"),
        ("words.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nHow <00:09.000>are you\n", "ends before it begins"),
        ("words.textgrid", b"", "it is not a TextGrid"),
        ("words.textgrid", SHORT_TEXTGRID.replace("0.5", "-0.5").encode(), "a time is out of range"),
        ("words.textgrid", SHORT_TEXTGRID.replace("0.5", "2.6").encode(), "ends before it begins"),
        ("words.textgrid", SHORT_TEXTGRID.replace("good morning", "").encode(), "no tier with words"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(tmp_path, name, data, problem):
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(WordsError) as caught:
        read_passages(path)
    assert problem in str(caught.value) and caught.value.hint


def test_passages_come_by_time_and_those_without_stay_where_they_are(tmp_path):
    path = tmp_path / "words.json"
    words = [("b", 2.0, 2.5), ("c", None, None), ("a", 1.0, 1.5)]
    path.write_text(json.dumps({"words": [{"word": w, "start": a, "end": b} for w, a, b in words]}))
    assert [p.text for p in read_passages(path)] == ["a", "b", "c"]


@pytest.mark.parametrize(("ending", "content"), EVERY)
def test_what_is_cut_off_is_read_or_refused_in_a_sentence(tmp_path, ending, content):
    data = (content if isinstance(content, str) else json.dumps(content)).encode()
    path, refused = tmp_path / f"words.{ending}", 0
    whole = [word for passage in _read(path, data) for word in words_of(passage.text)]
    for end in range(0, len(data), 7):
        try:
            words = [word for passage in _read(path, data[:end]) for word in words_of(passage.text)]
        except WordsError as error:
            refused += 1
            assert re.fullmatch(r"[^\n]+; [^\n]+\.", str(error))
        else:
            assert set(words[:-1]) <= set(whole)  # the last one may be cut off itself
    assert refused > 1 or ending == "txt"


def _read(path, data):
    path.write_bytes(data)
    return read_passages(path)
