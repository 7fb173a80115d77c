"""Valid inputs of every kind, small ones: what is damaged must first be right."""

from __future__ import annotations

import base64
import io
import json
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import opentimelineio as otio
import soundfile
import torch
from recordings import POSES, talking, write_bvh
from small_models import ACCENTED, SMALL, STITCHED, random_model
from voices import babble

from a2g_core.body.motion import Motion, Pin
from a2g_core.body.skeleton import BODY_HANDS
from a2g_core.evaluation.study.design import MODES, design_study
from a2g_core.evaluation.study.make import ANSWERS_FORMAT, describe_key
from a2g_core.formats.bvh import save_bvh
from a2g_core.formats.smplx_npz import save_npz
from a2g_core.formats.vrma import save_vrma
from a2g_core.model.checkpoint import Model, save_model
from a2g_core.model.systems import named_config, parameter_shapes
from a2g_core.performing.controls import Controls
from a2g_core.performing.generate import plan_of
from a2g_core.performing.request import Choice, Request
from a2g_core.speech.audio import find_ffmpeg
from a2g_core.speech.heard import Heard, hear
from a2g_core.training.corpus import CorpusWriter
from a2g_core.training.crops import Statistics
from a2g_core.training.data.speech2gesture import Interval, write_speech2gesture
from a2g_core.training.judge_networks import AlignmentScorer, EncoderConfig, MotionEncoder, ScorerConfig, write_judge
from a2g_core.training.modules import make_module
from a2g_core.training.state import Run, make_optimisers, save_state
from a2g_core.worker import packing
from a2g_core.worker.packing import Task

from .safetensors import header_of, packed, unpacked

SECONDS = 1.5


def samples() -> np.ndarray:
    """Mono speech, 16 kHz."""
    return next(babble(SECONDS).read())[:, 0]


def heard() -> Heard:
    """The same speech, as models hear it."""
    return hear(babble(SECONDS), 30.0)


def motion(frames: int = 40) -> Motion:
    """A motion of body and hands."""
    return talking(frames / 30, 30.0, seed=1)


# Timelines ------------------------------------------------------------------------------------------------------------


def edit(folder: Path) -> bytes:
    """A timeline of two tracks with parts of one recording, which is written into the folder."""
    soundfile.write(folder / "line.wav", samples(), 16000)

    def time(seconds: float) -> otio.opentime.RationalTime:
        return otio.opentime.RationalTime(seconds * 24, 24)

    def clip(name: str, first: float, lasts: float) -> otio.schema.Clip:
        media = otio.schema.ExternalReference("line.wav", otio.opentime.TimeRange(time(10), time(SECONDS)))
        return otio.schema.Clip(name, media, otio.opentime.TimeRange(time(10 + first), time(lasts)))

    tracks = [otio.schema.Track(name, kind="Audio") for name in ("Anna", "Ben")]
    tracks[0].extend([clip("Hello", 0, SECONDS), clip("you", 0.5, 0.5)])
    tracks[1].append(clip("No", 0.25, 1))
    return otio.adapters.write_to_string(otio.schema.Timeline("scene", tracks=tracks), "otio_json").encode()


EDIT_LIST = b"""TITLE: scene
FCM: NON-DROP FRAME

001  AX       A     C        00:00:00:00 00:00:01:00 01:00:02:00 01:00:03:00
* FROM CLIP NAME: line.wav
002  AX       A     C        00:00:00:12 00:00:01:12 01:00:04:00 01:00:05:00
* FROM CLIP NAME: line.wav
"""

# Sounds ---------------------------------------------------------------------------------------------------------------

_WRITTEN = (
    ("wav", "WAV", "PCM_16", 16000), ("wav", "WAV", "PCM_24", 44100), ("wav", "WAV", "FLOAT", 22050),
    ("wav", "WAV", "PCM_U8", 8000), ("wav", "WAV", "ULAW", 8000), ("wav", "WAVEX", "PCM_16", 48000),
    ("wav", "WAV", "IMA_ADPCM", 16000), ("flac", "FLAC", "PCM_16", 16000), ("flac", "FLAC", "PCM_24", 48000),
    ("ogg", "OGG", "VORBIS", 16000), ("opus", "OGG", "OPUS", 48000), ("mp3", "MP3", "MPEG_LAYER_III", 16000),
    ("aiff", "AIFF", "PCM_16", 16000), ("au", "AU", "PCM_16", 16000), ("caf", "CAF", "PCM_16", 16000),
)  # fmt: skip
_CONVERTED = (
    ("m4a", ("-c:a", "aac")), ("mkv", ("-c:a", "libopus")), ("mp4", ("-c:a", "aac", "-movflags", "+faststart")),
    ("flac", ("-f", "flac", "pipe:1")), ("mp3", ("-write_xing", "0", "-id3v2_version", "0")), ("avi", ("-c:a", "mp3")),
)  # fmt: skip


