"""The values that controls have in one performance."""

from __future__ import annotations

from collections.abc import ItemsView

import numpy as np

from ...errors import ConfigError
from .table import Control, Stage, table

Value = float | np.ndarray


class Controls:
    """A value for every control of the table: `Controls(energy=1.5).energy`; those not given have their defaults.

    A value is a number, or (n,) numbers, one per frame of the result from the beginning of the speech, of which the
    last one holds. Immutable. Raises ConfigError for a value out of range, TypeError for a control that does not exist.
    """

    __slots__ = ("_values",)

    def __init__(self, **values: Value) -> None:
        if unknown := values.keys() - table().keys():
            raise TypeError(f"there is no control {', '.join(sorted(unknown))}")
        self._values: dict[str, Value] = {
            name: _checked(name, values.get(name, control.default), control.low, control.high)
            for name, control in table().items()
        }

    def __getattr__(self, name: str) -> Value:
        if name.startswith("_") or name not in self._values:
            raise AttributeError(f"there is no control '{name}'")
        return self._values[name]

    def items(self) -> ItemsView[str, Value]:
        """Names and values, in the table's order."""
        return self._values.items()

    def changed(self, stage: Stage | None = None) -> list[Control]:
        """The controls that change something somewhere, in the table's order; of one stage, or of all."""
        return [c for c in table().values() if c.acts_on == (stage or c.acts_on) and not self.is_default(c.name)]

    def at(self, name: str, times_s: np.ndarray, fps: float) -> np.ndarray:
        """Values (n, 1) float32 of a control at times (n,); fps is the rate at which its own values are given."""
        values = np.atleast_1d(np.asarray(self._values[name], np.float32))
        return np.interp(times_s * fps, np.arange(len(values)), values).astype(np.float32)[:, None]

    def is_default(self, name: str) -> bool:
        """Whether a control changes nothing anywhere."""
        return bool((np.asarray(self._values[name], np.float32) == np.float32(table()[name].default)).all())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Controls) and self._bytes() == other._bytes()

    def __hash__(self) -> int:
        return hash(self._bytes())

    def __repr__(self) -> str:
        changed = (f"{name}={value!r}" for name, value in self.items() if not self.is_default(name))
        return f"Controls({', '.join(changed)})"

    def _bytes(self) -> tuple[bytes, ...]:
        return tuple(np.asarray(value, np.float32).tobytes() for value in self._values.values())


def _checked(name: str, value: Value, low: float, high: float) -> Value:
    with np.errstate(over="ignore"):  # infinity is out of range, too
        values = np.array(value, np.float32)
    values.flags.writeable = False
    if values.ndim > 1 or values.size == 0:
        raise ConfigError(
            "{name} has shape {shape}", "give a number, or one per frame", name=name, shape=values.shape
        )  # fmt: skip
    if not ((values >= low) & (values <= high)).all():
        raise ConfigError(
            "{name} is out of range", "use values from {low:g} to {high:g}", name=name, low=low, high=high
        )
    return values if values.ndim else float(value)


NEUTRAL = Controls()
"""Every control at its default."""
