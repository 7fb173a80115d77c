"""A made training corpus: real speech with recorded gestures placed on its emphases ("synthetically paired").

A corpus is a folder: `manifest.json`, and for each sequence an `.npz` (motion and mel, read without pickle) and a
`.flac` (what the model hears: 16 kHz, mono, 16 bit). The same inputs and seed give the same bytes. Neither the speakers
nor the gestures of the validation split occur in the training split, whoever performs them; and one performer is kept
for the split "stranger" alone. `importing.py` writes the same format from recordings of real pairs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from ..body.motion import Motion
from ..body.skeleton import BODY_HANDS, SMPLX
from ..errors import DataError
from ..speech.audio import SAMPLE_RATE_HZ, Speech, open_speech
from ..speech.features import log_mel
from .data import smartbody
from .data.smartbody import FPS, GestureClip
from .performance import RESTING, Repertoire, make_repertoire, perform
from .prosody import analyse

VERSION = 3
SPLITS = TRAIN, VALIDATION, STRANGER = "train", "validation", "stranger"
_SPEAKERS_HELD_OUT_PERCENT, _GESTURES_HELD_OUT_PERCENT = 8, 10
_STRANGERS_SHARE = 0.25  # of what is made of held-out speakers
_TAKES = 4
"""Further performances of each held-out speech, each in any style: how much people, by these rules, differ."""
_LEAST_S, _SHORT_S, _LONGEST_S = 8.0, 12.0, 40.0
_PAUSE_S = (1.0, 4.0)
_GAIN_DB, _NOISE_DBFS = (-8.0, 8.0), (-75.0, -55.0)


@dataclass(frozen=True)
class Style:
    """Who performs, standing how. name: what an artist reads. weight: how often it is chosen."""

    name: str
    performer: str
    stance: str
    weight: float


STYLES = (
    Style("Relaxed", "ChrBrad", "Idle01", 1.0),
    Style("Upright", "ChrBrad", "Idle02", 0.6),
    Style("Hands on Hips", "ChrBrad", "Idle03", 0.4),
    Style("Casual", "ChrBrad2", "Idle01", 1.4),
    Style("Firm", "ChrConnor", "IdleStand01", 1.0),
    Style("Open", "ChrGarza", "IdleStand01", 1.0),
)
_STRANGER = Style("Stranger", "pnskeleton", "idle", 1.0)
"""Nothing of this performer is trained on. The other four are two pairs who share recordings (ChrBrad and ChrBrad2,
ChrConnor and ChrGarza: the same gestures, frame for frame as long), so that none of those would be a stranger."""

ATTRIBUTIONS = (
    smartbody.ATTRIBUTION,
    "Speech: LibriSpeech, Panayotov et al. 2015, openslr.org/12 (CC BY 4.0)",
    "Speech: The LJ Speech Dataset, Keith Ito and Linda Johnson 2017 (public domain)",
)
NOTICE = (
    "Synthetically paired: the gesture clips were not recorded with this speech. The corpus teaches timing, hand shape "
    "and variety, not how people choose their gestures."
)


@dataclass(frozen=True)
class CorpusSequence:
    """A recording and the motion to it, at the corpus's frame rate.

    mel: (T, 64) float16 dB. quaternions: (T, J, 4) float32 of `joints` (SMPL-X names), or None in a 2-D corpus, which
    has keypoints (T, J, 2) float32 relative to the neck, in the speaker's mean shoulder widths. accents: frame numbers,
    and gesture: (T,) clip index or -1; both empty where the corpus was not made here. takes: (K, T, J, 4) float32,
    other performances of the same speech in styles of their own; K is 0 in training and for recordings of people.
    style: its name, or "". audio: path of the sound.
    """

    name: str
    speaker: str
    fps: float
    joints: tuple[str, ...]
    audio: Path
    mel: np.ndarray
    quaternions: np.ndarray | None
    keypoints: np.ndarray | None
    accents: np.ndarray
    gesture: np.ndarray
    takes: np.ndarray
    style: str

    def speech(self) -> Speech:
        """The recording."""
        return open_speech(self.audio)

    def samples(self) -> np.ndarray:
        """(N,) all of it, 16 kHz mono."""
        return np.concatenate(list(self.speech().blocks()))

    def motion(self) -> Motion:
        """Of a 3-D corpus: all its joints, the root at rest."""
        still = np.zeros((len(self.quaternions), 3), np.float32)
        return Motion(self.quaternions, still, self.fps, SMPLX.subset(self.joints))


class CorpusWriter:
    """Writes a corpus, sequence by sequence; `close` writes the manifest that makes it one.

    joints: names of the motion's joints. dimensions: 3 (quaternions) or 2 (key points). notice, attributions: what a
    model trained on it must say. about: what else the manifest says.
    """

    def __init__(
        self, folder: Path, *, fps: float, joints: Sequence[str], dimensions: int = 3, notice: str,
        attributions: Sequence[str] = (), **about,
    ) -> None:  # fmt: skip
        self.folder, self.fps, self.dimensions = Path(folder), fps, dimensions
        self.folder.mkdir(parents=True, exist_ok=True)
        self.manifest = {
            "version": VERSION, "fps": fps, "dimensions": dimensions, "skeleton": list(joints), "notice": notice,
            "attributions": list(attributions), **about, "sequences": [],
        }  # fmt: skip

    def add(
        self, split: str, speaker: str, samples: np.ndarray, motion: np.ndarray, *,
        accents: np.ndarray = (), gesture: np.ndarray = (), takes: np.ndarray | None = None, **about,
    ) -> None:  # fmt: skip
        """One sequence: 16 kHz mono samples (N,) and the motion to it, as long to less than a frame.

        motion: (T, J, 4) unit quaternions, or (T, J, 2) key points. takes: (K, T, J, 4). about: what the manifest says
        of the sequence.
        """
        n, sounding = len(motion), len(samples) / SAMPLE_RATE_HZ * self.fps
        shape = (n, len(self.manifest["skeleton"]), 4 if self.dimensions == 3 else 2)
        if motion.shape != shape or split not in SPLITS:
            raise DataError(f"a sequence's motion has shape {motion.shape}", f"give {shape}, for {', '.join(SPLITS)}")
        takes = np.zeros((0, *shape)) if takes is None else takes
        if n == 0 or abs(sounding - n) >= 1:
            raise DataError(f"{n} frames of motion do not fit {sounding:.1f} frames of sound", "cut both alike")
        name = f"{len(self.manifest['sequences']):05d}"
        heard = np.rint(np.clip(samples, -1, 32767 / 32768) * 32768).astype(np.int16)
        soundfile.write(self.folder / f"{name}.flac", heard, SAMPLE_RATE_HZ, subtype="PCM_16")
        arrays = {
            "mel": log_mel([heard.astype(np.float32) / 32768], n, self.fps).astype(np.float16),
            "motion": motion.astype(np.float32), "accents": np.asarray(accents, np.int32),
            "gesture": np.asarray(gesture, np.int32), "takes": np.asarray(takes, np.float32),
        }  # fmt: skip
        np.savez(self.folder / f"{name}.npz", **arrays)
        digests = {f"sha256_{kind}": _digest(self.folder / f"{name}.{kind}") for kind in ("npz", "flac")}
        self.manifest["sequences"].append(
            {"file": f"{name}.npz", "split": split, "speaker": speaker, "frames": n, **about, **digests}
        )

    def close(self) -> dict:
        """Write the manifest and return it."""
        path = self.folder / "manifest.json"
        path.write_text(json.dumps(self.manifest, indent=1), encoding="utf-8")
        return self.manifest


def build_corpus(
    speech_files: Sequence[Path],
    clips: Sequence[GestureClip],
    out_dir: Path,
    *,
    seconds: float | None = None,
    seed: int = 0,
    progress: Callable[[float], None] | None = None,
) -> dict:
    """Write a corpus and return its manifest.

    seconds: stop after about so much motion, going through the speech as often as it takes; None: once through.
    progress: called with the part done, 0 to 1.
    """
    if not speech_files:
        raise DataError("there is no speech to build a corpus from", "give recordings, such as LibriSpeech's")
    check_sources(speech_files)
    repertoires = {split: _repertoires(clips, split) for split in SPLITS}
    clip_index = {clip.id: k for k, clip in enumerate(clips)}
    writer = CorpusWriter(
        out_dir, fps=FPS, joints=BODY_HANDS.names, notice=NOTICE, attributions=ATTRIBUTIONS, seed=seed,
        clips=[clip.id for clip in clips], styles=[style.name for style in STYLES],
    )  # fmt: skip
    made_s = 0.0
    for number, part, passes, group in _groups(sorted(speech_files), seed):
        done = part if seconds is None else made_s / seconds
        if done >= 1 or (seconds is None and passes > 0):
            break
        rng = np.random.Generator(np.random.Philox(key=np.array([seed, number], np.uint64)))
        speaker = speaker_of(group[0])
        split = TRAIN
        if is_held_out_speaker(speaker):
            split = STRANGER if rng.random() < _STRANGERS_SHARE and repertoires[STRANGER] else VALIDATION
        sequence = _make_sequence(group, repertoires[split], clip_index, rng, 0 if split == TRAIN else _TAKES)
        writer.add(split, speaker, **sequence)
        made_s += len(sequence["motion"]) / FPS
        if progress:
            progress(min(done, 1.0))
    return writer.close()


def load_corpus(folder: Path, split: str) -> list[CorpusSequence]:
    """Every sequence of a split (of `SPLITS`), checked against the manifest."""
    folder = Path(folder)
    manifest = load_manifest(folder)
    entries = [e for e in manifest["sequences"] if e["split"] == split]
    if not entries:
        raise DataError(f"the corpus in {folder} has no '{split}' sequences", "build it from more speakers")
    return [_load_sequence(folder, manifest, entry) for entry in entries]


def load_manifest(folder: Path) -> dict:
    """What a corpus says of itself."""
    try:
        manifest = json.loads((Path(folder) / "manifest.json").read_text(encoding="utf-8"))
        version = manifest["version"]
        _ = [entry["split"] for entry in manifest["sequences"]], manifest["fps"], manifest["skeleton"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{folder} is not a corpus ({error})", "build it with 'a2g corpus build'") from None
    if version != VERSION:
        raise DataError(f"the corpus in {folder} has version {version}, not {VERSION}", "build it again")
    return manifest


def corpus_digest(folder: Path) -> str:
    """SHA-256 of a corpus's manifest, which has those of its files."""
    return _digest(Path(folder) / "manifest.json")


