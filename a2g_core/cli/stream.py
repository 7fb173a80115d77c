"""`a2g stream`: poses for a speech that still comes in, sent as they are made and recorded at the same time."""

from __future__ import annotations

import argparse
import json
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any, TextIO

from ..body.motion import Motion
from ..errors import ConfigError
from ..formats.registry import describe, format_to_write, writable
from ..live import lines, sounds, vmc
from ..live.osc import bundles
from ..live.recording import Recording
from ..live.streaming import Stream
from ..model.checkpoint import load_model
from ..outputs import check_file
from ..performing.request import Idle
from ..speech.audio import SAMPLE_RATE_HZ
from . import performances
from .research import Commands
from .values import number, whole

_STEP_S, _QUICK_STEP_S = 0.5, 2.0
"""So much is heard before poses are made of it: each time a chunk is performed anew."""
_PAUSE_S = 0.2  # until it is asked again whether the speech is over, while poses wait for their time


def add_command(commands: Commands) -> None:
    """Add the command to the parser's subcommands."""
    c = commands.add_parser("stream", help="send poses while a recording is still going on, and record them")
    c.add_argument("sound", nargs="?", help="any audio file, a pipe, or - for WAV on standard input")
    c.add_argument(
        "--microphone", nargs="?", const="", metavar="NAME",
        help="listen to a microphone, by a part of its name or its number (needs the package sounddevice)",
    )  # fmt: skip
    c.add_argument(
        "--raw", type=whole("--raw", 1000, 768000), metavar="RATE",
        help="what comes has no header: 16-bit little-endian samples, so many a second",
    )  # fmt: skip
    c.add_argument(
        "--channels", type=whole("--channels", 1, 64), default=1, help="of --raw, how many channels (default 1)"
    )
    c.add_argument(
        "--vmc", nargs="?", const=f"127.0.0.1:{vmc.PORT}", metavar="HOST:PORT",
        help=f"send poses as Virtual Motion Capture messages, OSC over UDP (default 127.0.0.1:{vmc.PORT})",
    )  # fmt: skip
    c.add_argument("--lines", metavar="FILE", help="write poses as lines of JSON; - for standard output")
    c.add_argument(
        "-o", "--output", type=Path, help=f"write the take when the speech is over, as {describe(writable())}"
    )
    c.add_argument(
        "--pace", choices=("real", "quick"),
        help="send poses at their frame rate, or as soon as they are made (default: real with --vmc, else quick)",
    )  # fmt: skip
    c.add_argument("--replay", type=Path, metavar="FILE", help="instead of a sound: poses that --lines wrote")
    performances.add_arguments(c)
    c.add_argument(
        "--idle", type=number("--idle", 0, 36000), metavar="SECONDS",
        help="idle so long before the speech and after it, and in its long pauses",
    )  # fmt: skip
    c.add_argument("--force", action="store_true", help="replace a file that is there and that a2g did not make")
    c.add_argument("--json", action="store_true", help="print one machine-readable line at the end")
    c.set_defaults(run=_stream)


def _stream(options: argparse.Namespace) -> None:
    _check(options)
    with ExitStack() as stack:
        is_over = stack.enter_context(_told_to_end())
        out = _Outputs(options, stack, is_over)
        if options.replay:
            for part in lines.read_lines(options.replay):
                out.send(part)
            notes: list[str] = []
        else:
            notes = _perform(options, out, is_over)
        _report(options, out, notes)


def _check(options: argparse.Namespace) -> None:
    """A2GError if the options do not go together, or what they name cannot be written."""
    sources = [name for name in ("sound", "microphone", "replay") if getattr(options, name) is not None]
    if len(sources) != 1:
        raise ConfigError("one source of poses is needed", "give a sound, or --microphone, or --replay")
    if not (options.vmc or options.lines or options.output):
        raise ConfigError("nobody would see the poses", "add --vmc, --lines or --output")
    if options.json and options.lines == "-":
        raise ConfigError("standard output cannot hold poses and a report", "leave one of --json and --lines - out")
    if options.look_at == ():
        raise ConfigError("there is nobody else who speaks, to look at", "give X,Y,Z in metres")
    inputs = [Path(name) for name in (options.sound, options.replay) if name and name != "-"]
    inputs += performances.inputs(options) + ([options.model] if options.model else [])
    if options.output:
        check_file(
            options.output, is_ours=format_to_write(options.output).is_signed, inputs=inputs, force=options.force
        )
    if options.lines and options.lines != "-":
        check_file(Path(options.lines), is_ours=lines.is_lines, inputs=inputs, force=options.force)


