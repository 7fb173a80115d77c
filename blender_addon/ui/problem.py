"""What is wrong, and the buttons that solve it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from .. import sentences
from ..a2g_core.errors import A2GError

if TYPE_CHECKING:
    from bpy.stub_internal.rna_enums import IconItems


class Effect(Enum):
    """What a problem keeps from being done."""

    WRITING = "no gestures can be made, or none can be written to the character"
    SHOWING = "they could be written, but would not be seen"
    NOTHING = "they can be made; what is seen, now or then, may not be what is meant"


@dataclass(frozen=True)
class Fix:
    """A button that solves a problem: an operator's idname, and its icon."""

    operator: str
    icon: IconItems = "NONE"


@dataclass(frozen=True)
class Problem:
    """What is wrong and what to do. fixes: buttons, any of which solves it; empty if only the artist can."""

    error: A2GError
    fixes: tuple[Fix, ...] = ()
    effect: Effect = Effect.WRITING

    @property
    def text(self) -> str:
        """As a sentence."""
        return sentences.sentence(self.error)

    @property
    def icon(self) -> IconItems:
        """How it is marked."""
        return "INFO" if self.effect is Effect.NOTHING else "ERROR"
