"""What our operators have in common."""

from __future__ import annotations

import bpy

from .. import report
from ..a2g_core.errors import A2GError


class A2GOperator:
    """An operator whose button tells why it is disabled, and whose errors are one sentence."""

    bl_options = {"REGISTER", "UNDO"}

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        """A2GError if it cannot run here."""

    @classmethod
    def disabled_reason(cls, context: bpy.types.Context) -> str:
        """Why it cannot run here, as a sentence; empty if it can."""
        return report.reason(cls.require, context)

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
        """Do the work; its error, if any, is reported and ends the operator."""
        try:
            work(context)
        except A2GError as error:
            self.report({"ERROR"}, report.sentence(error))
            return {"CANCELLED"}
        return {"FINISHED"}

    def run(self, context: bpy.types.Context) -> None:
        """The operator's work; raises A2GError."""
        raise NotImplementedError