def sounds(folder: Path) -> Iterator[tuple[str, bytes]]:
    """(ending, file) in every container that people have."""
    whole = folder / "whole.wav"
    for ending, container, coding, rate_hz in _WRITTEN:
        file = io.BytesIO()
        values = np.interp(np.arange(0, SECONDS, 1 / rate_hz), np.arange(0, SECONDS, 1 / 16000), samples())
        soundfile.write(file, np.stack([values, 0.5 * values], 1), rate_hz, coding, format=container)
        yield ending, file.getvalue()
    soundfile.write(whole, samples(), 16000)
    ffmpeg = find_ffmpeg()
    for number, (ending, options) in enumerate(_CONVERTED if ffmpeg else ()):
        out = folder / f"made-{number}.{ending}"
        to = [] if "pipe:1" in options else [str(out)]
        done = subprocess.run([ffmpeg, "-v", "error", "-i", str(whole), *options, *to], capture_output=True, check=True)
        yield ending, done.stdout if "pipe:1" in options else out.read_bytes()


# Motions --------------------------------------------------------------------------------------------------------------


def animations(folder: Path) -> Iterator[bytes]:
    """VRM animations: a take with a blink, and one that begins late."""
    whole = motion()
    for number, start_s in enumerate((0.0, 0.5)):
        blinking = replace(whole, lids=np.linspace(0, 1, len(whole))) if number == 0 else whole
        save_vrma(blinking, folder / "take.vrma", start_s)
        yield (folder / "take.vrma").read_bytes()


def archives(folder: Path) -> Iterator[tuple[str, bytes]]:
    """(role, npz): clips as AMASS and BEAT2 keep them, recordings of nine joints, crops of Speech2Gesture."""
    save_npz(motion(), folder / "clip.npz")
    yield "clip", (folder / "clip.npz").read_bytes()
    poses = np.zeros((40, 55, 3), np.float32)
    poses[:, 0, 0] = np.pi / 2
    file = io.BytesIO()
    np.savez_compressed(
        file, poses=poses.reshape(40, -1), trans=np.tile(np.float32([0, 0, 0.95]), (40, 1)), betas=np.zeros(16),
        mocap_framerate=np.array([120.0]), gender="neutral", surface_model_type="smplx",
    )  # fmt: skip
    yield "clip", file.getvalue()
    places = np.zeros((40, 9, 7), np.float32)
    places[:, :, 1] = (1.0, 1.2, 1.4, 1.4, 1.4, 1.4, 1.4, 1.4, 1.4)
    places[:, 3:6, 0], places[:, 6:, 0] = (-0.2, -0.5, -0.75), (0.2, 0.5, 0.75)
    places[..., 6] = 1
    file = io.BytesIO()
    np.savez(file, pos_quat=places, fps=np.float64(30))
    yield "nine", file.getvalue()
    yield "crop", next((_crops(folder)).rglob("*.npz")).read_bytes()


def _crops(folder: Path) -> Path:
    """A folder in the form of Speech2Gesture's data, with one crop."""
    points = np.random.default_rng(0).uniform(0, 300, (64, 49, 2))
    points[:, 1], points[:, 4] = (100, 0), (-100, 0)
    sound = np.tile(samples(), 3)[: int(63 / 15 * 16000)].astype(np.float32)
    write_speech2gesture(folder / "s2g", [Interval("i", "oliver", "train", points, sound)])
    return folder / "s2g"


