"""What a performance is asked for: the options that `a2g generate` and `a2g stream` share, and what they ask for."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from ..formats.registry import load_motion
from ..performing.controls import Control, Controls, table
from ..performing.face import Face
from ..performing.gaze import Gaze
from ..performing.request import Request
from ..performing.seated import Seat, chair
from .values import number, place, whole

_LARGEST_SEED = 2**64 - 1
_CHAIR = "chair"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Those of every performance."""
    parser.add_argument(
        "--seed",
        type=whole("--seed", -_LARGEST_SEED, _LARGEST_SEED),
        default=0,
        help="another number gives another take (default 0)",
    )
    parser.add_argument(
        "--fps", type=number("--fps", 0.1, 1000), help="frames per second of the result (default: the model's own)"
    )
    parser.add_argument("--model", type=Path, help="a model file (default: the built-in one)")
    parser.add_argument(
        "--style", default="", metavar="NAME", help="one of the styles that 'a2g inspect' shows (default: any)"
    )
    for name, control in table().items():
        parser.add_argument(f"--{name}", type=float, default=control.default, help=_help(control))
    parser.add_argument(
        "--look-at",
        type=place("--look-at"),
        metavar="X,Y,Z",
        help="look there: metres to the left of between its eyes, up and ahead; 0,0,2 is a camera, and a place to the "
        "right is written --look-at=-1,0,2. 'speaker': at whom it listens to. It adds the joints of the eyes",
    )
    parser.add_argument(
        "--look-strength",
        type=number("--look-strength", 0, 1),
        default=1.0,
        help="0 (not at all) to 1 (always, default); less looks away now and then",
    )
    parser.add_argument(
        "--jaw",
        type=number("--jaw", 0, 1),
        default=0.0,
        help="how far the jaw opens as the voice is loud, 0 to 1 (default 0). It adds its joint",
    )
    parser.add_argument(
        "--seated",
        metavar="POSE",
        help="sit, hips, legs and feet exactly as in this clip, which begins with the speech; hands keep off the "
        "thighs. 'chair': as on a chair",
    )


def request_of(options: argparse.Namespace) -> Request:
    """What these options ask for. Raises A2GError, OSError."""
    return Request(
        seed=options.seed, style=options.style, controls=controls_of(options), fps=options.fps, gaze=_gaze(options),
        face=Face(jaw=options.jaw), seat=_seat(options),
    )  # fmt: skip


def inputs(options: argparse.Namespace) -> list[Path]:
    """The clips that they are made from."""
    return [Path(options.seated)] if options.seated not in (None, _CHAIR) else []


def _help(control: Control) -> str:
    """What a control does, its range and its default."""
    return f"{control.tooltip}; {control.low:g} to {control.high:g} (default {control.default:g})".replace("%", "%%")


def controls_of(options: argparse.Namespace) -> Controls:
    """The controls that these options set."""
    return Controls(**{name: getattr(options, name) for name in table()})


def _gaze(options: argparse.Namespace) -> Gaze | None:
    if options.look_at is None:
        return None
    return Gaze(np.array(options.look_at) if options.look_at else None, options.look_strength)


def _seat(options: argparse.Namespace) -> Seat | None:
    if options.seated in (None, _CHAIR):
        return chair() if options.seated else None
    return Seat.of(load_motion(Path(options.seated)))
