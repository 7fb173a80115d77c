"""Synthetic speech with the times at which its voice begins each word: by the libraries of espeak-ng and flite.

Debian's packages `libespeak-ng1` and `libflite1`. Nothing else knows better when a word begins.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import numpy as np

ESPEAK, FLITE = "espeak-ng", "flite"
_RETRIEVAL, _UTF8, _CHARACTERS, _WORD_EVENT, _END = 1, 1, 1, 1, 0
_STARTS_AT = b"R:SylStructure.daughter1.daughter1.R:Segment.p.end"


@dataclass(frozen=True)
class Spoken:
    """samples: (N,) from -1 to 1. starts_s: of every word of the text; NaN where the voice does not tell it."""

    samples: np.ndarray
    rate: int
    starts_s: np.ndarray


def speak(program: str, voice: str, text: str) -> Spoken:
    """Say a text, whose words are parted by single spaces, with a voice of `ESPEAK` or `FLITE`."""
    return (_espeak if program == ESPEAK else _flite)(voice, text)


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int), ("id", ctypes.c_uint), ("text_position", ctypes.c_int), ("length", ctypes.c_int),
        ("audio_ms", ctypes.c_int), ("sample", ctypes.c_int), ("user", ctypes.c_void_p), ("name", ctypes.c_char * 8),
    ]  # fmt: skip


def _espeak(voice: str, text: str) -> Spoken:
    library = ctypes.CDLL("libespeak-ng.so.1")
    rate = library.espeak_Initialize(_RETRIEVAL, 0, None, 0)
    blocks: list[np.ndarray] = []
    words: dict[int, int] = {}

    @ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))
    def heard(samples, n: int, events) -> int:  # noqa: ANN001 - pointers have no types
        if samples and n:
            blocks.append(np.ctypeslib.as_array(samples, (n,)).copy())
        number = 0
        while events[number].type != _END:
            if events[number].type == _WORD_EVENT:
                words.setdefault(events[number].text_position - 1, events[number].sample)
            number += 1
        return 0

    library.espeak_SetSynthCallback(heard)
    if library.espeak_SetVoiceByName(voice.encode()):
        raise SystemExit(f"espeak-ng has no voice '{voice}'")
    data = text.encode()
    library.espeak_Synth(data, len(data) + 1, 0, _CHARACTERS, 0, _UTF8, None, None)
    library.espeak_Synchronize()
    library.espeak_Terminate()
    places = np.cumsum([0, *(len(word) + 1 for word in text.split(" "))])[:-1]
    starts = [words.get(int(place), np.nan) for place in places]
    return Spoken(np.concatenate(blocks) / 32768, rate, np.array(starts) / rate)


class _Wave(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_char_p), ("rate", ctypes.c_int), ("n", ctypes.c_int), ("channels", ctypes.c_int),
        ("samples", ctypes.POINTER(ctypes.c_short)),
    ]  # fmt: skip


def _flite(voice: str, text: str) -> Spoken:
    library, voices = ctypes.CDLL("libflite.so.1"), ctypes.CDLL(f"libflite_cmu_us_{voice}.so.1")
    register = voices[f"register_cmu_us_{voice}"]
    for function in (
        register, library.flite_synth_text, library.utt_relation, library.relation_head, library.item_next,
    ):  # fmt: skip
        function.restype = ctypes.c_void_p
    library.utt_wave.restype = ctypes.POINTER(_Wave)
    library.ffeature_float.restype = ctypes.c_float
    library.flite_init()
    spoken = ctypes.c_void_p(library.flite_synth_text(text.encode(), ctypes.c_void_p(register(None))))
    wave = library.utt_wave(spoken)[0]
    samples = np.ctypeslib.as_array(wave.samples, (wave.n,)) / 32768
    starts = []
    word = library.relation_head(ctypes.c_void_p(library.utt_relation(spoken, b"Word")))
    while word:
        starts.append(library.ffeature_float(ctypes.c_void_p(word), _STARTS_AT))
        word = library.item_next(ctypes.c_void_p(word))
    if len(starts) != len(text.split(" ")):
        raise SystemExit(f"flite says {len(starts)} words for a text of {len(text.split(' '))}")
    return Spoken(samples, wave.rate, np.array(starts))
