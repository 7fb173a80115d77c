"""A study's raw material: which files belong together, the right and the wrong audio, and uniform videos."""

from __future__ import annotations

import re
import subprocess
import wave
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ...body.motion import Motion
from ...body.resample import sample_motion
from ...errors import DataError
from ...files import is_file, is_folder, listed
from ...formats.registry import load_motion, readable
from ...speech.audio import SOUND_ENDINGS, open_speech
from ..video import ffmpeg_path

VIDEO_ENDINGS = (".mp4", ".m4v", ".mov", ".webm", ".mkv")

_SPLICE_S = 0.02
_TEXT_FROM = 0.2  # share of a clip after which an instruction appears, so that the first picture gives nothing away


@dataclass(frozen=True)
class Look:
    """What all videos of a study have in common: width and height in pixels, frames per second."""

    size: tuple[int, int]
    fps: float


@dataclass(frozen=True)
class WrongAudio:
    """Speech that does not belong to a clip: `seconds` of the recording `source` from start_s on.

    kind: "another clip", "another part" of the clip's own recording, or its own audio "shifted" by half its length.
    """

    source: str
    start_s: float
    kind: str


def files_by_stem(folder: Path, *choices: tuple[str, ...]) -> dict[str, Path]:
    """The folder's files, with the first of these sets of endings that any has. DataError if none has."""
    if not is_folder(folder):
        raise DataError(f"there is no folder '{folder}'", "check the path")
    files = [path for path in listed(folder) if is_file(path)]
    for endings in choices:
        if found := {f.stem: f for f in files if f.suffix.lower() in endings}:
            return found
    raise DataError(f"'{folder}' holds none of {', '.join(e for c in choices for e in c)}", "give the right folder")


def match(systems: dict[str, Path], speech: Path) -> tuple[dict[str, dict[str, Path]], dict[str, Path], list[str]]:
    """Files by system and stem, speech by stem, and the stems that not all of them have (those are left out)."""
    files = {name: files_by_stem(folder, readable(), VIDEO_ENDINGS) for name, folder in systems.items()}
    spoken = files_by_stem(speech, SOUND_ENDINGS)
    every = [set(spoken), *(set(f) for f in files.values())]
    common = set.intersection(*every)
    if not common:
        raise DataError("no clip has both speech and a file of every system", "give all files of a clip the same name")
    # Only clips that a system lacks are reported: a folder of recordings may well hold more than the study needs.
    partial = sorted(set.union(*every[1:]) - common)
    return {n: {s: f[s] for s in sorted(common)} for n, f in files.items()}, spoken, partial


def speaker_of_stem(stem: str) -> str:
    """The speaker: what precedes the first dash or underscore of the stem, as in LibriSpeech, BEAT and others."""
    return re.split(r"[-_]", stem, maxsplit=1)[0]


def read_speech(path: Path) -> tuple[np.ndarray, int]:
    """Mono float32 samples (n,) at the recording's own rate."""
    speech = open_speech(path)
    return np.concatenate(list(speech.mono())), speech.rate_hz


def choose_wrong_audio(
    clip: str, seconds: float, durations_s: dict[str, float], speaker_of: Callable[[str], str], rng: np.random.Generator
) -> WrongAudio:
    """Speech of the same speaker that does not belong to the clip's first seconds.

    Another recording if one is long enough, else a later part of the same one, else the clip's own audio rotated in
    time. Never another speaker: an unfitting voice would be recognised without looking at the movements.
    """
    others = [s for s, d in durations_s.items() if s != clip and speaker_of(s) == speaker_of(clip) and d >= seconds]
    if others:
        return WrongAudio(others[rng.integers(len(others))], 0.0, "another clip")
    spare_s = durations_s[clip] - 2 * seconds
    if spare_s >= 0:
        return WrongAudio(clip, seconds + float(rng.uniform(0, spare_s)), "another part")
    return WrongAudio(clip, seconds / 2, "shifted")


def cut(samples: np.ndarray, rate_hz: int, start_s: float, seconds: float, *, circular: bool = False) -> np.ndarray:
    """round(seconds * rate_hz) samples from start_s on, padded with silence.

    circular: after the recording's first `seconds` they wrap around to its beginning, with a short fade against clicks.
    """
    count, start = round(seconds * rate_hz), round(start_s * rate_hz)
    if circular:
        rolled = np.roll(np.pad(samples[:count], (0, max(0, count - len(samples)))), -start)
        seam, width = count - start, max(1, round(_SPLICE_S * rate_hz))
        return rolled * np.clip(np.abs(np.arange(count) - seam) / width, 0, 1).astype(np.float32)
    part = samples[start : start + count]
    return np.pad(part, (0, count - len(part)))


