"""Generate gestures and change takes: in a job, or while the caller waits; then write the keys as one undo step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import bpy
from bpy.app.translations import pgettext_tip as tip_
from bpy.props import EnumProperty, FloatProperty, IntProperty

from .. import properties
from ..a2g_core.errors import A2GError, AudioError
from ..owner import owned
from ..scene import fewer_keys, influence, pins, take_list, takes
from ..sentences import problem
from ..ui import state
from ..work import changes, dialogue, gesture_model, jobs, orders
from .base import A2GOperator
from .generating import Generates

if TYPE_CHECKING:
    from ..work.make import Result
    from ..work.orders import Order

    Writer = takes.NewTake | takes.ChangedTake


class A2G_OT_generate(Generates):
    """Generate gestures for the speech as new takes of the character"""

    bl_idname = "a2g.generate"
    bl_label = "Generate Gestures"


class A2G_OT_next_take(Generates):
    """Generate another take of the same speech, with the next seed"""

    bl_idname = "a2g.next_take"
    bl_label = "Generate Next Take"

    @classmethod
    def description(cls, context: bpy.types.Context, _options: bpy.types.OperatorProperties) -> str:
        """Tooltip by what the model can do."""
        model = gesture_model.current(context)
        if model is not None and not model.config.is_random:
            return tip_("Generate another take of the same speech; this gesture model makes one motion per speech")
        return tip_("Generate another take of the same speech, with the next seed")

    @classmethod
    def order(cls, context: bpy.types.Context, obj: bpy.types.Object) -> Order:
        """As for a new take, with a seed that no take of the character has."""
        has_takes = any(True for _strip in takes.take_strips(obj))
        seed = orders.free_seed(obj) if has_takes else obj.a2g_seed
        return replace(super().order(context, obj).requesting(seed=seed), n_takes=1)


class _Silent(Generates):
    """For a character without a voice, over the scene's range."""

    needs_speech = False


class A2G_OT_generate_idle(_Silent):
    """Generate new takes in which the character says nothing and stands about, as long as the scene"""

    bl_idname = "a2g.generate_idle"
    bl_label = "Generate Idle"

    @classmethod
    def order(cls, context: bpy.types.Context, obj: bpy.types.Object) -> Order:
        return orders.gather_silent(context, obj)


class A2G_OT_generate_listening(_Silent):
    """Generate new takes in which the character listens to the others, nods and turns its head to who speaks"""

    bl_idname = "a2g.generate_listening"
    bl_label = "Generate Listening"

    @classmethod
    def order(cls, context: bpy.types.Context, obj: bpy.types.Object) -> Order:
        return dialogue.listening(context, obj)


class A2G_OT_generate_all(_Silent):
    """Generate a take for every character of the scene: those with a voice speak it, the others listen or stand by"""

    bl_idname = "a2g.generate_all"
    bl_label = "Generate for All Characters"

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        cast = dialogue.characters(context)
        if not cast:
            raise A2GError("there is no character in the scene", "use Add Character")
        for obj in cast:
            try:
                speaks = dialogue.has_voice(context, obj)
            except AudioError as error:  # it names a sound, but not whose
                raise A2GError(
                    "character '{character}' has no voice: {why}", error.hint_template,
                    **{**error.values, "character": obj.name, "why": problem(error)},
                ) from error  # fmt: skip
            if speaks or dialogue.stands_by(context, obj):
                state.check_generate(context, obj, needs_speech=speaks)

    def gatherer(self, context: bpy.types.Context) -> Callable[[], Order]:
        """For all of them, be one chosen or not."""
        chosen = state.character(context)
        uid = 0 if chosen is None else chosen.session_uid
        return lambda: dialogue.everyone(bpy.context, takes.find_object(uid))


class _Changes(Generates):
    """Changes the playing take."""

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        state.check_change(context)


class _ChangesPart(_Changes):
    """Performs a part of that take differently."""

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        super().require(context)
        gesture_model.check_choices(gesture_model.load(gesture_model.chosen(context)))


class A2G_OT_update_take(_Changes):
    """Make the playing take follow speech, style, sliders and pinned clips as they are now"""

    bl_idname = "a2g.update_take"
    bl_label = "Update Take"

    @classmethod
    def order(cls, context: bpy.types.Context, obj: bpy.types.Object) -> Order:
        return changes.updated(context, obj)


class A2G_OT_regenerate_around_pins(_Changes):
    """Make the playing take follow the pinned clips; away from them it stays as it is"""

    bl_idname = "a2g.regenerate_around_pins"
    bl_label = "Regenerate Around Pins"

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        state.check_pins(context)
        changes.check_pinned_take(context, state.chosen_character(context))

    @classmethod
    def order(cls, context: bpy.types.Context, obj: bpy.types.Object) -> Order:
        return changes.around_pins(context, obj)


