"""What all operators of the add-on have in common."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import bpy

from .. import sentences
from ..a2g_core.errors import A2GError
from ..owner import owned
from ..translations import Translations
from ..work.redraw import redraw

if TYPE_CHECKING:
    from bpy.stub_internal.rna_enums import OperatorReturnItems

    Status = set[OperatorReturnItems]

_NESTED = "Error: "
"""Blender raises what an operator reported as a RuntimeError to the operator's caller, with this before it."""

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


class A2GOperator(bpy.types.Operator):
    """An operator whose button says why it is disabled, and whose errors are one sentence."""

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
        """Enabled unless there is a reason against it, which is then the disabled button's tooltip.

        An operator that has just run stays enabled if it has options: Blender asks before the redo panel takes back
        what it did, which may be the very reason. It checks again when it runs.
        """
        try:
            reason = cls.disabled_reason(context)
        except Exception as error:  # Blender would print it at every redraw, and nobody would read it
            reason = sentences.unexpected(error)
        if reason and not cls._can_be_redone(context):
            cls.poll_message_set(reason)
            return False
        return True

    @classmethod
    def _can_be_redone(cls, context: bpy.types.Context) -> bool:
        done = context.window_manager.operators
        has_options = bool(cls.__annotations__) and cls.bl_options >= {"REGISTER", "UNDO"}
        return has_options and len(done) > 0 and done[-1].bl_idname == cls.__name__

    def execute(self, context: bpy.types.Context) -> Status:
        """Run, and report an error as a sentence."""

        def work(context: bpy.types.Context) -> None:
            owned(Translations).follow()
            self.require(context)
            self.run(context)

        return self.attempt(work, context)

    def attempt(self, work: Callable[[bpy.types.Context], None], context: bpy.types.Context) -> Status:
        """Do the work; an error is logged, reported as a sentence, and cancels the operator."""
        try:
            work(context)
        except A2GError as error:
            return self._fail(sentences.sentence(error))
        except Exception as error:  # the artist must be told of everything, and never see a traceback
            if isinstance(error, RuntimeError) and str(error).startswith(_NESTED):
                return self._fail(str(error).removeprefix(_NESTED).strip())
            _log.exception("%s failed", type(self).bl_idname)
            return self._fail(sentences.unexpected(error))
        redraw({"UI"})  # of all editors, not only of that in which it was clicked
        return {"FINISHED"}

    def _fail(self, sentence: str) -> Status:
        _log.info("%s: %s", type(self).bl_idname, sentence)
        self.report({"ERROR"}, sentence)
        return {"CANCELLED"}

    def run(self, context: bpy.types.Context) -> None:
        """The operator's work; raises A2GError."""
        raise NotImplementedError
