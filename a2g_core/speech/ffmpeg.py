"""Whatever ffmpeg decodes, at the times that the file's own clock states.

The file is decoded once: to mono, to what its frames' times are, and to all channels, whose levels say whether mixing
them loses the voice.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from struct import unpack
from typing import IO

import numpy as np

from ..errors import AudioError
from ..files import find_program, is_file
from .headers import check_rate
from .levels import Levels

_BLOCK = 1 << 18  # samples read at a time
_LATE_S = 0.05  # clocks are rounded, to 1 ms in Matroska, and start with a codec's delay
_BACK_S = -1.0  # a clock that goes back by more starts again, as in files that were joined
_LONGEST_PAUSE_S = 600.0  # a clock that jumps by more is broken
_CONTAINERS = (
    "3dostr,aa,aac,aax,ac3,ac4,act,adp,ads,adx,aea,aiff,amr,amrnb,amrwb,apac,ape,aptx,aptx_hd,asf,asf_o,ast,au,"
    "av1,avi,avr,bonk,brstm,caf,codec2,daud,dfpwm,dsf,dts,dtshd,dv,dvdvideo,dxa,eac3,epaf,f4v,flac,flv,g722,"
    "g723_1,g726,g726le,g728,g729,gsm,gxf,hca,hcom,iamf,iff,ilbc,ircam,ivf,ivr,kvag,laf,lc3,live_flv,loas,lvf,"
    "lxf,m4v,matroska,webm,mlp,mmf,mov,mp4,m4a,3gp,3g2,mj2,mp3,mpc,mpc8,mpeg,mpegts,mpegvideo,msf,mtaf,mxf,"
    "nistsphere,nsv,nut,nuv,ogg,oma,paf,pva,pvf,qcp,qoa,rka,rm,rso,rtp,s337m,sbc,sds,sdx,siff,sln,sox,spdif,swf,"
    "tak,truehd,tta,voc,vqf,w64,wady,wav,wavarc,wsaud,wsd,wtv,wv,wve,xa,xwma"
)
"""What recordings come in. ffmpeg would take damaged ones for music that a synthesiser plays, without end, for
pictures, or for lists of other files."""
_PARTS = ("-vn", "-sn", "-dn")
_MONO = (*_PARTS, "-ac", "1", "-c:a", "pcm_s16le", "-f", "s16le")
_CLOCK_GOES_BACK = "non monotonically increasing dts"  # in what was joined, which is no damage
_REASON = 120  # characters kept of what ffmpeg says


@dataclass(frozen=True)
class Decoded:
    """A decoded recording: `samples` of sound, and silences (sample before which it falls, its length) among them.

    folder: holds the sound for as long as this object lives. damage: what ffmpeg complained about, or "".
    """

    rate_hz: int
    samples: int
    silences: tuple[tuple[int, int], ...]
    is_one_channel: bool
    damage: str
    folder: tempfile.TemporaryDirectory[str]

    @property
    def count(self) -> int:
        """Samples in all, with the silences."""
        return self.samples + sum(length for _, length in self.silences)

    def read(self) -> Iterator[np.ndarray]:
        """Blocks (n, 1) float32."""
        place = 0
        with open(_sound(self.folder), "rb") as file:
            for at, length in (*self.silences, (self.samples, 0)):
                while place < at:
                    raw = file.read(2 * min(at - place, _BLOCK))
                    if not raw:
                        return
                    yield (np.frombuffer(raw, "<i2").astype(np.float32) / 2**15)[:, None]
                    place += len(raw) // 2
                for first in range(0, length, _BLOCK):
                    yield np.zeros((min(length - first, _BLOCK), 1), np.float32)


def find_ffmpeg() -> str | None:
    """The program's path: that of the system, or of the imageio-ffmpeg package."""
    if found := find_program("ffmpeg"):
        return str(found)
    try:
        import imageio_ffmpeg
    except ImportError:
        return None
    return str(imageio_ffmpeg.get_ffmpeg_exe())


