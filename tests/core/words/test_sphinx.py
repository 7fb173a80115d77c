"""What surrounds pocketsphinx; no environment of the tests has the program itself."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import ClassVar, NamedTuple

import pytest
from sample_speech import SENTENCES, SPEECH, TEXT

from a2g_core.errors import WordsError
from a2g_core.speech.audio import open_speech
from a2g_core.speech.heard import hear
from a2g_core.words import sphinx_script
from a2g_core.words.acoustics import FPS
from a2g_core.words.aligning import align, clock
from a2g_core.words.sphinx import LEAVING_OUT, align_finely
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
    python = _python(tmp_path, f"print({json.dumps({'words': times, 'left_out': False})!r})")
    found = _align(TEXT, heard, python)
    assert [w.text for w in found.words] == [w.text for w in written(TEXT)] and found.notes == ()
    assert [[w.start_s, w.end_s] for w in found.words] == times
    order = json.loads((tmp_path / "order.json").read_text())
    assert order["words"][:3] == ["hello", "every", "move"] and all(order["phones"])
    assert order["phones"][2] == "M OW V" and len(order["beams"]) == 6


def test_a_text_that_lacks_a_sentence_is_told_with_its_place(tmp_path, heard):
    text = " ".join(SENTENCES[:2] + SENTENCES[3:])
    words = [w for w in align([Passage(TEXT)], heard).words if not 4.4 < w.start_s < 8]
    python = _python(
        tmp_path, f"print({json.dumps({'words': [[w.start_s, w.end_s] for w in words], 'left_out': False})!r})"
    )
    (note,) = _align(text, heard, python).notes
    assert "0:04" in str(note) and "is not in the text" in str(note)


def test_where_our_own_way_finds_nothing_wrong_loud_sound_without_a_word_does(tmp_path, heard):
    words = align([Passage(TEXT)], heard).words
    times = [[w.start_s, w.end_s] if w.start_s < 12 else [12.0, 12.1] for w in words]
    python = _python(tmp_path, f"print({json.dumps({'words': times, 'left_out': False})!r})")
    notes = _align(TEXT, heard, python).notes
    assert notes and all("is not in the text" in str(note) for note in notes)


def test_a_word_that_it_does_not_hear_is_named_where_it_would_be(tmp_path, heard):
    times = [[w.start_s, w.end_s] for w in align([Passage(TEXT)], heard).words]
    at, answer = 7, [*times[:7], None, None, *times[7:]]
    python = _python(tmp_path, f"print({json.dumps({'words': answer, 'left_out': True})!r})")
    found = _align(" ".join([*TEXT.split()[:at], "quite", "invented", *TEXT.split()[at:]]), heard, python)
    (note,) = found.notes
    assert note.values == {"words": "quite invented", "time": clock(times[at - 1][1])} and "is not heard" in str(note)
    assert [w.text for w in found.words] == TEXT.split() and [[w.start_s, w.end_s] for w in found.words] == times


def test_where_it_did_not_look_for_words_that_are_not_said_our_own_way_names_them(tmp_path, heard):
    text = TEXT.replace("No camera", "Whatever mathematicians have suspected beforehand. No camera")
    times = [[k / 4, (k + 1) / 4] for k in range(len(text.split()))]
    python = _python(tmp_path, f"print({json.dumps({'words': times, 'left_out': False})!r})")
    assert "mathematicians" in " ".join(map(str, _align(text, heard, python).notes))


def test_how_a_number_is_said_is_unknown_so_it_is_kept(tmp_path, heard):
    with pytest.raises(WordsError):
        _align("Hello 1998 there", heard, _python(tmp_path, "print('no json')"))
    assert json.loads((tmp_path / "order.json").read_text())["is_kept"] == [False, True, False]


class _Segment(NamedTuple):
    word: str
    start_frame: int
    end_frame: int


class _Recogniser:
    """Stands in for pocketsphinx: every frame of a sound is the letter that is said in it, or `_`.

    Without ways around words it takes any text, as pocketsphinx does: words are dealt out evenly. A grammar that has
    such is followed to the letter.
    """

    lengths: ClassVar[list[int]] = []

    def __init__(self, **_options: object) -> None:
        self.known = {"the": "A", "the(2)": "E", "dog": "D", "barks": "B", "forty": "F", "two": "T"}

    def lookup_word(self, word: str) -> str | None:
        return self.known.get(word)

    def add_word(self, word: str, phones: str, _update: bool) -> None:
        self.known[word] = phones.replace(" ", "")

    def create_fsg(self, _name: str, start: int, end: int, arcs: list) -> tuple[int, int, list]:
        return start, end, arcs

    def add_fsg(self, _name: str, grammar: tuple[int, int, list]) -> None:
        self.start, self.end, self.arcs = grammar

    def process_raw(self, samples: bytes, **_options: object) -> None:
        self.letters = samples[::320].decode()
        self.lengths.append(len(self.letters))

    def activate_search(self, name: str) -> None: ...

    def start_utt(self) -> None: ...

    def end_utt(self) -> None: ...

    def seg(self) -> list[_Segment] | None:
        if any(len(arc) == 3 for arc in self.arcs):
            return self._through(self.start, 0, False)
        each = len(self.letters) // len(self.arcs)
        return [_Segment(arc[3], k * each, (k + 1) * each - 1) for k, arc in enumerate(self.arcs)]

    def _through(self, state: int, at: int, is_around: bool) -> list[_Segment] | None:
        if state == self.end and not self.letters[at:].strip("_"):
            return []
        for _, stop, _, *word in (arc for arc in self.arcs if arc[0] == state):
            if is_around and not word:  # two ways around words are not one
                continue
            for name in [n for w in word for n in (w, f"{w}(2)") if n in self.known] or [""]:
                said = "".join(letter * 10 for letter in self.known.get(name, ""))
                rest = self._through(stop, at + len(said), not word) if self.letters.startswith(said, at) else None
                if rest is not None:
                    return [*([_Segment(name, at, at + len(said) - 1)] if word else []), *rest]
        return None


@pytest.fixture
def aligned(monkeypatch, tmp_path, capsys):
    """What the script finds in speech in which each letter is said for ten frames."""
    monkeypatch.setitem(sys.modules, "pocketsphinx", SimpleNamespace(Decoder=_Recogniser))

    def words(
        said: str, text: str, kept: str = "", lacking: Sequence = (), beams: Sequence = (0.0,), **rule: float
    ) -> list:
        _Recogniser.lengths.clear()
        (tmp_path / "sound.raw").write_bytes("".join(letter * 3200 for letter in said).encode())
        names = text.split()
        order = {
            "sound": str(tmp_path / "sound.raw"), "words": names, "phones": ["X"] * len(names), "beams": beams,
            "is_kept": [name == kept for name in names], "lacking": lacking, "leaving_out": {**LEAVING_OUT, **rule},
        }  # fmt: skip
        monkeypatch.setattr(sys, "stdin", StringIO(json.dumps(order)))
        sphinx_script.main()
        return json.loads(capsys.readouterr().out)["words"]

    return words


def _tenths(*firsts: int | None) -> list:
    return [None if first is None else [first / 10, (first + 1) / 10] for first in firsts]


def test_the_script_goes_around_words_that_are_not_said(aligned):
    assert aligned("ADB", "the dog barks two") == _tenths(0, 1, 2, None)
    assert aligned("ADB", "the two forty dog barks") == _tenths(0, None, None, 1, 2)
    # Which of two that are written alike it is, and another way to say it.
    assert aligned("DAB", "the dog the two barks") == _tenths(None, 0, 1, None, 2)
    assert aligned("DEB", "dog the barks two") == _tenths(0, 1, 2, None)


def test_the_script_knows_words_by_their_parts_and_spells_others(aligned):
    assert aligned("AFTD", "the two forty-two dog") == [[0, 0.1], None, [0.1, 0.3], [0.3, 0.4]]
    assert aligned("AXD", "the xerxes two dog") == _tenths(0, 1, None, 2)


def test_the_script_keeps_the_times_where_there_is_no_other_way(aligned):
    evenly = [[0, 0.1], [0.1, 0.2], [0.2, 0.3]]
    assert aligned("ADB", "the two dog", kept="two") == evenly
    assert aligned("ADB", "the two dog", most=12) == evenly
    assert aligned("AAAADB", "the two two two dog barks", most=2) == _tenths(0, 1, 2, 3, 4, 5)


def test_the_script_looks_at_long_speech_in_pieces(aligned):
    text = "the dog barks " * 13 + "two"
    found = aligned("ADB" * 13 + "_", text, piece_s=1.2, most=3)
    assert found == [*([pytest.approx(k / 10), pytest.approx((k + 1) / 10)] for k in range(39)), None]
    whole, *pieces = _Recogniser.lengths
    assert whole == 400 and len(pieces) >= 3 and max(pieces) <= 180
    assert sum(pieces) == 400 + 60 * (len(pieces) - 1)  # with three words around each


def test_the_script_leaves_no_word_out_where_the_beam_is_as_wide(aligned):
    assert aligned("ADB_", "the dog barks two", beams=[1e-64]) == _tenths(0, 1, 2, None)
    assert aligned("ADB_", "the dog barks two", beams=[1e-200]) == _tenths(0, 1, 2, 3)


def test_the_script_leaves_no_word_out_beside_what_the_text_lacks(aligned):
    assert aligned("ADB_", "the dog barks two", lacking=[(1.0, 2.0)], beside_s=0.5) == _tenths(0, 1, 2, None)
    assert aligned("ADB_", "the dog barks two", lacking=[(1.0, 2.0)], beside_s=0.7) == _tenths(0, 1, 2, 3)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ('print(\'{"words": null, "left_out": false}\')', "finds no way through the text"),
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
