"""Makes `speech.wav`, the demo's speech: `pip install ttspico==0.3.2 && python scripts/sample/make_speech.py`.

The voice is SVOX Pico, en-GB, an offline synthesiser; engine and voice are under the Apache License 2.0, which sets no
conditions on the sound they produce. The text is ours. The file is therefore free to use under this repository's
licence.
"""

from __future__ import annotations

import array
import wave
from pathlib import Path

import ttspico  # the only thing here that is not standard library

RATE_HZ = 16000

# Speed and pitch differ slightly from sentence to sentence: at one level the voice drones, and so do its gestures.
TEXT = (
    '<speed level="108"><pitch level="104">Hello! Every move you see here was made from the sound of my voice.'
    "</pitch></speed>"
    '<speed level="100"><pitch level="98">No camera, no suit, and nothing drawn by hand.</pitch></speed>'
    '<break time="250ms"/>'
    '<speed level="110"><pitch level="102">Keep the gestures that you love, pin them in place, and ask again. '
    "Everything between them will follow.</pitch></speed>"
    '<break time="200ms"/>'
    '<speed level="98"><pitch level="106">And now: what would you like to say?</pitch></speed>'
)
PEAK = 0.85
EDGE_S = 0.25


def speech() -> array.array:
    """Speak the text: 16-bit samples at a fixed peak, with a little silence at both ends."""
    samples = array.array("h", ttspico.TtsEngine("en-GB").speak(TEXT))
    first = next(i for i, x in enumerate(samples) if abs(x) > 200)
    last = len(samples) - next(i for i, x in enumerate(reversed(samples)) if abs(x) > 200)
    gain = PEAK * 32767 / max(map(abs, samples))
    edge = [0] * int(EDGE_S * RATE_HZ)
    return array.array("h", [*edge, *(round(x * gain) for x in samples[first:last]), *edge])


if __name__ == "__main__":
    target = Path(__file__).with_name("speech.wav")
    samples = speech()
    with wave.open(str(target), "wb") as file:
        file.setparams((1, 2, RATE_HZ, 0, "NONE", ""))
        file.writeframes(samples.tobytes())
    print(f"{target}: {len(samples) / RATE_HZ:.1f} s")
