"""Measures when words are said: `.venv/bin/python scripts/words_table.py --ljspeech ../shared/data/ship/ljspeech`.

Our own way and, with `--python FILE` of an environment that has pocketsphinx, that one, on speech that neither was
tuned on: eight synthetic voices, whose own times are known, and people, whose reference is pocketsphinx. Then texts
that do not fit: two of six sentences left out, words too many, another text.

`--ljspeech`: the folder of LJ Speech, of which 83 sentences are read (`scripts/sample/readings.tsv`; public domain).
`--prompts`: a folder in which Debian's packages `asterisk-core-sounds-en` and `asterisk-core-sounds-en-g722` are
unpacked. It exits with 1 if a row misses its limit.
"""

from __future__ import annotations

import argparse
import gzip
import random
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
import soundfile
from spoken_words import ESPEAK, FLITE, speak

from a2g_core.errors import WordsError
from a2g_core.speech.audio import open_speech
from a2g_core.speech.heard import Heard, hear
from a2g_core.words.acoustics import FPS
from a2g_core.words.aligning import Transcript, align
from a2g_core.words.sphinx import align_finely
from a2g_core.words.word import Passage, words_of

READINGS = Path(__file__).parent / "sample" / "readings.tsv"
VOICES = (
    (ESPEAK, "en"), (ESPEAK, "en-us"), (ESPEAK, "en-gb-scotland"), (ESPEAK, "en-us+f3"),
    (FLITE, "slt"), (FLITE, "rms"), (FLITE, "awb"), (FLITE, "kal16"),
)  # fmt: skip
TEXT = (
    "When the ferry left the harbour, nobody on deck noticed that the small dog was missing. It had slept beneath a "
    "bench all morning, and now it stood alone on the quay, barking at the gulls. A fisherman, who had seen everything "
    "from his boat, laughed and whistled. The dog jumped down to him at once! Together they followed the ferry across "
    "the grey water, past two lighthouses and a rusty wreck. Would they catch it? The captain saw them first; he "
    "stopped the engines, leaned over the rail, and asked whether they wanted a ticket. Children cheered, cameras "
    "flashed, and somebody threw a sandwich. By evening the story was in every newspaper of the island."
)
AT_ONCE, LEFT_OUT, TOO_MANY, DRAWS = 6, (2, 3), 0.05, 8
PERCENTILES_S = (0.15, 0.3)
LIMITS = {("people", "own"): (np.inf, 0.70, 0.88), ("voices", "pocketsphinx"): (0.015, 0.97, 0.0)}
"""(median error, share within 150 ms, within 300 ms)."""

Aligner = Callable[[str, Path, Heard], Transcript]


@dataclass(frozen=True)
class Reading:
    """A recording, its text, and when each word begins, in seconds; NaN where nobody knows."""

    path: Path
    text: str
    starts_s: np.ndarray

    @property
    def heard(self) -> Heard:
        """What is heard of it."""
        return hear(open_speech(self.path), FPS)


