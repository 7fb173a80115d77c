"""The Speech2Gesture data format, read and written: 49 key points, 15 frames per second, crops of 64 frames.

As its authors' own extraction writes it (github.com/amirbar/speech2gesture; described here, nothing copied): a folder
with `train.csv`, one row per crop, with columns dataset (train, dev or test), start, end (time in the video of the
first and last frame), interval_id, pose_fn, audio_fn, video_fn, speaker. pose_fn is an `.npz` with pose (64, 2, 49) in
pixels, x then y; audio, 16 kHz, from the first frame to the last; imgs, names of the pictures. Poses of 52 points have
nose and eyes at 7 to 9. Crops of an interval follow each other every 5 frames: here they are joined again.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np

from ...body.keypoints import KEYPOINT_NAMES, project_keypoints, shoulder_width
from ...body.kinematics import joint_positions
from ...body.resample import sample_motion
from ...errors import DataError, reason
from ...files import is_file
from ...formats.arrays import DamagedError, read_arrays
from ...speech.audio import SAMPLE_RATE_HZ
from ..corpus import TRAIN, VALIDATION, CorpusSequence, CorpusWriter, encoded

FPS = 15.0
CROP_FRAMES, CROP_STEP = 64, 5
COLUMNS = ("dataset", "start", "end", "interval_id", "pose_fn", "audio_fn", "video_fn", "speaker")
SPLITS = {"train": TRAIN, "dev": VALIDATION, "test": VALIDATION}
NOTICE = (
    "2-D key points of the Speech2Gesture data, whose licence applies to this corpus and to every model trained on it: "
    "neither may be shipped unless it allows that. The same speakers are in both splits."
)
ATTRIBUTIONS = ("Speech2Gesture, Ginosar et al. 2019",)
SAID = "notice.json"
"""Written beside what we flatten: what our own corpus says of itself. The data set has no such file."""
PIXELS_PER_METRE = 640.0
"""Of what is written here; shoulders are then as far apart as in the data set (about 220 pixels)."""

_FACE_POINTS = (7, 8, 9)
_RATE_TOLERANCE = 0.02  # films run at 29.97
_CROP_S = (CROP_FRAMES - 1) / FPS
_SAME_PX = 0.01
_FARTHEST_PX = 1e5
_MOST_BYTES = 1 << 28  # 64 pictures may lie in the file, too, but are not read


@dataclass(frozen=True)
class Crop:
    """One row and its file. start_s: time of the first frame in the video; fps: as measured, close to 15.

    keypoints: (64, 49, 2) pixels of the video. samples: 16 kHz mono, from the first frame to the last.
    """

    keypoints: np.ndarray = field(repr=False)
    samples: np.ndarray = field(repr=False)
    start_s: float
    fps: float
    row: dict[str, str] = field(repr=False)


@dataclass(frozen=True)
class Interval:
    """A stretch in which a speaker is seen without a cut: keypoints (T, 49, 2) at 15 fps and the sound to them."""

    id: str
    speaker: str
    dataset: str
    keypoints: np.ndarray = field(repr=False)
    samples: np.ndarray = field(repr=False)
    start_s: float = 0.0


# --- reading -----------------------------------------------------------


def read_rows(folder: Path) -> list[dict[str, str]]:
    """The rows of train.csv, and of test.csv where there is one; DataError without the columns."""
    folder = Path(folder)
    rows: list[dict[str, str]] = []
    for path in (folder / "train.csv", folder / "test.csv"):
        if is_file(path):
            rows += _read_table(path)
    if not rows:
        raise DataError(f"{folder} has no train.csv with crops", "give the folder that train.csv lies in")
    return rows


def _read_table(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(newline="", encoding="utf-8") as file:
            reader = csv.DictReader(file)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise DataError(f"{path} has no column '{missing[0]}'", "give Speech2Gesture's own table")
            rows = list(reader)
    except (OSError, ValueError, csv.Error) as error:
        raise DataError(f"{path} cannot be read ({reason(error)})", "give Speech2Gesture's own table") from None
    if any(row[name] is None for row in rows for name in COLUMNS):
        raise DataError(f"{path} has a row that is too short", "give Speech2Gesture's own table")
    return rows


def read_crop(folder: Path, row: dict[str, str]) -> Crop:
    """One crop; DataError with the reason where it is not one."""
    path = _find(Path(folder), row)
    try:
        arrays = read_arrays(path, ("pose", "audio"), _MOST_BYTES)
        pose, samples = np.asarray(arrays["pose"], np.float64), np.asarray(arrays["audio"], np.float32)
    except (DamagedError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path.name} cannot be read ({reason(error)})", "extract it again") from None
    if pose.ndim != 3 or pose.shape[1] != 2 or pose.shape[2] not in (len(KEYPOINT_NAMES), len(KEYPOINT_NAMES) + 3):
        raise DataError(f"{path.name} has poses of shape {pose.shape}", "give (64, 2, 49), pixels of 49 key points")
    if len(pose) != CROP_FRAMES:
        raise DataError(f"{path.name} has {len(pose)} frames, not {CROP_FRAMES}", "extract it again")
    if pose.shape[2] > len(KEYPOINT_NAMES):
        pose = np.delete(pose, _FACE_POINTS, axis=2)
    if samples.ndim != 1:
        raise DataError(f"{path.name} has sound of shape {samples.shape}", "give mono sound of 16 kHz")
    keypoints = pose.swapaxes(1, 2)
    if not np.isfinite(keypoints).all() or not np.isfinite(samples).all():
        raise DataError(f"{path.name} contains values that are not finite", "leave it out")
    if np.abs(keypoints).max() > _FARTHEST_PX:
        raise DataError(f"{path.name} has key points far outside the picture", "leave it out")
    if shoulder_width(keypoints) < 1:
        raise DataError(f"{path.name} shows no shoulders", "leave it out")
    start_s, lasts_s = parse_time(row["start"]), parse_time(row["end"]) - parse_time(row["start"])
    if abs(lasts_s - _CROP_S) > _RATE_TOLERANCE * _CROP_S:
        rate = (CROP_FRAMES - 1) / lasts_s if lasts_s > 0 else 0.0
        raise DataError(f"{path.name} has {rate:.1f} frames per second, not 15", "extract it at 15 fps")
    if abs(len(samples) / SAMPLE_RATE_HZ - lasts_s) > 1.5 / FPS:
        heard = len(samples) / SAMPLE_RATE_HZ
        raise DataError(f"{path.name} has {heard:.2f} s of sound to {lasts_s:.2f} s", "give mono sound of 16 kHz")
    return Crop(keypoints, samples, start_s, (CROP_FRAMES - 1) / lasts_s, row)


def parse_time(text: str) -> float:
    """Seconds of "0 days 00:01:27.800000", with or without the days."""
    match = re.fullmatch(r"(?:(\d+) days?,? )?(\d+):(\d+):(\d+(?:\.\d+)?)", text.strip())
    if not match:
        raise DataError(f"'{text}' is not a time", "give hours:minutes:seconds")
    days, hours, minutes, seconds = match.groups(default="0")
    return ((int(days) * 24 + int(hours)) * 60 + int(minutes)) * 60 + float(seconds)


def _find(folder: Path, row: dict[str, str]) -> Path:
    """pose_fn as it stands, or, since tables hold the paths of the machine that made them, its place in the folder."""
    named = PurePosixPath(row["pose_fn"].replace("\\", "/"))
    for path in (folder / named, folder / row["speaker"] / "train" / "npz" / named.name):
        if is_file(path):
            return path
    raise DataError(f"{named.name} is not there", "extract the data again")


def join_crops(crops: Sequence[Crop]) -> tuple[list[Interval], list[tuple[Crop, str]]]:
    """Crops of one interval to stretches without a gap, and the crops that contradict the others, with the reason.

    Sound ends with the last frame's beginning; the fifteenth of a second after it is silence. A film of 29.97 pictures
    is resampled to 15 fps, for over a minute its frames would lag the sound by one.
    """
    intervals: list[Interval] = []
    contradicting: list[tuple[Crop, str]] = []
    run: list[tuple[int, Crop]] = []  # crops with the number of their first frame
    for crop in sorted(crops, key=lambda c: c.start_s):
        step = round((crop.start_s - run[-1][1].start_s) * crop.fps) if run else 0
        if run and step < CROP_FRAMES:
            before, now = run[-1][1].keypoints[step:], crop.keypoints[: CROP_FRAMES - step]
            if np.abs(before - now).max() > _SAME_PX:
                contradicting.append((crop, "shows other poses than the crop before it at the same time"))
                continue
        if run and step > CROP_FRAMES:
            intervals.append(_joined(run, len(intervals)))
            run = []
        run.append((run[-1][0] + step if run else 0, crop))
    return [*intervals, _joined(run, len(intervals))], contradicting


def _joined(run: list[tuple[int, Crop]], number: int) -> Interval:
    n, first = run[-1][0] + CROP_FRAMES, run[0][1]
    keypoints = np.empty((n, len(KEYPOINT_NAMES), 2))
    at_s = np.empty(n)
    for k, crop in run:
        keypoints[k : k + CROP_FRAMES] = crop.keypoints
        at_s[k : k + CROP_FRAMES] = crop.start_s - first.start_s + np.arange(CROP_FRAMES) / crop.fps
    wanted = np.arange(int(at_s[-1] * FPS + 0.01) + 1) / FPS
    if np.abs(at_s - np.arange(n) / FPS).max() > 0.01 / FPS:
        flat = keypoints.reshape(n, -1).T
        keypoints = np.stack([np.interp(wanted, at_s, track) for track in flat], axis=-1).reshape(len(wanted), -1, 2)
    samples = np.zeros(ceil(len(keypoints) / FPS * SAMPLE_RATE_HZ), np.float32)
    for _, crop in run:
        start = int((crop.start_s - first.start_s) * SAMPLE_RATE_HZ + 0.1)  # cut as it was, times are in microseconds
        heard = crop.samples[: max(0, len(samples) - start)]
        samples[start : start + len(heard)] = heard
    name = first.row["interval_id"] + (f"#{number}" if number else "")
    return Interval(name, first.row["speaker"], first.row["dataset"], keypoints, samples, first.start_s)


def import_speech2gesture(folder: Path, out: Path, progress: Callable[[float], None] | None = None) -> dict[str, Any]:
    """A 2-D corpus of a Speech2Gesture folder; its manifest, where `refused` says which files were left out and why.

    Key points are relative to the neck, in the video's pixels; `shoulder_width_px` gives each speaker's mean. dev and
    test both become validation. DataError where nothing is left.
    """
    rows = read_rows(folder)
    groups: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in rows:
        groups.setdefault((row["speaker"], row["interval_id"]), []).append(row)
    said = {"notice": NOTICE, "attributions": ATTRIBUTIONS}
    if is_file(Path(folder) / SAID):
        said = _read_said(Path(folder) / SAID)
    writer = CorpusWriter(
        out, fps=FPS, joints=KEYPOINT_NAMES, dimensions=2, unit="pixels, relative to the neck",
        notice=str(said["notice"]), attributions=[str(line) for line in said["attributions"]],
    )  # fmt: skip
    refused: list[dict[str, str]] = []
    widths: dict[str, list[tuple[int, float]]] = {}
    with writer:
        for number, group in enumerate(groups.values()):
            for interval in _intervals(Path(folder), group, refused):
                relative = interval.keypoints - interval.keypoints[:, :1]
                writer.add(
                    SPLITS[interval.dataset], interval.speaker, interval.samples, relative,
                    interval=interval.id, dataset=interval.dataset,
                )  # fmt: skip
                widths.setdefault(interval.speaker, []).append((len(relative), shoulder_width(relative)))
            if progress:
                progress((number + 1) / len(groups))
        if not widths:
            why = refused[0]["why"]
            raise DataError(f"none of the {len(rows)} crops in {folder} can be used ({why})", "see what they hold")
        writer.manifest["refused"] = refused
        writer.manifest["shoulder_width_px"] = {
            name: round(float(np.average([w for _, w in found], weights=[n for n, _ in found])), 2)
            for name, found in widths.items()
        }
        return writer.close()


def _read_said(path: Path) -> dict[str, Any]:
    try:
        said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if not (isinstance(said["notice"], str) and isinstance(said["attributions"], list)):
            raise ValueError("it says neither a notice nor attributions")
    except (OSError, ValueError, LookupError, TypeError, RecursionError) as error:
        raise DataError(
            f"{path} cannot be read ({reason(error)})", "write it again with 'a2g corpus flatten'"
        ) from None
    return said


def _intervals(folder: Path, group: list[dict[str, str]], refused: list[dict[str, str]]) -> list[Interval]:
    """What can be used of one interval's rows; the rest is added to refused."""
    crops = []
    for row in group:
        try:
            if row["dataset"] not in SPLITS:
                raise DataError(f"'{row['dataset']}' is not a split", "give train, dev or test")
            crops.append(read_crop(folder, row))
        except DataError as error:
            refused.append({"file": row["pose_fn"], "why": error.problem})
        except Exception as error:  # one file that nobody foresaw does not end an import
            refused.append(
                {"file": row["pose_fn"], "why": f"it cannot be read ({type(error).__name__}: {reason(error)})"}
            )
    if not crops:
        return []
    intervals, contradicting = join_crops(crops)
    refused += [{"file": crop.row["pose_fn"], "why": why} for crop, why in contradicting]
    return intervals


