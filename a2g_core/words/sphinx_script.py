"""Run by a Python that has pocketsphinx, in a process of its own: aligns words of a text with speech.

Reads JSON on standard input: {"sound": file of 16 kHz mono 16-bit samples, "words": [...], "phones": of each word, for
one that the dictionary lacks, "beams": [...]}. Writes one line of JSON: {"words": [[start, end], ...]} in seconds, or
{"words": null} where no beam is wide enough.
"""

import json
import sys
from typing import Any

FRAMES_PER_SECOND = 100


def main() -> None:
    """Align."""
    from pocketsphinx import Decoder  # type: ignore[import-not-found]

    order = json.load(sys.stdin)
    with open(order["sound"], "rb") as file:
        samples = file.read()
    found = None
    for beam in order["beams"]:
        options = {"beam": beam, "wbeam": beam, "pbeam": beam} if beam else {}
        decoder = Decoder(lm=None, bestpath=False, samprate=16000, loglevel="FATAL", **options)
        for word, phones in zip(order["words"], order["phones"]):
            if decoder.lookup_word(word) is None:
                decoder.add_word(word, phones, True)
        found = _aligned(decoder, order["words"], samples)
        if found is not None:
            break
    print(json.dumps({"words": found}))


def _aligned(decoder: Any, words: list[str], samples: bytes) -> list[list[float]] | None:
    try:
        decoder.set_align_text(" ".join(words))
        decoder.start_utt()
        decoder.process_raw(samples, no_search=False, full_utt=True)
        decoder.end_utt()
        segments = list(decoder.seg() or ())
    except RuntimeError:  # how it says that the beam was too narrow
        return None
    spoken = [s for s in segments if not s.word.startswith(("<", "[", "+"))]
    if [s.word.split("(")[0] for s in spoken] != words:
        return None
    return [[s.start_frame / FRAMES_PER_SECOND, (s.end_frame + 1) / FRAMES_PER_SECOND] for s in spoken]


if __name__ == "__main__":
    main()
