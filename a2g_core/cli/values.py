"""What an option may be, checked before any work begins; else ConfigError, whose sentence names the option."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite

from ..errors import ConfigError
from ..performing.accents import STRONGEST, Accent

LARGEST_SEED = 2**32 - 1
"""Of training, corpora and studies: what is drawn from it fits the generators of NumPy and torch."""

_FARTHEST_M = 1e6


def whole(option: str, low: int, high: int) -> Callable[[str], int]:
    """A reader of whole numbers from low to high."""

    def read(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = low - 1
        if not low <= value <= high:
            raise ConfigError(f"{option} is {_short(text)}", f"give a whole number from {low} to {high}")
        return value

    return read


def number(option: str, low: float, high: float) -> Callable[[str], float]:
    """A reader of finite numbers from low to high."""

    def read(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not (isfinite(value) and low <= value <= high):
            raise ConfigError(f"{option} is {_short(text)}", f"give a number from {low:g} to {high:g}")
        return value

    return read


def place(option: str) -> Callable[[str], tuple[float, ...]]:
    """A reader of X,Y,Z in metres, and of 'speaker', which is ()."""
    read_number = number(option, -_FARTHEST_M, _FARTHEST_M)

    def read(text: str) -> tuple[float, ...]:
        if text == "speaker":
            return ()
        if text.count(",") != 2:
            raise ConfigError(f"{option} is {_short(text)}", "give X,Y,Z in metres, such as 0.5,0,2, or 'speaker'")
        return tuple(map(read_number, text.split(",")))

    return read


def accent(text: str) -> Accent:
    """A reader of STRENGTH@SECONDS."""
    strength, at, seconds = text.partition("@")
    try:
        return Accent(float(seconds), float(strength) if at else float("nan"))
    except (ValueError, ConfigError) as error:
        raise ConfigError(
            f"--accent is {_short(text)}", f"give a strength from 0 to {STRONGEST:g} and seconds, such as 1.5@3.2"
        ) from error


def seed(text: str) -> int:
    """A reader of seeds of training, corpora and studies."""
    return whole("--seed", 0, LARGEST_SEED)(text)


def _short(text: str, most: int = 40) -> str:
    return f"'{text}'" if len(text) <= most else f"'{text[:most]}...'"
