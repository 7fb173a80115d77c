"""Subtitles and transcripts as other programs write them; their shapes are those of real files, the words are ours."""

from __future__ import annotations

import json

import pytest

from a2g_core.errors import WordsError
from a2g_core.words.reading import read_passages
from a2g_core.words.transcripts import as_json
from a2g_core.words.word import Word, words_of

SRT = """1
00:00:01,000 --> 00:00:02,500
<i>Good morning,</i>
{\\an8}Anna &amp; Ben.

2
0:00:03,25 --> 00:01:04,000 X1:100 X2:200
How are you?
"""
VTT = """WEBVTT - made by hand
Kind: captions

NOTE a comment --> with an arrow

STYLE
::cue { color: white }

intro
00:01.000 --> 00:02.500 align:start position:0%
<v Anna>Good <c.loud>morning.</c>

01:00:03.000 --> 01:00:05.000
<01:00:03.250>How <01:00:03.500>are <01:00:04.000>you?
"""
TEXTGRID = """File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0
xmax = 2.5
tiers? <exists>
size = 3
item []:
    item [1]:
        class = "IntervalTier"
        name = "phones"
        xmin = 0
        xmax = 2.5
        intervals: size = 2
        intervals [1]:
            xmin = 0
            xmax = 0.5
            text = ""
        intervals [2]:
            xmin = 0.5
            xmax = 2.5
            text = "g"
    item [2]:
        class = "TextTier"
        name = "word events"
        xmin = 0
        xmax = 2.5
        points: size = 1
        points [1]:
            number = 1.5
            mark = "clap"
    item [3]:
        class = "IntervalTier"
        name = "words"
        xmin = 0
        xmax = 2.5
        intervals: size = 3
        intervals [1]:
            xmin = 0
            xmax = 0.5
            text = "<sil>"
        intervals [2]:
            xmin = 0.5
            xmax = 1.25
            text = "say ""no"" 3"
        intervals [3]:
            xmin = 1.25
            xmax = 2.5
            text = "morning"
"""
SHORT_TEXTGRID = (
    'File type = "ooTextFile"\nObject class = "TextGrid"\n\n'
    '0\n2.5\n<exists>\n1\n"IntervalTier"\n"sentences"\n0\n2.5\n2\n'
    '0\n0.5\n""\n0.5\n2.5\n"good morning"\n'
)
WHISPER = {
    "text": " Good morning.",
    "segments": [
        {
            "id": 0, "start": 0.5, "end": 2.0, "text": " Good morning.",
            "words": [
                {"word": " Good", "start": 0.6, "end": 0.9, "probability": 0.9},
                {"word": " morning.", "start": 0.9, "end": 1.6, "probability": 0.8},
            ],
        },
        {"id": 1, "start": 3.0, "end": 4.0, "text": " And welcome."},
    ],
    "language": "en",
}  # fmt: skip
WHISPERX = {
    "segments": [
        {
            "start": 0.5, "end": 2.0, "text": " The 3 of us.",
            "words": [
                {"word": "The", "start": 0.5, "end": 0.7, "score": 0.9}, {"word": "3"},
                {"word": "of", "start": 1.1, "end": 1.2, "score": 0.9},
                {"word": "us.", "start": 1.2, "end": 1.6, "score": 0.9},
            ],
        }
    ],
    "word_segments": [],
}  # fmt: skip
VOSK = {"result": [{"conf": 1.0, "start": 0.5, "end": 0.9, "word": "good"}], "text": "good"}
AWS = {
    "jobName": "a",
    "results": {
        "transcripts": [{"transcript": "Good, morning."}],
        "items": [
            {"start_time": "0.5", "end_time": "0.9", "alternatives": [{"content": "Good"}], "type": "pronunciation"},
            {"alternatives": [{"content": ","}], "type": "punctuation"},
            {"start_time": "0.9", "end_time": "1.6", "alternatives": [{"content": "morning"}], "type": "pronunciation"},
            {"alternatives": [{"content": "."}], "type": "punctuation"},
        ],
    },
}
ELEVENLABS = {
    "audio_base64": "",
    "alignment": {
        "characters": list("Hi you"),
        "character_start_times_seconds": [0.0, 0.1, 0.2, 0.3, 0.4, 0.5],
        "character_end_times_seconds": [0.1, 0.2, 0.3, 0.4, 0.5, 0.6],
    },
}


@pytest.mark.parametrize(
    ("ending", "content", "expected"),
    [
        (".srt", SRT, [("Good morning,\nAnna & Ben.", 1.0, 2.5), ("How are you?", 3.25, 64.0)]),
        (
            ".vtt", VTT,
            [("Good morning.", 1.0, 2.5), ("How", 3603.25, 3603.5), ("are", 3603.5, 3604.0), ("you?", 3604.0, 3605.0)],
        ),
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