def hierarchies(folder: Path) -> Iterator[tuple[str, bytes]]:
    """(role, bvh): our own, and a recording with MotionBuilder's names."""
    save_bvh(motion(12), folder / "own.bvh")
    yield "own", (folder / "own.bvh").read_bytes()
    for name, z_up in (("T", False), ("A", True)):
        write_bvh(folder / f"{name}.bvh", motion(12), POSES[name], z_up=z_up)
        yield "recording", (folder / f"{name}.bvh").read_bytes()


# Models, states -------------------------------------------------------------------------------------------------------


def models(folder: Path) -> Iterator[tuple[str, bytes]]:
    """(role, safetensors) of each system, and of the judges."""
    narrow = {
        "speech2gesture": {"audio_width": 4, "unet_width": 8},
        "stylegestures": {"flow_steps": 2, "hidden_size": 8, "history_frames": 3, "lookahead_frames": 4},
    }  # fmt: skip
    for model in (*map(random_model, (SMALL, STITCHED, ACCENTED)), *(_baseline(n, w) for n, w in narrow.items())):
        save_model(model, folder / "model.safetensors")
        yield "model", (folder / "model.safetensors").read_bytes()
    save_model(random_model(SMALL), folder / "model.safetensors")
    yield "model", _of_schema_2((folder / "model.safetensors").read_bytes())
    for judge in (MotionEncoder(EncoderConfig(8, 4)), AlignmentScorer(ScorerConfig(8, 4))):
        write_judge(judge, folder / "judge.safetensors", {"trained": "never"})
        yield judge.judge, (folder / "judge.safetensors").read_bytes()


def _of_schema_2(data: bytes) -> bytes:
    """A model file as version 0.1 wrote it, with its settings in one table."""
    arrays, metadata = unpacked(data)
    about = json.loads(metadata["audio2gestures"])
    later = ("signal", "pin_approach_s", "feet_stay")
    flat = {name: value for name, value in SMALL.settings().items() if name not in later}
    metadata["audio2gestures"] = json.dumps({**about, "schema": 2, "config": flat})
    return packed(arrays, header_of(arrays, metadata))


def _baseline(name: str, widths: dict[str, int]) -> Model:
    config, rng = named_config(name).replace(**widths), np.random.default_rng(0)
    parameters = {n: 0.1 * rng.standard_normal(s).astype(np.float32) for n, s in parameter_shapes(config).items()}
    size = config.architecture.motion_size
    for n, array in parameters.items():
        if n.endswith(".permutation"):
            array[:] = np.arange(len(array))
        if n.endswith((".variance", ".gain", ".sign")):
            array[:] = 1
    statistics = [np.full(64, -50), np.full(64, 15), np.zeros(size), np.full(size, 0.1)]
    return Model(config, parameters, *(np.asarray(s, np.float32) for s in statistics), info={"name": name})


def corpus(folder: Path) -> Path:
    """A corpus of three sequences, 3-D."""
    writer = CorpusWriter(folder / "corpus", fps=30.0, joints=BODY_HANDS.names, notice="none", attributions=["nobody"])
    takes = np.zeros((1, 45, len(BODY_HANDS), 4), np.float32)
    takes[..., 0] = 1
    for split, speaker in (("train", "a"), ("train", "b"), ("validation", "c")):
        kept = takes if split == "validation" else None
        writer.add(split, speaker, samples(), motion(45).quaternions, takes=kept, style="Near")
    writer.close()
    return folder / "corpus"


CROPPED = SMALL.replace(crop_frames=32, rerecord_speech=False)
"""A config whose crops are as short as the corpus's sequences."""


def state(folder: Path, corpus_folder: Path) -> bytes:
    """The state of a training run after a step, with its moments."""
    from a2g_core.training.corpus import corpus_digest

    size = CROPPED.architecture.motion_size
    plain = [np.full(n, v, np.float32) for n, v in ((64, -50), (64, 15), (size, 0), (size, 1))]
    torch.manual_seed(0)
    module = make_module(CROPPED, Statistics(*plain))
    optimisers = make_optimisers(module)
    for parameter in module.parameters():
        parameter.grad = torch.ones_like(parameter)
    for optimiser in optimisers:
        optimiser.step()
    folder.mkdir(parents=True, exist_ok=True)
    save_state(folder, Run(CROPPED, 1, 0, corpus_digest(corpus_folder), 3.0), module, optimisers, Statistics(*plain))
    return (folder / "state.safetensors").read_bytes()


