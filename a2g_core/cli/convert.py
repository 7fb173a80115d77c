"""`a2g convert` and `a2g export-motion`: a motion from one format to another, and a take to several."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ..body.motion import Motion
from ..body.resample import sample_motion
from ..errors import ConfigError, MotionError
from ..formats.registry import Placing, describe, format_to_write, load_motion, readable, save_placed, writable
from ..outputs import check_file
from .values import number

if TYPE_CHECKING:
    from .research import Commands

_LONGEST_S = 86_400.0
_MOST_FRAMES = 2_000_000


def add_commands(commands: Commands) -> None:
    """Add the commands to the parser's subcommands."""
    c = commands.add_parser("convert", help="write a motion in another format")
    c.add_argument("source", type=Path, metavar="A", help=f"a motion, as {describe(readable())}")
    c.add_argument("target", type=Path, metavar="B", help=f"the same, as {describe(writable())}")
    _add_options(c)
    c.set_defaults(run=lambda options: _write(options, options.source, [options.target]))
    c = commands.add_parser("export-motion", help="write a take for other programs, in several formats at once")
    c.add_argument("take", type=Path, help=f"a motion, as {describe(readable())}")
    c.add_argument(
        "-o", "--output", type=Path, action="append", required=True, metavar="FILE",
        help=f"(repeatable) as {describe(writable())}",
    )  # fmt: skip
    _add_options(c)
    c.set_defaults(run=lambda options: _write(options, options.take, options.output))


def _add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--fps", type=number("--fps", 0.1, 1000), help="frames per second of the result (default: as it is)"
    )
    parser.add_argument(
        "--start", type=number("--start", 0, _LONGEST_S), default=0.0, metavar="SECONDS",
        help="time of the first frame (default 0), to the nearest frame; formats that begin at 0 hold it until then",
    )  # fmt: skip
    parser.add_argument(
        "--up", type=str.lower, choices=("y", "z"), default="y",
        help="which way is up: y (default), or z, as in AMASS, in .npz alone",
    )  # fmt: skip
    parser.add_argument("--force", action="store_true", help="replace a file that is there and that a2g did not make")
    parser.add_argument("--json", action="store_true", help="print one machine-readable line")


def _write(options: argparse.Namespace, source: Path, targets: list[Path]) -> None:
    for target in targets:
        format_ = format_to_write(target)
        if options.up == "z" and format_.save_z_up is None:
            raise MotionError(f"'{target.name}' cannot have Z up", "leave --up out, or write .npz")
        check_file(target, is_ours=format_.is_signed, inputs=[source], force=options.force)
    if len({target.absolute() for target in targets}) < len(targets):
        raise ConfigError("one file is given twice", "give each -o another name")
    motion = _at_rate(load_motion(source), options.fps)
    start_s = round(options.start * motion.fps) / motion.fps
    if any(format_to_write(target).save_from is None for target in targets):  # which hold the first pose until then
        _check_count(round(start_s * motion.fps) + len(motion))
    for target in targets:
        save_placed(motion, target, Placing(start_s, options.up == "z"), sign=True)
    about = {"outputs": list(map(str, targets)), "frames": len(motion), "fps": motion.fps, "start_s": start_s}
    print(json.dumps(about) if options.json else f"{len(motion)} frames at {motion.fps:g} fps: {_listed(targets)}")


def _listed(targets: list[Path]) -> str:
    return ", ".join(map(str, targets))


def _at_rate(motion: Motion, fps: float | None) -> Motion:
    """The motion with so many frames a second, as long as it was to less than a frame."""
    if fps is None or fps == motion.fps:
        return motion
    count = int((len(motion) - 1) / motion.fps * fps + 1e-6) + 1
    _check_count(count)
    return sample_motion(motion, np.arange(count) / fps, fps)


def _check_count(n_frames: int) -> None:
    if n_frames > _MOST_FRAMES:
        raise ConfigError(f"this would be {n_frames} frames", "give a lower --fps, or an earlier --start")
