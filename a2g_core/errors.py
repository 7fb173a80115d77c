"""Errors a user can mend. Each says what is wrong, and its hint says what to do about it."""

from __future__ import annotations


class A2GError(Exception):
    """Base of every error shown to a user: ``str(error)`` is "what is wrong; what to do.".

    problem and hint are templates, filled with the values by ``str.format``: an interface can translate the template.
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
    """The template with its values; as it stands without any, so that braces in a plain sentence are harmless."""
    return template.format(**values) if values else template


class AudioError(A2GError):
    """The speech cannot be read, or there is nothing in it."""


class MotionError(A2GError):
    """A motion or a clip has the wrong shape, joints or values."""


class RigError(A2GError):
    """A rig map is not valid, or an armature does not fit one."""


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