class A2G_OT_regenerate_range(_ChangesPart):
    """Perform the preview range of the timeline anew, with the sliders as they are now; the rest of the take stays"""

    bl_idname = "a2g.regenerate_range"
    bl_label = "Regenerate Selected Range"

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        super().require(context)
        changes.selected_range(context, state.chosen_character(context))

    @classmethod
    def order(cls, context: bpy.types.Context, obj: bpy.types.Object) -> Order:
        return changes.new_range(context, obj)


class A2G_OT_change_phrase(_ChangesPart):
    """Perform the phrase on the current frame another way; the rest of the take stays"""

    bl_idname = "a2g.change_phrase"
    bl_label = "Change Phrase"

    direction: EnumProperty(
        name="Direction",
        description="Which of the phrase's performances",
        items=[("NEXT", "Next", "The next performance"), ("PREVIOUS", "Previous", "The previous performance")],
    )

    @classmethod
    def description(cls, _context: bpy.types.Context, options: bpy.types.OperatorProperties) -> str:
        """Tooltip by direction."""
        if options.direction == "NEXT":
            return tip_("Perform the phrase on the current frame another way; the rest of the take stays")
        return tip_("Go back to the phrase's performance before this one")

    def asked(self, context: bpy.types.Context) -> Callable[[bpy.types.Context, bpy.types.Object], Order]:
        """For the phrase that the click was on: by its turn, another frame may be the current one."""
        step, frame = 1 if self.direction == "NEXT" else -1, context.scene.frame_current
        return lambda context, obj: changes.other_phrase(context, obj, step, frame)


class A2G_OT_change_accent(_Changes):
    """Let the body move more or less around the accent nearest to the current frame; the rest of the take stays"""

    bl_idname = "a2g.change_accent"
    bl_label = "Change Accent"

    direction: EnumProperty(
        name="Direction",
        description="How strong the accent becomes",
        items=[
            ("STRONGER", "Stronger", "A step stronger"),
            ("WEAKER", "Weaker", "A step weaker"),
            ("AS_HEARD", "As Heard", "As it was at first"),
        ],
    )
    frame: FloatProperty(
        name="Frame", description="A frame near the accent; the current one if it is not given", options={"SKIP_SAVE"}
    )

    @classmethod
    def description(cls, _context: bpy.types.Context, options: bpy.types.OperatorProperties) -> str:
        """Tooltip by direction."""
        if options.direction == "WEAKER":
            return tip_("Let the body move less around the accent nearest to the current frame")
        if options.direction == "AS_HEARD":
            return tip_("Let the body move around the accent nearest to the current frame as it did at first")
        return tip_("Let the body move more around the accent nearest to the current frame")

    def asked(self, context: bpy.types.Context) -> Callable[[bpy.types.Context, bpy.types.Object], Order]:
        """For the accent that the click was on."""
        step = {"STRONGER": 1, "WEAKER": -1, "AS_HEARD": 0}[self.direction]
        is_given = self.properties.is_property_set("frame")
        frame = self.frame if is_given else context.scene.frame_current
        return lambda context, obj: changes.other_accent(context, obj, step, frame)


class A2G_OT_reproduce_take(_Changes):
    """Generate the playing take again from its stored settings, as a new take"""

    bl_idname = "a2g.reproduce_take"
    bl_label = "Reproduce Take"

    @classmethod
    def order(cls, context: bpy.types.Context, obj: bpy.types.Object) -> Order:
        return changes.reproduced(context, obj)


