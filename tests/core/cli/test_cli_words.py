from __future__ import annotations

import json
import re

import pytest
from sample_speech import SENTENCES, SPEECH

from a2g_core.cli.main import main

WITHOUT_ONE = " ".join((*SENTENCES[:3], *SENTENCES[4:]))


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "text.txt"
    path.write_text(WITHOUT_ONE, encoding="utf-8")
    return path


def test_words_are_printed_with_their_times(text, capsys):
    assert main(["words", str(SPEECH), str(text)]) == 0
    out, err = capsys.readouterr()
    rows = [line.split() for line in out.splitlines()]
    assert " ".join(row[2] for row in rows) == WITHOUT_ONE
    assert 0.1 < float(rows[0][0]) < 0.4 and 17 < float(rows[-1][0]) < 17.5
    assert "something is said that is not in the text" in err  # a whole sentence


def test_what_is_written_is_read_again_as_it_is(text, tmp_path, capsys):
    out = tmp_path / "words.json"
    assert main(["words", str(SPEECH), str(text), "-o", str(out), "--json"]) == 0
    words = json.loads(out.read_text("utf-8"))["words"]
    told = json.loads(capsys.readouterr().out)
    assert told["words"] == words and told["notes"]
    assert main(["words", str(SPEECH), str(out), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["words"] == words


def test_a_file_that_somebody_may_have_corrected_stays(text, tmp_path, capsys):
    out = tmp_path / "words.json"
    out.write_text("{}")
    assert main(["words", str(SPEECH), str(text), "-o", str(out)]) == 2
    assert "is there already" in capsys.readouterr().err and out.read_text() == "{}"
    assert main(["words", str(SPEECH), str(text), "-o", str(out), "--force"]) == 0
    assert main(["words", str(SPEECH), str(text), "-o", str(text), "--force"]) == 2
    assert text.read_text("utf-8") == WITHOUT_ONE


def test_another_ending_is_refused(text, tmp_path, capsys):
    assert main(["words", str(SPEECH), str(text), "-o", str(tmp_path / "words.srt")]) == 2
    assert "let it end in .json" in capsys.readouterr().err


@pytest.mark.parametrize("ending", ["srt", "vtt", "TextGrid", "json", "txt"])
@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe\x00", "Grüße".encode("cp1252"), b"\x00" * 99, b"1\n-0:00:01,0 --> 0:00:02,0\nhi"]
)
def test_a_damaged_text_is_refused_in_a_sentence(tmp_path, capsys, ending, data):
    path = tmp_path / f"text.{ending}"
    path.write_bytes(data if ending != "txt" or b"hi" not in data else b"...")
    assert main(["words", str(SPEECH), str(path)]) == 2
    out, err = capsys.readouterr()
    assert out == "" and re.fullmatch(rf"a2g: 'text.{ending}'[^\n]+; [^\n]+\.\n", err)