def _load_sequence(folder: Path, manifest: dict, entry: dict) -> CorpusSequence:
    path = folder / entry["file"]
    audio = path.with_suffix(".flac")
    if path.parent != folder or not path.is_file() or not audio.is_file():
        raise DataError(f"the corpus lacks {entry['file']} or its sound", "build it again")
    for file, digest in ((path, entry["sha256_npz"]), (audio, entry["sha256_flac"])):
        if _digest(file) != digest:
            raise DataError(f"{file} is damaged", "build the corpus again")
    with np.load(path, allow_pickle=False) as arrays:
        mel, motion, accents, gesture, takes = (
            arrays[name] for name in ("mel", "motion", "accents", "gesture", "takes")
        )
    quaternions, keypoints = motion, None
    if manifest["dimensions"] == 2:
        quaternions, keypoints = None, motion / manifest.get("shoulder_width_px", {}).get(entry["speaker"], 1.0)
    return CorpusSequence(
        entry["file"], entry["speaker"], float(manifest["fps"]), tuple(manifest["skeleton"]), audio,
        mel, quaternions, keypoints, accents, gesture, takes, entry.get("style", ""),
    )  # fmt: skip


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def speaker_of(path: Path) -> str:
    """LibriSpeech names a file speaker-chapter-utterance; every LJ file is by one reader."""
    return "LJ" if path.stem.startswith("LJ") else path.stem.split("-")[0]