class A2G_OT_apply_take(A2GOperator):
    """Write the takes that were generated last as NLA strips of their own"""

    bl_idname = "a2g.apply_take"
    bl_label = "Generate Gestures"
    bl_options = {"REGISTER", "UNDO", "INTERNAL"}

    take: IntProperty(options={"HIDDEN", "SKIP_SAVE"})
    offset: IntProperty(name="Offset", description="Frames to move the takes by", options={"SKIP_SAVE"})
    body_parts: EnumProperty(
        name="Body Parts",
        description="Parts of the body that the takes move",
        items=properties.PARTS_TO_MOVE,
        options={"ENUM_FLAG", "HIDDEN", "SKIP_SAVE"},
        default=set(),
    )
    influence: FloatProperty(
        name="Influence",
        description="How much the takes count over what plays below them",
        default=1.0, min=0.0, max=1.0, subtype="FACTOR", options={"SKIP_SAVE"},
    )  # fmt: skip
    error_deg: FloatProperty(
        name="Fewer Keys",
        description="Leave out keys where the curves stay within so many degrees; at 0, every frame has its keys",
        default=0.0, min=0.0, max=10.0, soft_max=3.0, step=10, precision=2, options={"SKIP_SAVE"},
    )  # fmt: skip

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        if owned(jobs.Runner).last() is None:
            raise A2GError("no take has been generated yet", "use Generate Gestures")

    def run(self, context: bpy.types.Context) -> None:
        """Without the model: the redo panel runs this again."""
        result, writers, obj = _remembered(self.take, is_change=False)
        # Empty at first, so that the redo panel shows what was generated.
        self.body_parts = self.body_parts or set(result.order.body_parts)
        self._attach(result, writers, obj, tuple(sorted(self.body_parts)))
        for other in result.others:  # one that is gone or linked meanwhile keeps nobody from its take
            character = takes.find_object(other.order.character_uid)
            if character is not None and character.library is None:
                self._attach(other, writers, character, other.order.body_parts)
        if result.order.keeps_gestures:
            self.report({"INFO"}, "The line was spoken anew: this is a new take, with the gestures of the one before")

    def _attach(self, result: Result, writers: Sequence[Writer], obj: bpy.types.Object, parts: tuple[str, ...]) -> None:
        """Put what was made for a character on its tracks."""
        pins.sync_entries(obj)
        for writer in writers:
            if writer.character_uid != obj.session_uid:
                continue
            assert isinstance(writer, takes.NewTake)
            writer.use_body_parts(parts)
            action = writer.finish()
            # The job has attached it already; the redo panel, or a script, has not.
            if action.a2g.is_unfinished:
                takes.attach_take(obj, action, self.offset)
            strip = next(strip for strip in takes.take_strips(obj) if strip.action == action)
            if self.influence < 1.0:
                influence.put(obj, strip, self.influence)
            if self.error_deg > 0.0:
                fewer_keys.make(obj, strip, self.error_deg)
        if not obj.a2g_keep_seed:
            obj.a2g_seed = result.takes[-1].recipe.request.seed
            obj.a2g_keep_seed = False  # nobody typed it
        take_list.choose_last(obj)


# What the redo panel shows of them.
A2G_OT_apply_take.__annotations__ |= properties.part_toggles(
    "body_parts", properties.PARTS_TO_MOVE, options={"SKIP_SAVE"}
)


class A2G_OT_apply_change(A2GOperator):
    """Write the change to a take that was generated last"""

    bl_idname = "a2g.apply_change"
    bl_label = "Regenerate Gestures"
    bl_options = {"UNDO", "INTERNAL"}

    take: IntProperty(options={"HIDDEN", "SKIP_SAVE"})

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        A2G_OT_apply_take.require(context)

    def run(self, context: bpy.types.Context) -> None:
        """In place, or as a take of its own if the artist has edited what would be replaced."""
        result, (writer,), obj = _remembered(self.take, is_change=True)
        change = result.order.change
        assert isinstance(writer, takes.ChangedTake) and change is not None
        writer.finish()
        pins.sync_entries(obj)
        if writer.edited:
            takes.attach_take(obj, writer.as_copy(), change.shift_frames)
            self.report({"INFO"}, "Frames that you edited were kept: the change is a take of its own")
        else:
            action = writer.action()
            assert action is not None
            takes.raise_above_pins(obj, action)


def _remembered(number: int, is_change: bool) -> tuple[Result, list[Writer], bpy.types.Object]:
    """The last result, its writers and its character. Raises A2GError if any of them is gone."""
    found = owned(jobs.Runner).last(number)
    if found is None or (found[0].order.change is not None) != is_change:
        raise A2GError("this take is no longer kept", "use Generate Gestures again")
    result, writers = found
    obj = takes.find_object(result.order.character_uid)
    if obj is None:
        raise A2GError("the character was deleted meanwhile", "choose another one and generate again")
    state.check_writable(obj)  # what is only hidden is not lost: the panel says why
    if not writers or any(writer.is_gone for writer in writers if writer.character_uid == obj.session_uid):
        raise A2GError("the take was deleted meanwhile", "use Generate Gestures for a new one")
    return result, writers, obj


class A2G_OT_cancel(A2GOperator):
    """Stop generating; nothing is written"""

    bl_idname = "a2g.cancel"
    bl_label = "Cancel Generation"
    bl_options = {"INTERNAL"}

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        status = context.window_manager.a2g
        if not (status.running or status.following):
            raise A2GError("nothing is being generated", "there is nothing to cancel")

    def run(self, context: bpy.types.Context) -> None:
        owned(jobs.Runner).cancel()


CLASSES = (
    A2G_OT_generate, A2G_OT_next_take, A2G_OT_update_take, A2G_OT_regenerate_around_pins, A2G_OT_regenerate_range,
    A2G_OT_change_phrase, A2G_OT_change_accent, A2G_OT_reproduce_take, A2G_OT_generate_idle,
    A2G_OT_generate_listening, A2G_OT_generate_all, A2G_OT_apply_take, A2G_OT_apply_change, A2G_OT_cancel,
)  # fmt: skip
