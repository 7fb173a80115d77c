"""The demo's speech, and what it says."""

from __future__ import annotations

from places import ROOT

SPEECH = ROOT / "scripts/sample/speech.wav"
SENTENCES = (
    "Hello!",
    "Every move you see here was made from the sound of my voice.",
    "No camera, no suit, and nothing drawn by hand.",
    "Keep the gestures that you love, pin them in place, and ask again.",
    "Everything between them will follow.",
    "And now: what would you like to say?",
)
TEXT = " ".join(SENTENCES)
