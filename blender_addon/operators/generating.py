"""What all operators that generate have in common: a job if they are invoked, or work that the caller waits for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import bpy

from ..a2g_core.errors import A2GError
from ..owner import owned
from ..ui import showing, state
from ..work import changes, dialogue, jobs, make, orders
from .base import A2GOperator

if TYPE_CHECKING:
    from ..work.orders import Order
    from .base import Status


class Generates(A2GOperator):
    """Invoked, it starts a job; executed (by a script, or without an interface), it returns once keys are written."""

    # No undo step of its own: a2g.apply_take or a2g.apply_change is the step.
    bl_options = {"REGISTER"}
    needs_speech = True

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        state.check_generate(context, needs_speech=cls.needs_speech)

    @classmethod
    def order(cls, context: bpy.types.Context, obj: bpy.types.Object) -> Order:
        """What to generate for a character, gathered from the scene."""
        return dialogue.to_look_at(context, obj, orders.gather(context, obj))

    def asked(self, _context: bpy.types.Context) -> Callable[[bpy.types.Context, bpy.types.Object], Order]:
        """What gathers the order, with what the click was about: when its turn comes, the operator is gone."""
        return type(self).order

    def invoke(self, context: bpy.types.Context, _event: bpy.types.Event) -> Status:
        """Start a job, or let it wait for the running one."""
        return self.attempt(lambda context: owned(jobs.Runner).ask(self.gatherer(context)), context)

    def gatherer(self, context: bpy.types.Context) -> Callable[[], Order]:
        """What gathers the order for the character that is chosen now."""
        return changes.asked_of(state.chosen_character(context), self.asked(context))

    def run(self, context: bpy.types.Context) -> None:
        """Generate and write."""
        if context.window_manager.a2g.running:
            raise A2GError("gestures are being generated", "wait, or cancel")
        result = owned(make.Maker).make(self.gatherer(context)())
        owned(jobs.Runner).write(result)
        # Nobody may be looking at a panel.
        warnings = (problem.text for problem in showing.problems(context, state.chosen_character(context)))
        for note in (*result.all_notes, *warnings):
            self.report({"WARNING"}, note)
