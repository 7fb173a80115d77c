"""Subtitles and transcripts as other programs write them; their shapes are those of real files, the words are ours."""

from __future__ import annotations

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
ROLLING_VTT = """WEBVTT
Kind: captions
Language: en

00:00:00.080 --> 00:00:02.389 align:start position:0%
\x20
hello<00:00:00.480><c> every</c><00:00:00.800><c> one</c>

00:00:02.389 --> 00:00:02.399 align:start position:0%
hello every one
\x20

00:00:02.399 --> 00:00:04.000 align:start position:0%
hello every one
this<00:00:02.700><c> is</c><00:00:03.100><c> it</c>
"""
"""As YouTube writes captions that it made by itself."""
POINTS_TEXTGRID = (
    'File type = "ooTextFile"\nObject class = "TextGrid"\n\n'
    '0\n2.5\n<exists>\n1\n"TextTier"\n"words"\n0\n2.5\n2\n0.5\n"good"\n1.25\n"morning"\n'
)
TEXT = "Good *morning*. [gesture:no] 今日は、 how are you in 2026?"

EVERY = (
    ("srt", SRT), ("vtt", VTT), ("vtt", ROLLING_VTT), ("textgrid", TEXTGRID), ("textgrid", SHORT_TEXTGRID),
    ("textgrid", POINTS_TEXTGRID), ("json", WHISPER), ("json", WHISPERX), ("json", [VOSK]), ("json", AWS),
    ("json", ELEVENLABS), ("txt", TEXT),
)  # fmt: skip
"""(ending, content) of one of each kind."""