def is_held_out_speaker(name: str) -> bool:
    """Whether a speaker is kept for validation; by the name alone, so that a grown corpus keeps its split.

    `split.json` lists what that means for the data that the models here are trained on, with the files' hashes.
    """
    return _percentile(name) < _SPEAKERS_HELD_OUT_PERCENT


def split_of(clip: GestureClip) -> str:
    """Whose gesture, and which: the same one of several performers is held out, or trained on, of all."""
    if clip.performer == _STRANGER.performer:
        return STRANGER
    held_out = clip.kind not in RESTING and _percentile(f"gesture/{clip.gesture}") < _GESTURES_HELD_OUT_PERCENT
    return VALIDATION if held_out else TRAIN


def _percentile(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big") % 100


def known_split() -> dict:
    """The fixed split: {"speech": {file name: {"split", "speaker", "sha256"}}, "clips": {clip id: split}, "archive":
    {file name: {"sha256"}}}, the archive being the one that holds the clips.
    """
    return json.loads((Path(__file__).parent / "split.json").read_text(encoding="utf-8"))


def list_split(speech_files: Sequence[Path], archive: Path, clips: Sequence[GestureClip]) -> dict:
    """What `split.json` says of these files and clips."""
    speech = {
        path.name: {
            "split": VALIDATION if is_held_out_speaker(speaker_of(path)) else TRAIN, "speaker": speaker_of(path),
            "sha256": _digest(path),
        }
        for path in sorted(speech_files, key=lambda path: path.name)
    }  # fmt: skip
    by_clip = {clip.id: split_of(clip) for clip in clips}
    return {"speech": speech, "archive": {archive.name: {"sha256": _digest(archive)}}, "clips": by_clip}


def check_sources(paths: Sequence[Path]) -> None:
    """A recording or archive that the fixed split names must be that very file. DataError."""
    split = known_split()
    known = {**split["speech"], **split["archive"]}
    for path in paths:
        if path.name in known and _digest(path) != known[path.name]["sha256"]:
            raise DataError(f"{path} is not the file of that name in split.json", "take the original, or rename it")


def _repertoires(clips: Sequence[GestureClip], split: str) -> list[tuple[Repertoire, float]]:
    """Each style's repertoire for a split, and how often it is chosen.

    Training performers keep to their own clips. So few are held out that in validation every one uses them all.
    """
    out = []
    gestures = [clip for clip in clips if split_of(clip) == split]
    for style in (_STRANGER,) if split == STRANGER else STYLES:
        own = [clip for clip in clips if (clip.performer, clip.stance) == (style.performer, style.stance)]
        ids = {clip.id for clip in own}
        chosen = [clip for clip in gestures if clip.id in ids] if split == TRAIN else gestures
        if own and chosen:
            out.append((make_repertoire(style.name, own, chosen), style.weight))
    if not out and split != STRANGER:
        raise DataError(f"none of the gesture clips can be used for {split}", "give the clips of SmartBody's archive")
    return out


def _groups(files: list[Path], seed: int) -> Iterator[tuple[int, float, int, list[Path]]]:
    """(number, part of the pass done, pass, recordings of one speaker that make a sequence), for ever.

    A recording shorter than 12 s is joined by others of its speaker where there are any.
    """
    number = passes = 0
    durations = {path: open_speech(path).duration_s for path in files}
    while True:
        rng = np.random.Generator(np.random.Philox(key=np.array([seed, 2**32 + passes], np.uint64)))
        order = [files[k] for k in rng.permutation(len(files))]
        left = dict.fromkeys(order)
        for path in order:
            if path not in left:
                continue
            group = [path]
            del left[path]
            for other in [p for p in left if speaker_of(p) == speaker_of(path)]:
                length = sum(durations[p] for p in group)
                if length < _SHORT_S and length + durations[other] < _LONGEST_S:
                    group.append(other)
                    del left[other]
            yield number, 1 - len(left) / len(order), passes, group
            number += 1
        passes += 1


def _make_sequence(
    group: list[Path], repertoires: list[tuple[Repertoire, float]], clip_index: dict[str, int],
    rng: np.random.Generator, n_takes: int,
) -> dict:  # fmt: skip
    """What `CorpusWriter.add` takes, for recordings of one speaker."""
    clean = _join(group, rng)
    n = int(len(clean) / SAMPLE_RATE_HZ * FPS)
    weights = np.array([weight for _, weight in repertoires])

    def choose() -> Repertoire:
        return repertoires[rng.choice(len(weights), p=weights / weights.sum())][0]

    repertoire = choose()
    prosody = analyse(clean, n, FPS)
    performance = perform(prosody, repertoire, rng)
    takes = [perform(prosody, choose(), rng).quaternions for _ in range(n_takes)]
    ids = np.array([clip_index[placed.clip.id] for placed in performance.gestures] + [-1], np.int32)
    accents = np.round(prosody.accents_s * FPS).astype(np.int32)
    gestures = [
        {"clip": p.clip.id, "emphasis_s": round(float(p.accent_s), 3), "mirrored": p.mirrored}
        for p in performance.gestures
    ]
    return {
        "samples": _record(clean, rng), "motion": performance.quaternions,
        "accents": accents[accents < n], "gesture": ids[performance.owner],
        "takes": np.stack(takes) if takes else None, "speech": [path.name for path in group],
        "style": repertoire.name, "gestures": gestures,
    }  # fmt: skip


def _join(group: list[Path], rng: np.random.Generator) -> np.ndarray:
    """Recordings with pauses before, between and after, 16 kHz."""
    parts = []
    for path in group:
        parts += [np.zeros(round(rng.uniform(*_PAUSE_S) * SAMPLE_RATE_HZ), np.float32), *open_speech(path).blocks()]
    parts.append(np.zeros(round(rng.uniform(*_PAUSE_S) * SAMPLE_RATE_HZ), np.float32))
    joined = np.concatenate(parts)
    return np.pad(joined, (0, max(0, round(_LEAST_S * SAMPLE_RATE_HZ) - len(joined))))


def _record(clean: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """As another microphone would have it: another level, not clipped, and a steady noise floor."""
    gain = 10 ** (rng.uniform(*_GAIN_DB) / 20)
    gain = min(gain, 0.99 / max(float(np.abs(clean).max()), 1e-6))
    noise = rng.normal(0, 10 ** (rng.uniform(*_NOISE_DBFS) / 20), len(clean))
    return (clean * gain + noise).astype(np.float32)
