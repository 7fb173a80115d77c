"""What our operators have in common."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import bpy

from .. import sentences
from ..a2g_core.errors import A2GError

_NESTED = "Error: "
"""How Blender begins the RuntimeError that an operator's own error becomes for who called it."""

_log = logging.getLogger(__name__)


Items = list[tuple[str, str, str]]


def keep_items(
    make: Callable[[bpy.types.Context | None], Items | None],
) -> Callable[[Any, bpy.types.Context | None], Items]:
    """The `items` of a menu that is made when it opens; `make` returns None where they stay as they were.

    Blender keeps no reference to the strings, so this function does.
    """
    kept: Items = []

    def items(_operator: Any, context: bpy.types.Context | None) -> Items:
        if (made := make(context)) is not None:
            kept[:] = made
        return kept

    return items


class A2GOperator:
    """An operator whose button tells why it is disabled, and whose errors are one sentence."""

    bl_options = {"REGISTER", "UNDO"}

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        """A2GError if it cannot run here."""

    @classmethod
    def disabled_reason(cls, context: bpy.types.Context) -> str:
        """Why it cannot run here, as a sentence; empty if it can."""
        return sentences.reason(cls.require, context)

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """Enabled without a reason against it; the reason is the disabled button's tooltip."""
        reason = cls.disabled_reason(context)
        if reason:
            cls.poll_message_set(reason)
        return not reason

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Run, and report an error that the artist can mend."""
        return self.attempt(self.run, context)

    def attempt(self, work, context: bpy.types.Context) -> set[str]:
        """Do the work; its error, if any, is logged, reported as a sentence, and ends the operator."""
        try:
            work(context)
        except A2GError as error:
            return self._fail(sentences.sentence(error))
        except Exception as error:  # the artist must be told of anything, and never see a traceback
            if isinstance(error, RuntimeError) and str(error).startswith(_NESTED):
                return self._fail(str(error).removeprefix(_NESTED).strip())
            _log.exception("%s failed", type(self).bl_idname)
            unforeseen = A2GError(
                "something unforeseen went wrong ({what})", "use Copy Problem Report", what=repr(error)
            )
            return self._fail(sentences.sentence(unforeseen))
        return {"FINISHED"}

    def _fail(self, sentence: str) -> set[str]:
        _log.info("%s: %s", type(self).bl_idname, sentence)
        self.report({"ERROR"}, sentence)
        return {"CANCELLED"}

    def run(self, context: bpy.types.Context) -> None:
        """The operator's work; raises A2GError."""
        raise NotImplementedError