# JSON -----------------------------------------------------------------------------------------------------------------


def manifests(folder: Path) -> Iterator[tuple[str, bytes]]:
    """(role, file): a corpus's manifest and one of its arrays, a gate, and what lies beside Speech2Gesture's data."""
    home = corpus(folder)
    yield "manifest", (home / "manifest.json").read_bytes()
    yield "sequence", (home / "00000.npz").read_bytes()
    limits = [{"measure": "speed", "at_least": 0.1, "because": "it must move"}]
    yield "gate", json.dumps({"limits": limits}).encode()
    yield "table", (_crops(folder) / "train.csv").read_bytes()
    yield "said", json.dumps({"notice": "none", "attributions": ["nobody"]}).encode()


def recipes() -> Iterator[bytes]:
    """Texts of takes' recipes: today's, with values over time, and one of schema 1."""
    curve = base64.b64encode(np.linspace(0, 1, 45, dtype="<f4").tobytes()).decode()
    checksums = base64.b64encode(bytes(4 * 45)).decode()
    plain = {
        "version": "0.2.0", "model": "0" * 64, "engine": "NumPy", "made": "2026-01-01T00:00:00Z", "speech": "voice.wav",
        "speech_digest": "0" * 64, "start_frame": 1, "n_frames": 45, "body_parts": ["BODY", "HANDS"],
        "layering": "REPLACE", "row_checksums": checksums,
    }  # fmt: skip
    pins = [{"name": "wave", "digest": "0" * 64}]
    plan = plan_of(heard(), random_model(ACCENTED))
    request = Request(7, 1, "", (Choice(0.1, 0.9, 3, 1),), Controls(energy=1.5), fps=30.0, plan=plan).to_dict()
    request["controls"]["calm"] = {"float32": curve}
    yield json.dumps({"schema": 3, **plain, "request": request | {"pins": pins}}).encode()
    flat = {"seed": 7, "choices": [], "controls": {"energy": 1.2, "calm": curve}, "pins": pins, "fps": 24.0}
    yield json.dumps({"schema": 1, **plain, **flat}).encode()


def study(mode: str) -> tuple[bytes, list[bytes]]:
    """(key, answers of two participants) of a study of this kind."""
    rng = np.random.default_rng(1)
    systems, clips = ["ours", "theirs"], ["one", "two", "three"]
    design = design_study(mode, systems, clips, sound=True, checks=1, rng=rng)
    asked = min(3, len(design.trials))
    key = describe_key(design, "0" * 16, "A study", asked, 1, systems, {"seed": 0})
    trials = {**dict(list(design.trials.items())[:asked]), **dict(list(design.checks.items())[:1])}
    files = []
    for name in ("ann", "bob"):
        answers = []
        for i, trial in trials.items():
            answer: object = trial.expected or "left"
            if mode == "rating":
                answer = {q: [trial.expected or 3] * len(trial.videos) for q in MODES[mode].questions}
            answers.append({
                "trial": i, "order": list(trial.videos), "answer": answer, "plays": [1] * len(trial.videos),
                "seconds": 3.5,
            })  # fmt: skip
        about = {"format": ANSWERS_FORMAT, "study": "0" * 16, "mode": mode, "participant": name}
        files.append(json.dumps({**about, "started": "now", "finished": "then", "answers": answers}).encode())
    return json.dumps(key).encode(), files


# The worker -----------------------------------------------------------------------------------------------------------


def exchanged(folder: Path) -> Iterator[tuple[str, bytes]]:
    """(role, npz): a task, a model and a motion as they lie between Blender and its worker."""
    pin = Pin(motion(10), 0.4, np.linspace(0, 1, 10), 0.1, 0.1)
    request = Request(
        3,
        0,
        "",
        (Choice(0.2, 0.8, 5),),
        Controls(energy=np.linspace(0.5, 1.5, 45)),
        (pin,),
        24.0,
        (2, 30),
        plan_of(heard(), random_model(ACCENTED)),
    )
    packing.save_task(folder / "task.npz", Task(heard(), request))
    packing.save_model(folder / "model.npz", random_model())
    packing.save_motion(folder / "motion.npz", motion())
    for role in ("task", "model", "motion"):
        yield role, (folder / f"{role}.npz").read_bytes()
