"""The controls: sliders that steer a performance and may change over time. One module per control, found by `table`."""

from .table import Control, Stage, table
from .values import NEUTRAL, Controls, Value

__all__ = ["NEUTRAL", "Control", "Controls", "Stage", "Value", "table"]