def decode(ffmpeg: str, path: Path) -> Decoded:
    """Decode all of a file to a temporary folder. Raises AudioError for what ffmpeg cannot read, with its reason."""
    import subprocess  # nobody else waits for it

    folder = tempfile.TemporaryDirectory(prefix="a2g-")
    times, complaints = Path(folder.name, "times"), Path(folder.name, "complaints")
    everything = (*_PARTS, "-c:a", "pcm_s16be", "-f")
    command = [*_start(ffmpeg, path), *_MONO, str(_sound(folder)), *everything, "framecrc", str(times)]
    command += [*everything, "au", "-"]
    with open(complaints, "wb") as said, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said) as process:
        assert process.stdout is not None
        try:
            rate_hz, levels = _listen(process.stdout, path.name)
        except BaseException:
            process.kill()
            raise
    samples = _sound(folder).stat().st_size // 2 if is_file(_sound(folder)) else 0
    damage = _reason(complaints, path)
    if process.returncode or not rate_hz:
        raise _refusal(path, damage)
    channel = levels.channel()
    if channel is not None:
        one = ("-af", f"pan=mono|c0=c{channel}", "-y", *_MONO, str(_sound(folder)))
        subprocess.run([*_start(ffmpeg, path), *one], capture_output=True, check=False)
        samples = _sound(folder).stat().st_size // 2
    silences, jump_s = _silences(times, rate_hz)
    if jump_s and not damage:
        damage = f"its clock jumps by {jump_s:.0f} s"
    return Decoded(rate_hz, samples, silences, channel is not None, damage, folder)


def _start(ffmpeg: str, path: Path) -> list[str]:
    """The command up to the input. Nothing but this file is opened, whatever it names."""
    command = [ffmpeg, "-v", "error", "-nostdin", "-max_error_rate", "1"]
    with open(path, "rb") as file:
        is_mp4 = file.read(8)[4:] in (b"ftyp", b"moov")
    # An MP4's clock starts at 0, and sound alone may begin later; that of others may start anywhere.
    command += ["-copyts"] if is_mp4 else []
    return [*command, "-protocol_whitelist", "file,pipe", "-format_whitelist", _CONTAINERS, "-i", f"file:{path}"]


def _sound(folder: tempfile.TemporaryDirectory[str]) -> Path:
    return Path(folder.name, "sound")


def _listen(pipe: IO[bytes], name: str) -> tuple[int, Levels]:
    """Rate and levels of a sound in the AU format; 0 if there is none. Raises AudioError."""
    levels, start = Levels(), pipe.read(24)
    if len(start) < 24:
        return 0, levels
    offset, _size, _encoding, rate_hz, channels = unpack(">4x5I", start)
    check_rate(rate_hz, name)
    pipe.read(offset - 24)
    frame = 2 * channels
    while raw := pipe.read(max(_BLOCK // channels, 1) * frame):
        whole = raw[: len(raw) // frame * frame]
        levels.add(np.frombuffer(whole, ">i2").reshape(-1, channels).astype(np.float32))
    return rate_hz, levels


def _silences(times: Path, rate_hz: int) -> tuple[tuple[tuple[int, int], ...], float]:
    """(sample, length) of each silence that the frames' times leave, and by how many seconds they jump otherwise.

    From lines `stream, dts, pts, samples, ...`.
    """
    silences: list[tuple[int, int]] = []
    tick, heard, clock, jump_s = 1.0, 0, 0.0, 0.0
    with open(times, encoding="ascii") as lines:
        for line in lines:
            if line.startswith("#tb 0:"):
                numerator, denominator = line.split(":")[1].split("/")
                tick = rate_hz * int(numerator) / int(denominator)
            if line.startswith("#"):
                continue
            _stream, _dts, pts, samples, *_ = line.split(",")
            # `clock`: what is added to the number of samples heard to get the file's time.
            late = int(pts) * tick - heard - clock
            if late > _LONGEST_PAUSE_S * rate_hz:
                jump_s = late / rate_hz
                clock += late
            elif late < _BACK_S * rate_hz:
                clock += late
            elif late > _LATE_S * rate_hz:
                silences.append((heard, round(late)))
                clock += round(late)
            heard += int(samples)
    return tuple(silences), jump_s


def _reason(complaints: Path, path: Path) -> str:
    """What ffmpeg complained about first, without its own names for its parts."""
    lines = complaints.read_text(encoding="utf-8", errors="replace").splitlines()
    plain = [re.sub(r"^(\[[^\]]*\] ?)+", "", line).replace(f"file:{path}", path.name).strip(" .:") for line in lines]
    return next((line for line in plain if line and _CLOCK_GOES_BACK not in line), "")[:_REASON]


def _refusal(path: Path, reason: str) -> AudioError:
    if "does not contain any stream" in reason:
        return AudioError(f"'{path.name}' has no sound", "choose a recording with sound")
    why = f" that ffmpeg can read ({reason})" if reason else ""
    return AudioError(f"'{path.name}' is not audio{why}", "choose a recording, such as WAV, FLAC, MP3, OGG, M4A or MP4")
