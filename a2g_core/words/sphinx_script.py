"""Run by a Python that has pocketsphinx, in a process of its own: aligns words of a text with speech.

Reads JSON on standard input: {"sound": file of 16 kHz mono 16-bit samples, "words": [...], "phones": of each word, for
one that the dictionary lacks, "beams": [...], "is_kept": of each word, whether it is said in any case, "lacking":
seconds [[start, end], ...] of what the text lacks, beside which all words are kept, too, "leaving_out": {"beam",
"probability", "most", "beside_s", "piece_s"}}. Writes one line of JSON: {"words": [[start, end], ...]} in seconds, with
null for a word that is not said, or {"words": null} where no beam is wide enough; "left_out" in it: whether there were
ways around words. There are none where the text alone needs a beam as wide: such a voice is not followed well enough.
"""

import json
import sys
from collections.abc import Iterator
from typing import Any

FRAMES_PER_SECOND = 100
BYTES_PER_FRAME = 320

Entry = tuple[str, str]
"""A word, and the phones of its letters."""
Times = list[float]
Arc = tuple[int, int, float, str] | tuple[int, int, float]
"""From which word on, to which, how probably; and the word that is said between, if one is."""


def main() -> None:
    """Align, and then once more with ways around words."""
    order = json.load(sys.stdin)
    with open(order["sound"], "rb") as file:
        samples = file.read()
    words = list(zip(order["words"], order["phones"]))
    found, rule, left_out = None, order["leaving_out"], False
    for beam in order["beams"]:
        found = _aligned(_decoder(words, beam), len(words), [], samples)
        if found is not None:
            left_out = beam == 0 or beam > rule["beam"]
            break
    if left_out and found is not None:
        lacking = [(start - rule["beside_s"], end + rule["beside_s"]) for start, end in order["lacking"]]
        is_kept = [
            kept or any(row[0] < end and row[1] > start for start, end in lacking)
            for kept, row in zip(order["is_kept"], found)
        ]
        found = list(_with_gaps(words, found, is_kept, samples, rule))
    print(json.dumps({"words": found, "left_out": left_out}))


def _with_gaps(
    words: list[Entry], times: list[Times], is_kept: list[bool], samples: bytes, rule: dict[str, Any]
) -> Iterator[Times | None]:
    """When each word is said, or None for one that is not; there are ways around such as are not kept.

    In pieces of the speech: of many ways and a wide beam much has to be remembered. Each is looked at with the words
    around it: until it is known which are not said, the others near by may have been taken to be elsewhere.
    """
    for first, stop in _pieces(times, rule["piece_s"]):
        low, high = max(0, first - rule["most"]), min(len(words), stop + rule["most"])
        start, end = (_border(times, number, len(samples) // BYTES_PER_FRAME) for number in (low, high))
        around = _around(is_kept[low:high], rule["most"], rule["probability"])
        part, sound = words[low:high], samples[start * BYTES_PER_FRAME : end * BYTES_PER_FRAME]
        heard = _aligned(_decoder(part, rule["beam"]), len(part), around, sound) if around else None
        found = heard[first - low : stop - low] if heard is not None else []
        if None in found:
            at_s = start / FRAMES_PER_SECOND
            yield from (row and [row[0] + at_s, row[1] + at_s] for row in found)
        else:
            yield from times[first:stop]


def _pieces(times: list[Times], piece_s: float) -> Iterator[tuple[int, int]]:
    """Words (first, stop) of pieces, which end in the longest pause that may end them."""
    first = 0
    while first < len(times):
        begun_s, rest = times[first][0], range(first + 1, len(times))
        if not rest or times[-1][1] - begun_s <= piece_s:
            yield first, len(times)
            return
        ends = [n for n in rest if 0.5 <= (times[n][0] - begun_s) / piece_s <= 1] or rest[:1]
        stop = max(ends, key=lambda n: times[n][0] - times[n - 1][1])
        yield first, stop
        first = stop


def _border(times: list[Times], number: int, n_frames: int) -> int:
    """The frame between a word and the one before it."""
    if number in (0, len(times)):
        return n_frames if number else 0
    return round((times[number - 1][1] + times[number][0]) / 2 * FRAMES_PER_SECOND)


def _decoder(words: list[Entry], beam: float) -> Any:
    """One whose dictionary has each word of the text by its number: words that are written alike are told apart."""
    from pocketsphinx import Decoder  # type: ignore[import-not-found]

    options = {"beam": beam, "wbeam": beam, "pbeam": beam} if beam else {}
    decoder = Decoder(lm=None, bestpath=False, samprate=16000, loglevel="FATAL", **options)
    for number, (word, spelled) in enumerate(words):
        for variant, phones in enumerate(_ways_to_say(decoder, word) or [spelled], 1):
            decoder.add_word(f"#{number}" if variant == 1 else f"#{number}({variant})", phones, False)
    return decoder


def _ways_to_say(decoder: Any, word: str) -> list[str]:
    """The phones of a word in the dictionary, or of its parts between hyphens; none where it lacks one."""
    found: list[str] = []
    while phones := decoder.lookup_word(f"{word}({len(found) + 1})" if found else word):
        found.append(phones)
    if not found and "-" in word:
        parts = [decoder.lookup_word(part) for part in word.split("-")]
        found = [" ".join(parts)] if all(parts) else []
    return found


def _around(is_kept: list[bool], most: int, probability: float) -> list[Arc]:
    """Ways around one word, or around several in a row, that are not kept."""
    found: list[Arc] = []
    for first in range(len(is_kept)):
        for number, kept in enumerate(is_kept[first : first + most], first):
            if kept:
                break
            found.append((first, number + 1, probability))
    return found


def _aligned(decoder: Any, n: int, around: list[Arc], samples: bytes) -> list[Any] | None:
    """Of each of `n` words, when it is said, or None for one that is not; None where there is no way through."""
    words: list[Arc] = [(number, number + 1, 1.0, f"#{number}") for number in range(n)]
    try:
        decoder.add_fsg("text", decoder.create_fsg("text", 0, n, words + around))
        decoder.activate_search("text")
        decoder.start_utt()
        decoder.process_raw(samples, no_search=False, full_utt=True)
        decoder.end_utt()
        segments = list(decoder.seg() or ())
    except RuntimeError:  # how it says that the beam was too narrow
        return None
    found: list[Times | None] = [None] * n
    for segment in segments:
        if segment.word.startswith("#"):
            times = [segment.start_frame / FRAMES_PER_SECOND, (segment.end_frame + 1) / FRAMES_PER_SECOND]
            found[int(segment.word[1:].split("(")[0])] = times
    return found if any(found) and (around or all(found)) else None


if __name__ == "__main__":
    main()
