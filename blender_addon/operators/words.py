"""The words of the speech, and gestures that fit them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import bpy
from bpy.app.translations import pgettext_iface as iface_
from bpy.app.translations import pgettext_n as n_
from bpy.app.translations import pgettext_rpt as rpt_
from bpy.props import BoolProperty, EnumProperty, FloatProperty, IntProperty, StringProperty

from .. import sentences
from ..a2g_core.errors import A2GError, GestureError, WordsError
from ..a2g_core.words import READABLE
from ..owner import owned
from ..scene import nla, suggested
from ..speech import strips
from ..ui import state
from ..work import engine_setup, gesture_model, words, words_setup
from .base import A2GOperator, Items, keep_items

if TYPE_CHECKING:
    from .base import Status

LIST_NAME = "Suggested Gestures"
_SHOWN = 30
_REASONS = {"asked for": n_("asked for in the text"), "stressed": n_("stressed in the text")}
_DIALOG_PX, _DIALOG_CHARACTERS = 460, 70


def _check_speech(context: bpy.types.Context) -> bpy.types.Object:
    """The character, which can be changed and has something to say."""
    obj = state.editable_character(context)
    strips.check_speech(context, obj)
    return obj


def _check_suggesting(context: bpy.types.Context) -> bpy.types.Object:
    obj = _check_speech(context)
    words.needed(obj)
    nla.check_not_tweaked(obj)
    model = gesture_model.current(context)
    if model is not None:
        gesture_model.check_pins(model)
    return obj


def _text_items(_context: bpy.types.Context | None) -> Items:
    return [(text.name, text.name, "") for text in bpy.data.texts]


class A2G_OT_read_words(A2GOperator):
    """Find when each word is said: from subtitles, a transcript, text strips, markers, or a text in any language"""

    bl_idname = "a2g.read_words"
    bl_label = "Read Words"

    source: EnumProperty(
        name="Source",
        description="Where the text of the speech is",
        items=[
            ("FILE", "File…", "Subtitles, a transcript of another program, or a plain text"),
            ("BLOCK", "Text of This File", "A text of Blender's text editor"),
            (
                "STRIPS",
                "Text Strips",
                "Text strips of the sequencer: the selected ones, if any is",
            ),
            ("MARKERS", "Markers", "Markers of the timeline, each named as what is said there"),
            ("TYPED", "Type It…", "Type or paste the text"),
        ],
    )
    filepath: StringProperty(subtype="FILE_PATH", options={"SKIP_SAVE"})
    filter_glob: StringProperty(default=";".join(f"*{ending}" for ending in READABLE), options={"HIDDEN"})
    block: EnumProperty(
        name="Text",
        description="Text of this file that says what is said",
        items=keep_items(_text_items),
        options={"SKIP_SAVE"},
    )
    text: StringProperty(name="Text", description="What is said, in any language", options={"SKIP_SAVE"})

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        _check_speech(context)

    def invoke(self, context: bpy.types.Context, _event: bpy.types.Event) -> Status:
        """Ask for the file or the text, where it is not known."""
        if self.source == "FILE" and not self.filepath:
            context.window_manager.fileselect_add(self)
            return {"RUNNING_MODAL"}
        if (self.source == "BLOCK" and len(bpy.data.texts)) or (self.source == "TYPED" and not self.text):
            return context.window_manager.invoke_props_dialog(self, width=_DIALOG_PX)
        return self.execute(context)

    def draw(self, _context: bpy.types.Context) -> None:
        """What is asked for."""
        if self.source == "BLOCK":
            self.layout.prop(self, "block")
        elif self.source == "TYPED":
            self.layout.prop(self, "text")

    def run(self, context: bpy.types.Context) -> None:
        name = {"FILE": self.filepath, "TYPED": self.text}.get(self.source, "")
        if self.source == "BLOCK":
            if not len(bpy.data.texts):
                raise WordsError("this file has no text", "add one in the text editor")
            name = self.block
        found = words.read(context, state.chosen_character(context), self.source, name)
        self.report({"INFO"}, rpt_("{n} words of '{name}' are known").format(
            n=len(found.words), name=strips.find_speech(context, state.chosen_character(context)).name))  # fmt: skip
        for note in found.notes:
            self.report({"WARNING"}, note)


class A2G_OT_update_words(A2GOperator):
    """Find the words again: in another recording, or after their text changed; suggested gestures follow their words"""

    bl_idname = "a2g.update_words"
    bl_label = "Update Words"

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        obj = _check_speech(context)
        words.needed(obj)
        nla.check_not_tweaked(obj)

    def run(self, context: bpy.types.Context) -> None:
        found, lost = words.update(context, state.chosen_character(context))
        for note in found.notes:
            self.report({"WARNING"}, note)
        if lost:
            text = rpt_("Gestures of these words are gone, which are not said any more, or where a pin lies: {names}")
            self.report({"WARNING"}, text.format(names=sentences.shorten(lost)))


class A2G_OT_forget_words(A2GOperator):
    """Forget the words of the speech; gestures that were suggested stay"""

    bl_idname = "a2g.forget_words"
    bl_label = "Forget Words"

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        words.needed(state.editable_character(context))

    def run(self, context: bpy.types.Context) -> None:
        state.chosen_character(context).a2g_words = ""


class A2G_OT_setup_words(A2GOperator):
    """Download pocketsphinx, which finds English words more finely, after you agree"""

    bl_idname = "a2g.setup_words"
    bl_label = "Set Up Words"
    bl_options = {"INTERNAL"}

    @classmethod
    def require(cls, _context: bpy.types.Context) -> None:
        if owned(words_setup.WordsSetup).is_running:
            raise WordsError("pocketsphinx is being set up", "wait")

    def invoke(self, context: bpy.types.Context, _event: bpy.types.Event) -> Status:
        """Say what will happen, and ask."""
        return context.window_manager.invoke_props_dialog(self, width=_DIALOG_PX, confirm_text="Set Up")

    def draw(self, _context: bpy.types.Context) -> None:
        """What will be downloaded, and where it goes."""
        try:
            engine_setup.check_online()
            plan = words_setup.plan()
        except A2GError as error:
            sentences.draw_wrapped(self.layout, sentences.sentence(error), "ERROR", _DIALOG_CHARACTERS)
            return
        column = self.layout.column(align=True)
        size = iface_("pocketsphinx 5.1.1 will be downloaded from PyPI: about {megabytes:.0f} MB")
        column.label(text=size.format(megabytes=plan.download_bytes / 1e6), icon="INFO")
        column.label(text=iface_("Licence: {licence}").format(licence="BSD, MIT"))
        column.label(text=iface_("Folder: {path}").format(path=plan.folder))
        column.label(text=iface_("Made with: {path}").format(path=plan.python))

    def run(self, _context: bpy.types.Context) -> None:
        owned(words_setup.WordsSetup).start()


class _Suggests(A2GOperator):
    """Places gestures that fit the words."""

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        words.check_current(context, _check_suggesting(context))

    def put(self, context: bpy.types.Context, obj: bpy.types.Object, is_again: bool) -> None:
        """Place them, and say what was left out."""
        plan = words.plan(context, obj, obj.a2g_suggestion_seed, is_again)
        made = words.place(context, obj, plan)
        self.report({"INFO"}, rpt_("{n} gestures fit the words").format(n=len(made)))
        self.say_rest(plan)

    def say_rest(self, plan: words.Plan) -> None:
        """What was left out, and why."""
        if plan.left_out:
            text = rpt_("Left out, since pins of yours lie there: {names}")
            self.report({"WARNING"}, text.format(names=sentences.shorten([f"“{s.said}”" for s in plan.left_out])))
        for problem in plan.problems:
            self.report({"WARNING"}, sentences.sentence(problem))


class A2G_OT_suggest_gestures(_Suggests):
    """Pin gestures that fit the words, each with its emphasis on its word; pins of your own stay as they are"""

    bl_idname = "a2g.suggest_gestures"
    bl_label = "Suggest Gestures"

    per_minute: FloatProperty(
        name="Gestures per Minute",
        description="At most so many for a minute of speech; those of the character if none is given",
        default=-1.0, min=-1.0, max=60.0, options={"SKIP_SAVE", "HIDDEN"},
    )  # fmt: skip
    seed: IntProperty(
        name="Seed",
        description="Another number suggests others; the character's if none is given",
        default=-1, min=-1, options={"SKIP_SAVE", "HIDDEN"},
    )  # fmt: skip
    language: StringProperty(
        name="Language",
        description="Of the words, as ISO 639-1 names it, or AUTO; the character's if none is given",
        options={"SKIP_SAVE", "HIDDEN"},
    )

    def run(self, context: bpy.types.Context) -> None:
        from ..a2g_core.gestures.lexicon import languages

        obj = state.chosen_character(context)
        if self.per_minute >= 0:
            obj.a2g_per_minute = self.per_minute
        if self.seed >= 0:
            obj.a2g_suggestion_seed = self.seed
        if self.language:
            known = (words.AUTO, *languages())
            if self.language not in known:
                raise GestureError(
                    "there is no lexicon of '{language}'", "give {known}",
                    language=self.language, known=", ".join(known),
                )  # fmt: skip
            obj.a2g_language = self.language
        self.put(context, obj, is_again=False)


class A2G_OT_suggest_again(_Suggests):
    """Suggest others in place of those that you left as they are; what you moved, changed or deleted stays so"""

    bl_idname = "a2g.suggest_again"
    bl_label = "Suggest Again"

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        super().require(context)
        obj = state.chosen_character(context)
        if not words.needed(obj).suggested and not suggested.find(obj):
            raise GestureError("no gesture was suggested yet", "use Suggest Gestures")

    def run(self, context: bpy.types.Context) -> None:
        obj = state.chosen_character(context)
        obj.a2g_suggestion_seed += 1
        self.put(context, obj, is_again=True)


class A2G_OT_list_suggestions(_Suggests):
    """Show which gestures would be suggested for which words, when and why; nothing is placed"""

    bl_idname = "a2g.list_suggestions"
    bl_label = "List Suggestions"

    as_text: BoolProperty(
        name="As Text",
        description="Also write the list into a text of this file",
        options={"SKIP_SAVE"},
    )

    def run(self, context: bpy.types.Context) -> None:
        obj = state.chosen_character(context)
        plan = words.plan(context, obj, obj.a2g_suggestion_seed)
        fps = strips.scene_fps(context.scene)
        rows = []
        for s in plan.made:
            reason = _REASONS.get(s.reason, s.reason)
            named = f"{s.said}  →  {iface_(s.gesture.name)}  ({iface_(reason)})"
            rows.append(f"{plan.frame(s.at_s, fps):6d}  {s.at_s:7.2f} s  {named}")
        for row in rows:
            self.report({"INFO"}, row)
        self.say_rest(plan)
        if not rows:
            self.report({"INFO"}, rpt_("No gesture fits the words"))
        if self.as_text:
            block = bpy.data.texts.get(LIST_NAME) or bpy.data.texts.new(LIST_NAME)
            block.from_string("\n".join(rows) + "\n")
        if not bpy.app.background:
            context.window_manager.popup_menu(lambda menu, _context: _draw_rows(menu.layout, rows), title=LIST_NAME)


def _draw_rows(layout: bpy.types.UILayout, rows: list[str]) -> None:
    column = layout.column(align=True)
    for row in rows[:_SHOWN]:
        column.label(text=row, translate=False)
    if len(rows) > _SHOWN:
        column.label(text=iface_("and {n} more").format(n=len(rows) - _SHOWN))


CLASSES = (
    A2G_OT_read_words, A2G_OT_update_words, A2G_OT_forget_words, A2G_OT_suggest_gestures, A2G_OT_suggest_again,
    A2G_OT_list_suggestions, A2G_OT_setup_words,
)  # fmt: skip