def _perform(options: argparse.Namespace, out: _Outputs, is_over: Callable[[], bool]) -> list[str]:
    """Perform what is heard until it is over. Returns what is to be said of it."""
    request = performances.request_of(options)
    if options.idle is not None:
        request = replace(request, idle=Idle(options.idle, options.idle))
    stream = Stream(load_model(options.model), request)
    sound = _sound(options)
    if sound.may_wait:
        sound = sounds.beside(sound, is_over)
    print(
        f"a2g: looks {stream.ahead_s:.1f} s ahead: a pose follows so long after its sound. In pauses of more than "
        f"{stream.longest_pause_s:.0f} s, weight is shifted later than in a take of the whole.", file=sys.stderr,
    )  # fmt: skip
    step, new = round((_STEP_S if out.is_paced else _QUICK_STEP_S) * SAMPLE_RATE_HZ), 0
    for block in sound.blocks(is_over):
        for first in range(0, len(block), step):
            piece = block[first : first + step]
            stream.add(piece)
            new += len(piece)
            if new >= step:
                new = 0
                out.send_all(stream.ready())
    out.send_all(stream.end(sound.duration_s))
    return [sound.note] if sound.note else []


def _sound(options: argparse.Namespace) -> sounds.Sound:
    if options.microphone is not None:
        return sounds.of_microphone(options.microphone)
    return sounds.of_source(options.sound, options.raw, options.channels)


class _Outputs:
    """Where poses go: to receivers, into lines, into a recording."""

    def __init__(self, options: argparse.Namespace, stack: ExitStack, is_over: Callable[[], bool]) -> None:
        self._is_over, self._began_s, self._next = is_over, 0.0, 0
        self.is_paced = (options.pace or ("real" if options.vmc else "quick")) == "real"
        self.n_frames, self.fps = 0, 0.0
        self._to = _address(options.vmc) if options.vmc else None
        self._socket = stack.enter_context(socket.socket(self._to[0], socket.SOCK_DGRAM)) if self._to else None
        self._lines: TextIO | None = None
        if options.lines:
            self._lines = sys.stdout
            if options.lines != "-":
                self._lines = stack.enter_context(open(options.lines, "w", encoding="utf-8"))  # noqa: SIM115
        self._recording = stack.enter_context(Recording()) if options.output else None
        self._output = options.output

    def send_all(self, parts: Iterator[Motion]) -> None:
        """Send what is made, in order."""
        for part in parts:
            self.send(part)

    def send(self, part: Motion) -> None:
        """Send the next poses, each at its time if they are paced."""
        if not self.n_frames:
            self.fps, self._began_s = part.fps, time.monotonic()
            if self._lines:
                print(lines.head(part), file=self._lines)
        if self._recording:
            self._recording.add(part)
        texts = lines.frames(part, self.n_frames) if self._lines else None
        packets = vmc.messages(part, self.n_frames) if self._to else None
        for _ in range(len(part)):
            self._wait()
            if texts:
                print(next(texts), file=self._lines, flush=self.is_paced)
            if packets and self._to and self._socket and not self._is_over():
                for data in bundles(next(packets)):
                    self._socket.sendto(data, self._to[1])
            self.n_frames += 1

    def _wait(self) -> None:
        """Until the next pose is due; not at all where it is late, or nobody waits for it any more."""
        while self.is_paced and not self._is_over():
            left_s = self._began_s + self.n_frames / self.fps - time.monotonic()
            if left_s <= 0:
                return
            time.sleep(min(left_s, _PAUSE_S))

    def save(self) -> None:
        """Write the take."""
        if self._recording:
            self._recording.save(self._output)


def _address(text: str) -> tuple[socket.AddressFamily, tuple[Any, ...]]:
    """Where HOST:PORT is. ConfigError for what is no such address."""
    host, sign, port = text.rpartition(":")
    host = (host if sign else port).strip("[]")
    try:
        at = int(port) if sign else vmc.PORT
        if not 0 < at < 65536:
            raise ValueError
        family, *_, address = socket.getaddrinfo(host, at, type=socket.SOCK_DGRAM)[0]
    except (ValueError, OSError):
        raise ConfigError(f"nothing can be sent to '{text}'", f"give HOST:PORT, such as 127.0.0.1:{vmc.PORT}") from None
    return family, address


@contextmanager
def _told_to_end() -> Iterator[Callable[[], bool]]:
    """Whether somebody has pressed Ctrl-C, or told this process to end: the speech is over, and the take is written.

    Told again, it ends at once. On the main thread alone: elsewhere Python lets nobody listen.
    """
    told = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield told.is_set
        return
    before = {kind: signal.getsignal(kind) for kind in (signal.SIGINT, signal.SIGTERM)}

    def tell(told_by: int, _frame: FrameType | None) -> None:
        told.set()
        signal.signal(told_by, before[signal.Signals(told_by)])

    for kind in before:
        signal.signal(kind, tell)
    try:
        yield told.is_set
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)


def _report(options: argparse.Namespace, out: _Outputs, notes: list[str]) -> None:
    out.save()
    for note in notes:
        print(f"a2g: {note}", file=sys.stderr)
    written = [str(options.output)] if options.output else []
    if options.json:
        print(json.dumps({"frames": out.n_frames, "fps": out.fps, "outputs": written, "notes": notes}))
    elif options.lines != "-":
        print(f"{out.n_frames} frames at {out.fps:g} fps" + "".join(f": {name}" for name in written))
