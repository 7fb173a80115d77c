"""Errors a user can mend. Each says what is wrong, and its hint says what to do about it."""

from __future__ import annotations


class A2GError(Exception):
    """Base of every error shown to a user: ``str(error)`` is "what is wrong; what to do."."""

    def __init__(self, problem: str, hint: str) -> None:
        super().__init__(f"{problem}; {hint}.")
        self.problem = problem
        self.hint = hint


class AudioError(A2GError):
    """The speech cannot be read, or there is nothing in it."""


class MotionError(A2GError):
    """A motion or a clip has the wrong shape, joints or values."""


class PinError(A2GError):
    """A pinned clip does not fit the speech."""


class CheckpointError(A2GError):
    """A model file is damaged, foreign, or newer than this program."""


class ConfigError(A2GError):
    """A setting has a value that makes no sense."""


class DeviceError(A2GError):
    """The asked-for device cannot be used here."""


class DataError(A2GError):
    """Training data is missing or damaged."""


class Cancelled(Exception):
    """The user cancelled; nothing was written."""
