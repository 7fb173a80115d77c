"""What is left of a take when its recording is another: sounds beneath the speech, other formats, one sentence changed.

An artist changes the microphone, the mix or a line, and wants the performance that was chosen. Two things may happen to
it: the hands no longer follow the voice (`beneath`), or another take comes in place of this one (`again`, `sentences`).
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import ceil
from pathlib import Path

import numpy as np

from ..body.motion import Motion
from ..body.skeleton import BODY
from ..errors import DataError, reason
from ..model.checkpoint import Model
from ..performing.generate import generate, plan_of
from ..performing.plan import Plan
from ..performing.request import Request
from ..speech.audio import SAMPLE_RATE_HZ, open_speech
from ..speech.heard import Heard
from . import judges, timing
from .entrants import FPS, Clip, hear_samples, seed_of
from .metrics import body_positions, mean_of
from .robustness import samples_of
from .scoreboard import Panel
from .video import ffmpeg_path

QUESTIONS: dict[str, str] = {
    "beneath": "Sound 15 dB beneath the speech: how the hands follow the voice",
    "again": "The same speech recorded again: share of frames with a joint more than 5 degrees away",
    "sentences": "A sentence replaced in the middle of a minute: the same share, outside its reach",
}
"""The questions by key; each is asked of each folder of recordings. Numbers are means over takes."""

APART_DEG = 5.0
BENEATH_DB = -15.0

_RUNS, _BENEATH_TAKES, _BENEATH_CLIPS = 3, 30, 10
_CHORDS_HZ = ((220.0, 261.6, 329.6), (174.6, 220.0, 261.6), (261.6, 329.6, 392.0), (196.0, 246.9, 293.7))
_CHORD_S, _BEATS_A_MINUTE, _DRUM_S, _DRUM = 2.0, 100, 0.04, 3.0
_NOISE_DBFS = -60.0
_SILENCE_S = 1.0
_MINUTE_S, _PAUSE_S = 60.0, 0.5
_NEAR_S = 2.0
"""So far from a sentence that is replaced an artist expects another motion."""
_STEP = SAMPLE_RATE_HZ // 10
"""Samples that are a whole number of frames: sentences are as long as some of these."""
_FOLLOWED = (
    "accent_wrists_height", "accent_wrists_s", "onset_wrists", "accent_head_height", "accent_head_s", "onset_head",
)  # fmt: skip

Cases = dict[str, dict[str, float]]
"""Values by case and measure."""


def measure_rerecorded(model: Model, panel: Panel, recordings: Mapping[str, Sequence[Clip]]) -> dict[str, Cases]:
    """Answers by 'question: folder'; recordings: by name of the folder. Raises A2GError without ffmpeg."""
    out = {}
    for folder, clips in recordings.items():
        out[f"beneath: {folder}"] = _hear_beneath(model, panel, clips[:_BENEATH_CLIPS])
        out[f"again: {folder}"] = _hear_again(model, clips)
        if cases := _replace_sentences(model, clips):
            out[f"sentences: {folder}"] = cases
    return out


# Beneath --------------------------------------------------------------------------------------------------------------


def tone(hz: float) -> Callable[[np.ndarray], np.ndarray]:
    """Adds a steady tone 15 dB below the power of samples (N,) at 16 kHz."""
    return lambda samples: _beneath(samples, np.sin(2 * np.pi * hz * np.arange(len(samples)) / SAMPLE_RATE_HZ))


def music(samples: np.ndarray) -> np.ndarray:
    """Adds music 15 dB below: a pad of four chords, each for two seconds, and a drum a hundred times a minute."""
    t = np.arange(len(samples)) / SAMPLE_RATE_HZ
    chord = (t // _CHORD_S).astype(int) % len(_CHORDS_HZ)
    swell = np.sin(np.pi * (t % _CHORD_S) / _CHORD_S) ** 0.5
    pad = np.zeros(len(samples))
    for notes in np.array(_CHORDS_HZ).T:
        for partial in range(1, 5):
            pad += np.sin(2 * np.pi * partial * notes[chord] * t) / partial
    since_beat = t % (60 / _BEATS_A_MINUTE)
    drum = np.random.default_rng(0).standard_normal(len(samples)) * np.exp(-since_beat / _DRUM_S)
    return _beneath(samples, swell * pad + _DRUM * drum)


SOUNDS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "as recorded": lambda samples: samples,
    "music": music,
    **{f"tone of {hz} Hz": tone(hz) for hz in (350, 440, 700)},
}


def _beneath(samples: np.ndarray, sound: np.ndarray) -> np.ndarray:
    gain = 10 ** (BENEATH_DB / 20) * np.sqrt(np.mean(np.square(samples, dtype=np.float64)) / np.mean(sound**2))
    return (samples + gain * sound).astype(np.float32)


def _hear_beneath(model: Model, panel: Panel, clips: Sequence[Clip]) -> Cases:
    """Thirty takes of each case. What they follow is the speech as recorded."""
    stresses = [timing.listen(samples_of(clip), len(clip), FPS) for clip in clips]
    out = {}
    for case, add in SOUNDS.items():
        heard = [hear_samples(add(samples_of(clip)), model) for clip in clips]
        takes = [
            (stress, clip.heard(FPS).features, generate(speech, model, seed=seed_of(clip.name, run), fps=FPS))
            for clip, speech, stress in zip(clips, heard, stresses, strict=True)
            for run in _runs(model, -(-_BENEATH_TAKES // len(clips)))
        ]
        numbers = timing.measure_timing([(s, body_positions(m)) for s, _, m in takes], FPS, BODY).numbers
        pairs = [(features, motion.quaternions) for _, features, motion in takes]
        alignment = judges.alignment_accuracy(panel.scorer, pairs, "arms").windows
        out[case] = {**{name: numbers[name] for name in _FOLLOWED}, "alignment_arms": alignment}
    return out


# Again ----------------------------------------------------------------------------------------------------------------


def apart(one: Motion, other: Motion) -> dict[str, float]:
    """How far two takes are apart, over the frames that both have: shares of frames, and the largest angle; or nan."""
    n = min(len(one), len(other))
    if n == 0:
        return dict.fromkeys(("frames_apart", "frames_apart_body", "largest_deg"), float("nan"))
    a, b = (np.asarray(motion.quaternions[:n], np.float64) for motion in (one, other))
    chord = np.minimum(np.linalg.norm(a - b, axis=-1), np.linalg.norm(a + b, axis=-1))
    angles_deg = 4 * np.degrees(np.arcsin(np.clip(chord / 2, 0, 1)))
    body = [one.skeleton.index(name) for name in BODY.names]
    return {
        "frames_apart": float((angles_deg > APART_DEG).any(axis=1).mean()),
        "frames_apart_body": float((angles_deg[:, body] > APART_DEG).any(axis=1).mean()),
        "largest_deg": float(angles_deg.max()),
    }


def coded(ending: str, *options: str) -> Callable[[np.ndarray], np.ndarray]:
    """Writes samples (N,) at 16 kHz to a file by ffmpeg, with these options, and reads it as any speech."""

    def again(samples: np.ndarray) -> np.ndarray:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, f"speech{ending}")
            source = ("-f", "f32le", "-ar", str(SAMPLE_RATE_HZ), "-ac", "1", "-i", "pipe:0")
            command = [ffmpeg_path(), "-v", "error", "-y", *source, *options, str(path)]
            try:
                subprocess.run(command, input=samples.astype("<f4").tobytes(), capture_output=True, check=True)
            except (OSError, subprocess.CalledProcessError) as error:
                said = getattr(error, "stderr", b"").decode(errors="replace").strip()[-200:] or reason(error)
                raise DataError(
                    "ffmpeg could not write a file '{ending}' ({reason})", "install an ffmpeg that has this format",
                    ending=ending, reason=said,
                ) from None  # fmt: skip
            return np.concatenate(list(open_speech(path).blocks()))

    return again


def noisy(samples: np.ndarray) -> np.ndarray:
    """With white noise of -60 dB below full scale."""
    noise = np.random.default_rng(len(samples)).standard_normal(len(samples))
    return (samples + 10 ** (_NOISE_DBFS / 20) * noise).astype(np.float32)


def later(samples: np.ndarray) -> np.ndarray:
    """With a second of silence before."""
    return np.concatenate([np.zeros(round(_SILENCE_S * SAMPLE_RATE_HZ), np.float32), samples])


RECORDINGS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "as recorded": lambda samples: samples,
    "WAV at 48 kHz": coded(".wav", "-c:a", "pcm_s16le", "-ar", "48000"),
    "MP3, 192 kbit/s": coded(".mp3", "-b:a", "192k"),
    "AAC, 192 kbit/s": coded(".m4a", "-c:a", "aac", "-b:a", "192k"),
    "Opus, 96 kbit/s": coded(".opus", "-c:a", "libopus", "-b:a", "96k"),
    "half the level": lambda samples: 0.5 * samples,
    "noise of -60 dBFS": noisy,
}
"""How the same speech may be recorded. Besides: `LATER`, and as a control `OTHER`."""
LATER = "a second of silence before"
OTHER = "control: another seed"


def _hear_again(model: Model, clips: Sequence[Clip]) -> Cases:
    rows: dict[str, list[dict[str, float]]] = {}
    for clip in clips:
        samples = samples_of(clip)
        own, late = hear_samples(samples, model), hear_samples(later(samples), model)
        heard = {case: hear_samples(record(samples), model) for case, record in RECORDINGS.items()}
        for run in _runs(model, _RUNS):
            request = Request(seed=seed_of(clip.name, run), fps=FPS)
            take, plan = generate(own, model, request), plan_of(own, model, request)
            for case, speech in heard.items():
                rows.setdefault(case, []).append(_compared(take, *_performed(speech, model, request, plan)))
            moved = [m.slice(round(_SILENCE_S * FPS), len(m)) for m in _performed(late, model, request, plan)]
            rows.setdefault(LATER, []).append(_compared(take, *moved))
            other = generate(own, model, request, seed=seed_of(clip.name, run + _RUNS))
            rows.setdefault(OTHER, []).append(_compared(take, other, other))
    return {case: mean_of(numbers) for case, numbers in rows.items()}


def _performed(heard: Heard, model: Model, request: Request, plan: Plan) -> tuple[Motion, Motion]:
    """A take that is chosen anew, and one that keeps this plan; the same for a model that makes no plans."""
    anew = generate(heard, model, request)
    return anew, generate(heard, model, request, plan=plan) if plan else anew


def _compared(take: Motion, anew: Motion, planned: Motion) -> dict[str, float]:
    return {**apart(take, anew), "frames_apart_plan": apart(take, planned)["frames_apart"]}


# Sentences ------------------------------------------------------------------------------------------------------------


def _replace_sentences(model: Model, clips: Sequence[Clip]) -> Cases:
    """Of each minute of recordings, with pauses, the middle one is replaced by the last of the minute before."""
    frames = model.config.architecture.speech_receptive_field + ceil(3 * model.config.generation.smoothness_frames)
    reach_s, minutes = frames / model.fps, minutes_of_sentences(clips)
    rows: dict[str, list[dict[str, float]]] = {}
    for number, minute in enumerate(minutes):
        middle = len(minute) // 2
        old, new, first = minute[middle], minutes[number - 1][-1], sum(map(len, minute[:middle]))
        heard = hear_samples(np.concatenate(minute), model)
        for case, sentence in (("of the same length", np.resize(new, len(old))), ("of its own length", new)):
            changed = hear_samples(np.concatenate([*minute[:middle], sentence, *minute[middle + 1 :]]), model)
            for run in _runs(model, _RUNS):
                request = Request(seed=seed_of(f"minute {number}", run), fps=FPS)
                plan = plan_of(heard, model, request)
                take, others = generate(heard, model, request), _performed(changed, model, request, plan)
                numbers: dict[str, float] = {}
                for beyond_s, where in ((reach_s, ""), (_NEAR_S, f"_{_NEAR_S:g}_s")):
                    kept = without(take, first, first + len(old), beyond_s)
                    anew = [without(other, first, first + len(sentence), beyond_s) for other in others]
                    found = _compared(kept, *anew)
                    numbers |= {name + where: found[name] for name in ("frames_apart", "frames_apart_plan")}
                rows.setdefault(case, []).append({**numbers, "reach_s": reach_s})
    return {case: mean_of(numbers) for case, numbers in rows.items()}


def minutes_of_sentences(clips: Sequence[Clip]) -> list[list[np.ndarray]]:
    """Minutes of three recordings or more, each (N,) samples with a pause, and as long as a whole number of frames."""
    minutes: list[list[np.ndarray]] = [[]]
    for clip in clips:
        samples = clip.sequence.samples()
        n = -(-(len(samples) + round(_PAUSE_S * SAMPLE_RATE_HZ)) // _STEP) * _STEP
        minutes[-1].append(np.pad(samples, (0, n - len(samples))))
        if len(minutes[-1]) >= 3 and sum(map(len, minutes[-1])) >= _MINUTE_S * SAMPLE_RATE_HZ:
            minutes.append([])
    return minutes[:-1]


def without(take: Motion, first: int, stop: int, reach_s: float) -> Motion:
    """The frames of a take that are out of reach of samples first to stop."""
    t = np.arange(len(take)) / FPS
    reach_s += 1e-6  # a frame at the very border is rounded to either side, and all after it would be compared shifted
    kept = (t < first / SAMPLE_RATE_HZ - reach_s) | (t > stop / SAMPLE_RATE_HZ + reach_s)
    return replace(take, quaternions=take.quaternions[kept], translation=take.translation[kept])


def _runs(model: Model, most: int) -> range:
    return range(most if model.config.is_random else 1)
