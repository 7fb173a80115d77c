"""The table of controls. Each is one module in this folder that defines `CONTROL`: its row, with its effect.

To add a control, add its module:

    def lift_chin(frames, values, model):
        ...

    CONTROL = Control("chin", label="Chin", tooltip="Lifts the chin", low=0.0, high=1.0, default=0.0,
                      order=50, acts_on="motion", effect=lift_chin)

The command line, the add-on's properties, panel and presets, a take's recipe and the worker loop over this table, so
nothing else needs to change; only the five translations of label and tooltip are kept in `blender_addon/translations`.
An effect on the body is a control. A style is not: it belongs to a model, which learnt it, and is stored with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from ...model.checkpoint import Model
    from ...model.settings import SystemConfig

Stage = Literal["signal", "codes", "motion"]
"""Where an effect takes place: on the random signal I_R (16 values per frame), on the codes that the decoder reads (S_A
and I_R side by side, 32 values), or on the finished motion (6-D rotations, 6 values per joint)."""

Effect = Callable[[np.ndarray, np.ndarray, "Model"], np.ndarray]


@dataclass(frozen=True)
class Control:
    """One control.

    name: a Python identifier; `--name` on the command line, `a2g_name` in Blender. label, tooltip: texts for artists.
    low, high: the values it may have. soft_low, soft_high: those that its slider shows, where they are fewer.
    default: the value at which it changes nothing. step: of the slider's arrows, in hundredths. subtype: of the slider,
    as Blender names it. order: where it stands among the others, and when its effect takes place among those on the
    same stage.
    acts_on: see `Stage`. effect(frames, values, model): frames (n, channels) after the effect, where values are (n, 1),
    one per frame at the model's rate. Where a value is the default, it must not change a bit. A frame may depend on
    receptive_field frames on either side of it; where the array ends, its edge frames are to be repeated.
    """

    name: str
    label: str
    tooltip: str
    low: float
    high: float
    default: float
    order: int
    acts_on: Stage
    effect: Effect
    receptive_field: int = 0
    soft_low: float | None = None
    soft_high: float | None = None
    step: int = 3
    subtype: Literal["NONE", "FACTOR"] = "NONE"

    def __post_init__(self) -> None:
        if not self.name.isidentifier() or not self.low <= self.default <= self.high:
            raise ValueError(f"the control '{self.name}' needs an identifier as name, and low <= default <= high")

    def works_with(self, config: SystemConfig) -> bool:
        """Whether a model has what the control acts on."""
        if self.acts_on == "motion":
            return True
        return config.has_codes and (self.acts_on == "codes" or config.is_random)


@cache
def table() -> dict[str, Control]:
    """All controls by name, in their order; ValueError if two have the same name."""
    found: list[Control] = []
    for module in iter_modules([str(Path(__file__).parent)]):
        control = getattr(import_module(f"{__package__}.{module.name}"), "CONTROL", None)
        if control is not None:
            found.append(control)
    rows = {control.name: control for control in sorted(found, key=lambda c: (c.order, c.name))}
    if len(rows) < len(found):
        raise ValueError(f"two controls have the same name: {sorted(c.name for c in found)}")
    return rows
