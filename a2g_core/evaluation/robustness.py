"""How a model's motion changes where the speech is unlike the corpus: bad sound, silence, ten minutes, other languages;
also what its energy slider does, and how well its codes reconstruct a motion.

Nothing here is a score. Each question has numbers for a few cases, to be read against those of its first case.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy.signal import butter, sosfiltfilt

from ..body.kinematics import forward_kinematics
from ..body.motion import Motion
from ..body.rotations import matrix_to_sixd, quaternion_to_matrix, sixd_to_matrix
from ..body.skeleton import BODY
from ..model.checkpoint import Model, pieces_of
from ..model.config import Pieces
from ..model.network import decode, encode_motion
from ..performing.controls import NEUTRAL, Controls
from ..performing.generate import generate
from ..performing.request import Request
from ..speech.audio import SAMPLE_RATE_HZ
from . import dynamics, judges
from .drift import measure_drift
from .entrants import FPS, Clip, hear_samples, seed_of
from .metrics import body_positions, diversity_cm, mean_of, multimodality_cm
from .recordings import join_recordings
from .scoreboard import WRISTS, Panel, has_its_codes
from .timing import listen, measure_timing
from .voice_use import architecture_of, perform_with_voice, shared_code

QUESTIONS: dict[str, str] = {
    "degraded": "Bad sound: alignment of its arms with the speech as it was recorded",
    "silence": "Four seconds of silence in mid-speech: wrists above their lowest 5 %, and their speed",
    "ten minutes": "Ten minutes, of which each third hears the same speech",
    "languages": "Other languages",
    "voice": "What the decoder takes from S_A, the pieces unchanged: timing of the wrists",
    "energy": "The energy slider",
    "reconstruction": "Held-out motion through the codes and back: distance of joints",
}
"""The questions by key. Numbers are means over clips and seeds."""

Answers = dict[str, dict[str, dict[str, float]]]
"""Values by question, case and measure."""

_SEEDS = 3
_CLIP_DB, _SNR_DB, _BAND_HZ = 12.0, 10.0, (300.0, 3400.0)
_SILENCE_S, _SETTLING_S, _LOW_NOISE_DBFS = 4.0, 1.0, -60.0
_TEN_MINUTES_FRAMES = 18000
_SPEECHES = 8
_LATE_S = 0.35
_ENERGIES = (1.0, 0.5, 1.5, 2.0)


def measure_robustness(model: Model, panel: Panel, speech: Mapping[str, Path]) -> Answers:
    """Measure a 3-D model. speech: folders of recordings, by name of the language."""
    clips = panel.clips
    out = {
        "degraded": _hear_degraded(model, panel),
        "silence": _fall_silent(model, clips),
        "ten minutes": _go_on(model, clips),
    }
    if speech:
        spoken = {"held-out clips": [samples_of(clip) for clip in clips[:_SPEECHES]]}
        spoken |= {name: join_recordings(folder) for name, folder in speech.items()}
        out["languages"] = {name: _manner(model, speeches) for name, speeches in spoken.items()}
    if has_its_codes(model, clips[0]) and not isinstance(pieces_of(model.config), Pieces):
        out["voice"] = _change_voice(model, clips)
    out["energy"] = _turn_energy(model, clips)
    if has_its_codes(model, clips[0]):
        errors = [reconstruction_errors_cm(model, clip.sequence.motion()) for clip in clips]
        out["reconstruction"] = {"held-out clips": mean_of(errors)}
    return out


# Bad sound ------------------------------------------------------------------------------------------------------------


def telephone(samples: np.ndarray) -> np.ndarray:
    """Samples (N,) at 16 kHz as through a telephone: 300 to 3400 Hz, without delay."""
    band = butter(4, _BAND_HZ, "bandpass", fs=SAMPLE_RATE_HZ, output="sos")
    return sosfiltfilt(band, samples).astype(np.float32)


def clipped(samples: np.ndarray) -> np.ndarray:
    """Recorded 12 dB too loud: clipped at a quarter of the peak."""
    gain = 10 ** (_CLIP_DB / 20) / max(float(np.abs(samples).max()), 1e-9)
    return np.clip(samples * gain, -1, 1).astype(np.float32)


def noisy(samples: np.ndarray) -> np.ndarray:
    """With white noise 10 dB below the recording's power."""
    deviation = np.sqrt(np.mean(np.square(samples, dtype=np.float64)) / 10 ** (_SNR_DB / 10))
    noise = np.random.default_rng(len(samples)).standard_normal(len(samples))
    return (samples + deviation * noise).astype(np.float32)


DEGRADATIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "as recorded": lambda samples: samples,
    "telephone": telephone,
    "clipped by 12 dB": clipped,
    "noise, 10 dB SNR": noisy,
}


def _hear_degraded(model: Model, panel: Panel) -> dict[str, dict[str, float]]:
    out = {}
    for case, degrade in DEGRADATIONS.items():
        heard = [hear_samples(degrade(samples_of(clip)), model) for clip in panel.clips]
        shares = []
        for seed in _seeds(model):
            motions = [
                generate(speech, model, seed=seed_of(clip.name, seed), fps=FPS)
                for speech, clip in zip(heard, panel.clips, strict=True)
            ]
            clean = [clip.heard(FPS).features for clip in panel.clips]
            pairs = [(features, motion.quaternions) for features, motion in zip(clean, motions, strict=True)]
            shares.append(judges.alignment_accuracy(panel.scorer, pairs, "arms", seed=seed).windows)
        out[case] = {"alignment_arms": float(np.mean(shares))}
    return out


# Silence --------------------------------------------------------------------------------------------------------------


def _fall_silent(model: Model, clips: Sequence[Clip]) -> dict[str, dict[str, float]]:
    n = round(_SILENCE_S * SAMPLE_RATE_HZ)
    low_noise = 10 ** (_LOW_NOISE_DBFS / 20) * np.random.default_rng(0).standard_normal(n).astype(np.float32)
    rows: dict[str, list[dict[str, float]]] = {}
    for clip in clips:
        samples = samples_of(clip)
        middle = len(samples) // 2
        for silence, inserted in (("digital silence", np.zeros(n, np.float32)), ("noise of -60 dBFS", low_noise)):
            heard = hear_samples(np.concatenate([samples[:middle], inserted, samples[middle:]]), model)
            for seed in _seeds(model):
                p = body_positions(generate(heard, model, seed=seed_of(clip.name, seed), fps=FPS))
                for case, numbers in around_silence(p, round(middle / SAMPLE_RATE_HZ * FPS), silence).items():
                    rows.setdefault(case, []).append(numbers)
    return {case: mean_of(numbers) for case, numbers in rows.items()}


def around_silence(positions: np.ndarray, first: int, silence: str) -> dict[str, dict[str, float]]:
    """What the wrists do around a silence that begins at frame `first`; positions (T, 22, 3) relative to the root.

    Measured in the four seconds before it, in it after its first second, and in the four seconds after it.
    """
    n = round(_SILENCE_S * FPS)
    settled, stop = first + round(_SETTLING_S * FPS), first + n
    wrists = positions[:, WRISTS]
    height_cm = 100 * (wrists[..., 1] - np.percentile(wrists[..., 1], 5, axis=0)).mean(axis=1)
    speed = dynamics.derivative(wrists, FPS, 1).mean(axis=1)
    spans = {
        "speech before": slice(max(0, first - n), first), silence: slice(settled, stop - 1),
        f"speech after {silence}": slice(stop, stop + n),
    }  # fmt: skip
    return {
        case: {"wrist_height_cm": float(height_cm[span].mean()), "wrist_speed_m_s": float(speed[span].mean())}
        for case, span in spans.items()
    }


# Long, foreign, livelier ----------------------------------------------------------------------------------------------


def _go_on(model: Model, clips: Sequence[Clip]) -> dict[str, dict[str, float]]:
    drift = measure_drift("", model, clips, frames=_TEN_MINUTES_FRAMES)
    return {
        case: {
            "speed_m_s": drift.speed_m_s[k], "jerk_m_s3": drift.jerk_m_s3[k], "diversity_cm": drift.diversity_cm[k],
            "mean_pose_moved_cm": drift.pose_moved_cm[k],
        }
        for case, k in (("first third", 0), ("last third", 2))
    }  # fmt: skip


def _manner(model: Model, speeches: Sequence[np.ndarray]) -> dict[str, float]:
    """How a model moves to these speeches, each (N,) samples at 16 kHz."""
    rows: list[dict[str, float]] = []
    for number, samples in enumerate(speeches):
        heard = hear_samples(samples, model)
        seeds = [seed_of(str(number), seed) for seed in _seeds(model)]
        runs = [body_positions(generate(heard, model, seed=seed, fps=FPS)) for seed in seeds]
        rows.append({
            "speed_m_s": float(np.mean([dynamics.mean_speed(p, FPS) for p in runs])),
            "jerk_m_s3": float(np.mean([dynamics.mean_jerk(p, FPS) for p in runs])),
            "diversity_cm": float(np.mean([diversity_cm(p) for p in runs])),
            "multimodality_cm": multimodality_cm(runs) if len(runs) > 1 else 0.0,
        })  # fmt: skip
    return mean_of(rows)


