"""Errors that a user can fix. Each says what is wrong; its hint says what to do about it."""

from __future__ import annotations


class A2GError(Exception):
    """Base class of all errors shown to a user; ``str(error)`` reads "what is wrong; what to do.".

    problem and hint are ``str.format`` templates that values fill, so that an interface can translate the templates.
    """

    def __init__(self, problem: str, hint: str, **values: object) -> None:
        self.problem_template, self.hint_template, self.values = problem, hint, values
        super().__init__(f"{self.problem}; {self.hint}.")

    @property
    def problem(self) -> str:
        """What is wrong."""
        return fill(self.problem_template, self.values)

    @property
    def hint(self) -> str:
        """What to do about it."""
        return fill(self.hint_template, self.values)


def fill(template: str, values: dict[str, object]) -> str:
    """Fill the template, on one line; without values braces in a plain sentence are harmless."""
    return " ".join((template.format(**values) if values else template).splitlines())


def reason(error: BaseException, most: int = 160) -> str:
    """What somebody else's error says, for a sentence of ours: on one line, and not endless."""
    said = " ".join(str(error).split()).rstrip(".;") or type(error).__name__
    return said if len(said) <= most else said[:most].rstrip() + "..."


class AudioError(A2GError):
    """The speech cannot be read, or is empty or silent."""


class MotionError(A2GError):
    """A motion or a clip has the wrong shape, joints or values."""


class RigError(A2GError):
    """A rig map is not valid, or an armature does not fit one."""


class SidesError(RigError):
    """Of an armature's bones, left and right are exchanged."""


class WordsError(A2GError):
    """A text or its times cannot be read, or do not fit the speech."""


class GestureError(A2GError):
    """There is no such gesture, or it cannot be done so."""


class PinError(A2GError):
    """A pinned clip does not fit the speech."""


class CheckpointError(A2GError):
    """A model file is damaged, not one of ours, or newer than this program."""


class ConfigError(A2GError):
    """A setting has an invalid value."""


class DeviceError(A2GError):
    """The requested device cannot be used here."""


class DataError(A2GError):
    """Training data is missing or damaged."""


class OutputError(A2GError):
    """A file or a folder cannot be written, or holds what must not be replaced."""


class Cancelled(Exception):
    """The user cancelled. Nothing was written."""