def main() -> int:
    """Measure, and print a row for each kind of speech and way; 1 if one misses its limit."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ljspeech", type=Path, metavar="FOLDER")
    parser.add_argument("--prompts", type=Path, metavar="FOLDER")
    parser.add_argument(
        "--python", type=Path, help="one that has pocketsphinx; without it nobody knows when people speak"
    )
    parser.add_argument("--draws", type=int, default=DRAWS, help="how often words that are too many are drawn")
    options = parser.parse_args()
    ways: dict[str, Aligner] = {"own": lambda text, path, heard: align([Passage(text)], heard)}
    if options.python:
        ways["pocketsphinx"] = lambda text, path, heard: align_finely(
            [Passage(text)], open_speech(path), heard, options.python
        )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        voices = list(_voices(folder))
        ok = [_row("voices", reading.path.stem, [reading], ways) for reading in voices]
        ok.append(_row("voices", "all voices", voices, ways))
        if options.python:
            ok += list(_people(options, folder, ways))
    return 0 if all(ok) else 1


def _people(options: argparse.Namespace, folder: Path, ways: dict[str, Aligner]) -> Iterator[bool]:
    """Rows of those whose recordings there are."""
    reference = ways["pocketsphinx"]
    sources = {
        "LJ Speech": options.ljspeech and _ljspeech(options.ljspeech),
        "prompts": options.prompts and _prompts(options.prompts),
    }
    everything: list[Reading] = []
    for name, source in sources.items():
        readings = [_read_by(reference, path, text) for path, text in source or ()]
        if not readings:
            continue
        everything += readings
        own = {"own": ways["own"]}
        yield _row("people", name, readings, own)
        groups = [_joined(readings[k : k + AT_ONCE], folder) for k in range(0, len(readings) - AT_ONCE + 1, AT_ONCE)]
        yield _row("people", f"{name}, {AT_ONCE} at once", groups, own)
        for way, aligner in ways.items():
            _faults(f"{name}, {way}", readings, groups, aligner, options.draws)
    if everything:
        yield _row("people", "all people", everything, {"own": ways["own"]})


# Speech ---------------------------------------------------------------------------------------------------------------


def _voices(folder: Path) -> Iterator[Reading]:
    for program, voice in VOICES:
        spoken = speak(program, voice, TEXT)
        path = folder / f"{program} {voice}.wav"
        soundfile.write(path, spoken.samples, spoken.rate)
        yield Reading(path, TEXT, spoken.starts_s)


def _ljspeech(folder: Path) -> Iterator[tuple[Path, str]]:
    for line in READINGS.read_text("utf-8").splitlines():
        name, _, text = line.partition("\t")
        yield folder / f"{name}.flac", text


def _prompts(folder: Path) -> Iterator[tuple[Path, str]]:
    """The long ones without numbers, which are read in another way than they are written."""
    (told,) = folder.rglob("core-sounds-en.txt.gz")
    for line in gzip.decompress(told.read_bytes()).decode().splitlines():
        name, _, text = line.strip().partition(": ")
        found = list(folder.rglob(f"{name}.g722"))
        if found and len(text) > 70 and not any(sign.isdigit() or sign in "[(" for sign in text):
            yield found[0], text


def _read_by(aligner: Aligner, path: Path, text: str) -> Reading:
    found = aligner(text, path, hear(open_speech(path), FPS))
    return Reading(path, text, _starts(found, text))


def _joined(readings: Sequence[Reading], folder: Path) -> Reading:
    """One after the other, as one recording."""
    path = folder / f"{readings[0].path.stem} and on.wav"
    sounds = [np.concatenate(list(open_speech(r.path).blocks())) for r in readings]
    starts = np.concatenate([[0.0], np.cumsum([len(sound) for sound in sounds])]) / 16000
    soundfile.write(path, np.concatenate(sounds), 16000)
    return Reading(
        path, " ".join(r.text for r in readings), np.concatenate([r.starts_s + t for r, t in zip(readings, starts)])
    )


# Measuring ------------------------------------------------------------------------------------------------------------


def _errors(found: Transcript, text: str, starts_s: np.ndarray) -> np.ndarray:
    """Of each word whose time is known, how far from there it was found, in seconds; infinite if it was not found."""
    errors = np.abs(_starts(found, text) - starts_s)
    return np.where(np.isnan(errors), np.inf, errors)[np.isfinite(starts_s)]


def _starts(found: Transcript, text: str) -> np.ndarray:
    """When each word of a text was found to begin, in seconds; NaN for one that was not found."""
    words = words_of(text)
    starts = np.full(len(words), np.nan)
    matcher = SequenceMatcher(None, words, [word.text for word in found.words], autojunk=False)
    for a, b, n in matcher.get_matching_blocks():
        starts[a : a + n] = [word.start_s for word in found.words[b : b + n]]
    return starts


def _row(kind: str, name: str, readings: Sequence[Reading], ways: dict[str, Aligner]) -> bool:
    ok = True
    for way, aligner in ways.items():
        found = [_errors(aligner(r.text, r.path, r.heard), r.text, r.starts_s) for r in readings]
        errors = np.concatenate(found)
        median, shares = float(np.median(errors)), [float(np.mean(errors <= limit)) for limit in PERCENTILES_S]
        most, *least = LIMITS.get((kind, way), (np.inf, 0.0, 0.0)) if name.startswith("all") else (np.inf, 0.0, 0.0)
        good = median <= most and all(share >= limit for share, limit in zip(shares, least))
        ok &= good
        print(
            f"{name:28} {way:13} {len(errors):5} words  median {median * 1000:4.0f} ms  within 150 ms {shares[0]:6.1%}"
            f"  within 300 ms {shares[1]:6.1%}{'' if good else '  MISSED'}", flush=True,
        )  # fmt: skip
    return ok


def _faults(name: str, readings: Sequence[Reading], groups: Sequence[Reading], aligner: Aligner, draws: int) -> None:
    """Texts that do not fit: how many are told, and whether the place is right."""
    parts = [readings[k : k + AT_ONCE] for k in range(0, len(groups) * AT_ONCE, AT_ONCE)]
    left_out = [_left_out(group, part, aligner) for group, part in zip(groups, parts)]
    other = [_is_refused(_notes(g, o.text, aligner)) for g, o in zip(groups, [*groups[1:], groups[0]])]
    right = [not _notes(g, g.text, aligner) for g in groups]
    print(f"{name:28} two of {AT_ONCE} sentences left out: place named in {sum(left_out)} of {len(left_out)}; another")
    print(
        f"{'':28} text: told in {sum(other)} of {len(other)}; the right text: no note in {sum(right)} of {len(right)}"
    )
    for share, n_runs in ((TOO_MANY, 1), (TOO_MANY, 2), (0.0, 1)):
        many = [
            _too_many(group, share, n_runs, k + len(groups) * draw, aligner)
            for draw in range(draws)
            for k, group in enumerate(groups)
        ]
        named, words = sum(n for n, _ in many), [n for _, n in many]
        of_first = sum(n for n, _ in many[: len(groups)])
        print(
            f"{'':28} words too many, in {n_runs} places, {min(words)} to {max(words)} words each: named there "
            f"{named} of {n_runs * len(many)}; in the first draw {of_first} of {n_runs * len(groups)}", flush=True,
        )  # fmt: skip


def _notes(reading: Reading, text: str, aligner: Aligner) -> Sequence[WordsError]:
    """What is told of a text, or why it is refused."""
    try:
        return aligner(text, reading.path, reading.heard).notes
    except WordsError as error:
        return [error]


def _is_refused(notes: Sequence[WordsError]) -> bool:
    """Whether the whole text is taken for another one."""
    return any("does not seem" in str(note) or "finds no way" in str(note) for note in notes)


def _left_out(group: Reading, part: Sequence[Reading], aligner: Aligner) -> bool:
    """Whether the time in which two sentences are said that the text lacks is named, at least half of it."""
    firsts = np.cumsum([0, *(len(words_of(r.text)) for r in part)])
    start_s, end_s = group.starts_s[firsts[LEFT_OUT[0]]], group.starts_s[firsts[LEFT_OUT[-1] + 1]]
    text = " ".join(r.text for k, r in enumerate(part) if k not in LEFT_OUT)
    values = [note.values for note in _notes(group, text, aligner) if "start" in note.values]
    spans = [(_seconds(str(v["start"])), _seconds(str(v["end"]))) for v in values]
    return sum(max(0.0, min(b, end_s) - max(a, start_s)) for a, b in spans) > 0.5 * (end_s - start_s)


def _too_many(group: Reading, share: float, n_runs: int, seed: int, aligner: Aligner) -> tuple[int, int]:
    """Of runs of words of another text, at random places, how many are named there; and how many words each has.

    share: of the text's words, all runs together; with 0 each is a word of four letters or more.

    Named: at least half of them, less than half a second from their place.
    """
    rng, words, others = random.Random(seed), group.text.split(), TEXT.split()
    length = max(2, round(share * len(words) / n_runs)) if share else 1
    places = sorted(rng.sample(range(1, len(words)), n_runs))
    starts = rng.sample(range(0, len(others) - length, length), n_runs)
    if not share:
        starts = rng.sample([at for at, word in enumerate(others) if len(word.strip(".,;!?")) > 3], n_runs)
    runs = [others[at : at + length] for at in starts]
    text = list(words)
    for place, run in reversed(list(zip(places, runs))):
        text[place:place] = run
    values = [note.values for note in _notes(group, " ".join(text), aligner) if "words" in note.values]
    named = 0
    for place, run in zip(places, runs):
        number = len(words_of(" ".join(words[:place])))
        around = group.starts_s[max(0, number - 1)] - 0.5, group.starts_s[min(number, len(group.starts_s) - 1)] + 0.5
        told = [v for v in values if around[0] <= _seconds(str(v["time"])) <= around[1]]
        named += sum(word in " ".join(str(v["words"]) for v in told).split() for word in run) >= length / 2
    return named, length


def _seconds(clock: str) -> float:
    minutes, _, seconds = clock.partition(":")
    return 60 * int(minutes) + float(seconds)


if __name__ == "__main__":
    sys.exit(main())