def _turn_energy(model: Model, clips: Sequence[Clip]) -> dict[str, dict[str, float]]:
    out = {}
    for energy in _ENERGIES:
        controls = Controls(energy=energy) if energy != 1 else NEUTRAL
        motions = (
            generate(clip.heard(model.fps), model, seed=seed_of(clip.name, seed), fps=FPS, controls=controls)
            for clip in clips
            for seed in _seeds(model)
        )
        speeds = [dynamics.mean_speed(body_positions(motion)[:, WRISTS], FPS) for motion in motions]
        out[f"{energy:g}"] = {"wrist_speed_m_s": float(np.mean(speeds))}
    return out


# S_A in the decoder ---------------------------------------------------------------------------------------------------

Voice = Callable[[np.ndarray], np.ndarray]


def _change_voice(model: Model, clips: Sequence[Clip]) -> dict[str, dict[str, float]]:
    """Timing with another S_A, and how far the wrists are from where the true one has them."""
    late = round(_LATE_S * model.fps)
    voices: dict[str, Callable[[Clip], Voice]] = {
        "as it is": lambda clip: lambda codes: codes,
        f"{_LATE_S:g} s late": lambda clip: lambda codes: codes[np.maximum(np.arange(len(codes)) - late, 0)],
        "its mean throughout": lambda clip: lambda codes: np.broadcast_to(codes.mean(axis=0), codes.shape),
        "of another clip": lambda clip: lambda codes: np.resize(shared_code(model, clip.heard(model.fps)), codes.shape),
    }
    out: dict[str, dict[str, float]] = {}
    truth: dict[tuple[str, int], np.ndarray] = {}
    for case, voice_of in voices.items():
        pairs, apart_m = [], []
        for clip, other in zip(clips, [*clips[1:], clips[0]]):
            for seed in _seeds(model):
                request = Request(seed=seed_of(clip.name, seed))
                p = body_positions(perform_with_voice(model, clip.heard(model.fps), request, voice_of(other)))
                true = truth.setdefault((clip.name, seed), p)
                apart_m.append(np.linalg.norm((p - true)[:, WRISTS], axis=-1).mean())
                pairs.append((listen(samples_of(clip), len(p), model.fps), p))
        timing = measure_timing(pairs, model.fps, BODY).numbers
        numbers = {name: timing[name] for name in ("onset_wrists", "energy_wrists", "accent_wrists_height")}
        out[case] = {**numbers, "wrists_apart_cm": 100 * float(np.mean(apart_m))}
    return out


# Codes ----------------------------------------------------------------------------------------------------------------


def reconstruction_errors_cm(model: Model, motion: Motion) -> dict[str, float]:
    """Mean distance of all joints, and of the wrists, between a motion and its reconstruction from its codes.

    The motion's first and last frames are repeated, so that every frame has codes.
    """
    architecture, skeleton = architecture_of(model), model.skeleton
    matrices = quaternion_to_matrix(motion.quaternions[:, [motion.skeleton.index(name) for name in skeleton.names]])
    beyond = architecture.motion_receptive_field + architecture.receptive_field
    held = np.pad(matrix_to_sixd(matrices).reshape(len(matrices), -1), ((beyond, beyond), (0, 0)), mode="edge")
    codes = encode_motion(model.parameters, (held - model.motion_mean) / model.motion_std, architecture)
    shared, specific = (code and code[0] for code in codes)  # none of the second without split codes
    again = decode(model.parameters, shared, specific, architecture) * model.motion_std + model.motion_mean
    matrices_again = sixd_to_matrix(again.reshape(len(matrices), -1, 6))
    a, b = (forward_kinematics(m, skeleton)[0] for m in (matrices, matrices_again))
    distances = 100 * np.linalg.norm(a - b, axis=-1)
    return {"joints_cm": float(distances.mean()), "wrists_cm": float(distances[:, WRISTS].mean())}


# Common ---------------------------------------------------------------------------------------------------------------


def samples_of(clip: Clip) -> np.ndarray:
    """The clip's speech, (N,) samples at 16 kHz, as long as its motion."""
    n = round(len(clip) / FPS * SAMPLE_RATE_HZ)
    samples = clip.sequence.samples()[:n]
    return np.pad(samples, (0, n - len(samples)))


def _seeds(model: Model) -> range:
    return range(_SEEDS if model.config.is_random else 1)
