"""Writes frames to an MP4 file (H.264 and AAC), piped to ffmpeg as raw video."""

from __future__ import annotations

import itertools
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from ..errors import A2GError
from ..files import find_program, is_file, replacing

_CRF = "18"
"""Constant rate factor of H.264; at 18 no loss is visible."""


def write_video(
    path: Path, frames: Iterable[np.ndarray], fps: float, *, audio: Path | None = None, audio_start_s: float = 0.0
) -> None:
    """Write (H, W, 3) uint8 frames, H and W even. The file appears only when it is complete.

    audio: any file that ffmpeg reads. audio_start_s: the time in it that plays with the first frame; if negative, the
    sound begins that much later. Picture and sound last as long as the frames.
    Raises A2GError if ffmpeg is missing or fails, or if there are no frames.
    """
    path, frames = Path(path), iter(frames)
    first = next(frames, None)
    if first is None:
        raise A2GError("a video of no frames cannot be written", "give a motion of at least one frame")
    height, width = first.shape[:2]
    if height % 2 or width % 2:
        raise A2GError(
            "a video of {width} x {height} pixels cannot be written", "give even numbers", width=width, height=height
        )
    if audio is not None and not is_file(audio):
        raise A2GError("there is no sound file {audio}", "give the speech's file, or none", audio=audio)
    path.parent.mkdir(parents=True, exist_ok=True)
    start = [ffmpeg_path(), "-nostdin", "-y", "-v", "error"]
    pictures = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width}x{height}", "-r", f"{fps:g}", "-i", "-"]
    pictures += ["-c:v", "libx264", "-preset", "veryfast", "-crf", _CRF, "-pix_fmt", "yuv420p"]
    faststart = ["-movflags", "+faststart"]  # the index first: a browser plays it while it loads
    with replacing(path) as part, tempfile.TemporaryDirectory(prefix="a2g-video-") as scratch:
        silent = part if audio is None else Path(scratch, "silent.mp4")
        n_frames = _pipe([*start, *pictures, *faststart, str(silent)], itertools.chain([first], frames), path)
        if audio is not None:
            # A second pass, now that the length is known: ffmpeg's own -shortest ends where its threads happen to be.
            sound = _sound(audio, audio_start_s, n_frames / fps)
            _pipe([*start, "-i", str(silent), *sound, *faststart, str(part)], (), path)


def ffmpeg_path() -> str:
    """The ffmpeg binary that comes with imageio-ffmpeg, or the system's; never one in the current folder."""
    try:
        import imageio_ffmpeg

        path = Path(imageio_ffmpeg.get_ffmpeg_exe())
        if not path.is_absolute():  # it has none of its own, and names that of the system
            path = find_program(path.name) or path.absolute()
        return str(path)
    except (ImportError, RuntimeError) as error:
        raise A2GError("there is no ffmpeg ({error})", "run 'pip install imageio-ffmpeg'", error=error) from None


def _sound(audio: Path, start_s: float, seconds: float) -> list[str]:
    """ffmpeg's options for the second input: as long as the picture, padded with silence."""
    seek = ["-ss", f"{start_s:.6f}"] if start_s > 0 else []
    late = f"adelay={round(-1000 * start_s)}:all=1," if start_s < 0 else ""
    into = ["-map", "0:v", "-map", "1:a", "-c:v", "copy", "-af", f"{late}apad", "-t", f"{seconds:.6f}"]
    return [*seek, "-i", str(audio), *into, "-c:a", "aac", "-ar", "48000"]


def _pipe(command: list[str], frames: Iterable[np.ndarray], path: Path) -> int:
    """Feed ffmpeg and check its exit status; its output goes to a file, because a full pipe would block it.

    Returns the number of frames.
    """
    n_frames = 0
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said)
        assert process.stdin is not None  # it is a pipe
        try:
            for frame in frames:
                process.stdin.write(np.ascontiguousarray(frame).data)
                n_frames += 1
            process.stdin.close()
        except BrokenPipeError:
            pass  # it has stopped; its exit status says so
        except BaseException:
            process.kill()
            process.wait()
            raise
        if process.wait() != 0:
            said.seek(0)
            reason = said.read().decode(errors="replace").strip().splitlines() or ["no reason given"]
            raise A2GError(
                "ffmpeg could not write {path} ({reason})", "free the disk or the file and try again",
                path=path, reason=reason[-1],
            )  # fmt: skip
    return n_frames