def write_wav(path: Path, samples: np.ndarray, rate_hz: int) -> None:
    """Write 16-bit mono."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())


# Pictures -------------------------------------------------------------------------------------------------------------


def duration_s(path: Path) -> float:
    """Length of a motion or a video in seconds. Raises DataError for a file that is neither."""
    if path.suffix.lower() in readable():
        return load_motion(path).duration_s
    import imageio_ffmpeg

    try:
        return float(imageio_ffmpeg.count_frames_and_secs(str(path))[1])
    except (RuntimeError, OSError):
        raise DataError(f"'{path.name}' is not a video", "export it again, as MP4") from None


def at_rate(motion: Motion, fps: float, seconds: float) -> Motion:
    """The first round(seconds * fps) frames, resampled to the rate at which all systems are shown."""
    return sample_motion(motion, np.arange(round(seconds * fps)) / fps, fps)


def _from_its_place(motion: Motion) -> Motion:
    """The motion from where it begins: people see the same place of every system."""
    return Motion(motion.quaternions, motion.translation - motion.translation[:1], motion.fps, motion.skeleton)


def silent_video(source: Path, out: Path, seconds: float, look: Look) -> None:
    """Write the first seconds of a motion or a video as a silent H.264 file in the study's format."""
    if source.suffix.lower() in readable():
        from ..drawing import draw_video, view_of

        motion = _from_its_place(at_rate(load_motion(source), look.fps, seconds))
        positions, rotations = view_of(motion)
        draw_video(out, positions, motion.skeleton, look.fps, rotations=rotations, size=look.size)
        return
    width, height = look.size
    fit = f"scale={width}:{height}:force_original_aspect_ratio=decrease,pad={width}:{height}:-1:-1:white"
    # tpad: a video that is a frame too short repeats its last picture, so that all have the same number.
    fit += f",fps={look.fps:g},tpad=stop_mode=clone:stop=-1,format=yuv420p"
    frames = str(round(seconds * look.fps))
    _ffmpeg("-i", source, "-an", "-vf", fit, "-frames:v", frames, *_H264, out)


def with_audio(video: Path, audio: Path, out: Path) -> None:
    """Copy the pictures bit for bit and add audio of the same length."""
    _ffmpeg("-i", video, "-i", audio, "-map", "0:v", "-map", "1:a", "-c:v", "copy", "-c:a", "aac", "-b:a", "96k",
            *_PLAIN, out)  # fmt: skip


def with_text(video: Path, text: str, seconds: float, look: Look, out: Path) -> None:
    """Add a sentence across the middle of the video from a fifth of its length on; audio is kept."""
    picture = out.with_suffix(".png")
    _write_sign(picture, text, look.size)
    overlay = f"[0:v][1:v]overlay=0:0:enable='gte(t,{_TEXT_FROM * seconds:.3f})',format=yuv420p"
    _ffmpeg("-i", video, "-i", picture, "-filter_complex", overlay, "-map", "0:a?", "-c:a", "copy", *_H264, out)
    picture.unlink()


def _write_sign(path: Path, text: str, size: tuple[int, int]) -> None:
    """A transparent picture with the text on a dark bar, in Pillow's own font, which is the same on every machine."""
    from PIL import Image, ImageDraw, ImageFont

    width, height = size
    image = Image.new("RGBA", size, (0, 0, 0, 0))
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(size=max(10, width // 18))
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and draw.textlength(longer, font=font) > 0.88 * width:
            lines, longer = [*lines, line], word
        line = longer
    sentence = "\n".join([*lines, line])
    box = draw.multiline_textbbox((width / 2, height / 2), sentence, font=font, anchor="mm", align="center")
    margin = width // 30
    draw.rectangle((0, box[1] - margin, width, box[3] + margin), fill=(20, 24, 33, 235))
    draw.multiline_text((width / 2, height / 2), sentence, font=font, anchor="mm", align="center", fill="white")
    image.save(path)


_PLAIN = ("-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact", "-movflags", "+faststart")
"""Keeps titles, dates and program names out of a file: they could reveal its system."""

_H264 = ("-c:v", "libx264", "-preset", "medium", "-crf", "21", "-pix_fmt", "yuv420p", *_PLAIN)


def _ffmpeg(*arguments: object) -> None:
    command = [ffmpeg_path(), "-v", "error", "-nostdin", "-y", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise DataError("ffmpeg could not make a video of the study ({reason})", "check the videos", reason=reason)