# --- writing -----------------------------------------------------------


def write_speech2gesture(folder: Path, intervals: Iterable[Interval]) -> int:
    """Write intervals as the data set's own extraction would; the number of crops.

    Intervals shorter than 64 frames have none.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    rows = [row for interval in intervals for row in _write_interval(folder, interval)]
    with (folder / "train.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, COLUMNS)
        table.writeheader()
        table.writerows(rows)
    return len(rows)


def _write_interval(folder: Path, interval: Interval) -> list[dict[str, object]]:
    """The crops and the sound of an interval; the rows of the table."""
    rows: list[dict[str, object]] = []
    last = len(interval.keypoints) - CROP_FRAMES
    if last < 0:
        return rows
    home = f"{interval.speaker}/train"
    for kind in ("npz", "audio"):
        (folder / home / kind).mkdir(parents=True, exist_ok=True)
    audio_fn = f"{home}/audio/{interval.id}.wav"
    (folder / audio_fn).write_bytes(encoded(interval.samples, "WAV"))
    for first in sorted({*range(0, last + 1, CROP_STEP), last}):
        pose_fn = f"{home}/npz/{interval.id}-{first:06d}-{first + CROP_FRAMES - 1:06d}.npz"
        _write_crop(folder / pose_fn, interval, first)
        start, end = (_time(interval.start_s + k / FPS) for k in (first, first + CROP_FRAMES - 1))
        film = f"{interval.id}.mp4"
        values = (interval.dataset, start, end, interval.id, pose_fn, audio_fn, film, interval.speaker)
        rows.append(dict(zip(COLUMNS, values)))
    return rows


def _write_crop(path: Path, interval: Interval, first: int) -> None:
    frames = np.arange(first, first + CROP_FRAMES)
    start, end = (int(k / FPS * SAMPLE_RATE_HZ) for k in (first, first + CROP_FRAMES - 1))
    np.savez(
        path, pose=interval.keypoints[frames].swapaxes(1, 2).astype(np.float64), audio=interval.samples[start:end],
        imgs=np.array([f"{interval.id}_{k:06d}.jpg" for k in frames]),
    )  # fmt: skip


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds * 1e6), 60_000_000)
    return f"0 days {minutes // 60:02d}:{minutes % 60:02d}:{rest // 1_000_000:02d}.{rest % 1_000_000:06d}"


def interval_of(sequence: CorpusSequence, samples: np.ndarray, dataset: str) -> Interval:
    """A sequence of our 3-D corpus as the data set would hold it: filmed from the front, 15 fps, in pixels.

    samples: its sound, 16 kHz mono. dataset: "train", "dev" or "test".
    """
    motion = sequence.motion()
    n = int(motion.duration_s * FPS)
    motion = sample_motion(motion, np.arange(n) / FPS, FPS)
    keypoints = project_keypoints(joint_positions(motion), motion.skeleton, PIXELS_PER_METRE) + _NECK_PX
    return Interval(Path(sequence.name).stem, sequence.speaker, dataset, keypoints.astype(np.float64), samples)


_NECK_PX = np.array((640.0, 220.0))
"""Where the neck is in a picture of 1280 x 720."""


def export_speech2gesture(
    splits: dict[str, Sequence[CorpusSequence]], progress: Callable[[float], None] | None = None
) -> Iterator[Interval]:
    """The intervals to write, of loaded splits of our corpus by the name they get: train, dev or test."""
    sequences = [(name, sequence) for name, split in splits.items() for sequence in split]
    for number, (name, sequence) in enumerate(sequences):
        yield interval_of(sequence, sequence.samples(), name)
        if progress:
            progress((number + 1) / len(sequences))
