"""Who speaks, who listens and who stands by: what `a2g generate` makes a take of each of."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from ..errors import AudioError, ConfigError
from ..performing.attending import LARGEST_YAW_DEG, Partner
from ..performing.listening import spoken_parts
from ..performing.request import Idle, Request
from ..speech.audio import Speech, open_speech
from ..speech.heard import Heard, hear, silence
from .values import number


class Part(NamedTuple):
    """What one character hears of itself, and what it is asked to do."""

    heard: Heard
    request: Request


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Those of `a2g generate` that say who speaks and who listens."""
    parser.add_argument(
        "speech", type=Path, nargs="*",
        help="any audio file; two for a dialogue, from which each take speaks its own and listens to the other",
    )  # fmt: skip
    parser.add_argument(
        "--idle", type=number("--idle", 0, 36000), metavar="SECONDS",
        help="idle so long before the speech and after it, and in its long pauses; without a speech, idle so long",
    )  # fmt: skip
    parser.add_argument(
        "--loop", action="store_true", help="let the end of an idle without speech lead to its beginning"
    )
    parser.add_argument(
        "--listen-to", action="append", default=[], metavar="FILE[@DEGREES]",
        help="a recording of somebody to listen to (repeatable), and how many degrees to the left they are (default 0)",
    )  # fmt: skip


def check_arguments(options: argparse.Namespace) -> None:
    """ConfigError if they do not go together."""
    if len(options.speech) > 2:
        raise ConfigError("more than two recordings are no dialogue", "give one, and the others with --listen-to")
    if len(options.speech) == 2 and (options.takes > 1 or options.plan or options.write_plan or options.pin):
        raise ConfigError("two recordings make one take of each, without pins and plans", "leave these options out")
    if len(options.speech) != 1 and options.accent:
        raise ConfigError("an accent is of one recording", "give one, or leave --accent out")
    if not options.speech and options.idle is None and not options.listen_to:
        raise ConfigError("nothing is said what to do", "give a recording, --idle or --listen-to")
    if not options.speech and (options.plan or options.write_plan):
        raise ConfigError("a plan is of a speech", "give a recording, or leave the plan out")
    if options.look_at == () and len(options.speech) < 2 and not options.listen_to:
        raise ConfigError("there is nobody else who speaks, to look at", "add --listen-to, or another recording")
    if options.loop and (options.speech or options.listen_to):
        raise ConfigError("only an idle without speech can loop", "leave --loop out")


def inputs(options: argparse.Namespace) -> list[Path]:
    """Files that are listened to."""
    return [*options.speech, *(_file_and_yaw(text)[0] for text in options.listen_to)]


class Ears:
    """Opens and hears each recording once, whoever asks for it. Raises AudioError."""

    def __init__(self) -> None:
        self._opened: dict[Path, Speech] = {}
        self._heard: dict[tuple[Path, float], Heard] = {}

    def open(self, path: Path) -> Speech:
        """The recording."""
        if path not in self._opened:
            self._opened[path] = open_speech(path)
        return self._opened[path]

    def hear(self, path: Path, fps: float) -> Heard:
        """What is heard of it."""
        if (path, fps) not in self._heard:
            self._heard[path, fps] = hear(self.open(path), fps)
        return self._heard[path, fps]


def parts(options: argparse.Namespace, fps: float, request: Request, ears: Ears) -> list[Part]:
    """What each take is made from, at the model's fps. Raises AudioError."""
    voices = [_heard(path, fps, request.fps or fps, ears) for path in options.speech]
    others = [(ears.hear(path, fps), yaw_deg) for path, yaw_deg in map(_file_and_yaw, options.listen_to)]
    longest_s = max((voice.duration_s for voice in (*voices, *(heard for heard, _ in others))), default=0.0)
    if not voices:
        heard = silence(options.idle if options.idle is not None else longest_s, fps)
        return [Part(heard, replace(request, idle=Idle(loops=options.loop), partners=_partners(others)))]
    found = []
    for k, voice in enumerate(voices):
        heard_too = [*others, *((other, 0.0) for other in (*voices[:k], *voices[k + 1 :]))]
        around_s, has_idle = options.idle or 0.0, bool(heard_too or options.idle is not None)
        own_idle = Idle(around_s, around_s + longest_s - voice.duration_s) if has_idle else None
        own = replace(request, seed=request.seed + k, idle=own_idle, partners=_partners(heard_too))
        found.append(Part(voice, own))
    return found


def _heard(path: Path, fps: float, takes_fps: float, ears: Ears) -> Heard:
    if round(ears.open(path).duration_s * takes_fps) < 1:
        raise AudioError(f"'{path}' is shorter than a frame", "choose a longer recording")
    return ears.hear(path, fps)


def _partners(others: Sequence[tuple[Heard, float]]) -> tuple[Partner, ...]:
    return tuple(Partner(spoken_parts(heard), yaw_deg) for heard, yaw_deg in others)


def _file_and_yaw(text: str) -> tuple[Path, float]:
    """The file and the degrees of FILE[@DEGREES]."""
    name, _, degrees = text.rpartition("@")
    try:
        yaw_deg = float(degrees)
    except ValueError:
        return Path(text), 0.0
    if not name:
        return Path(text), 0.0
    if not abs(yaw_deg) <= 180:
        raise ConfigError(f"a partner at {yaw_deg:g} degrees is out of range", "give -180 to 180")
    return Path(name), min(max(yaw_deg, -LARGEST_YAW_DEG), LARGEST_YAW_DEG)
