"""Errors as sentences for the interface, and text wrapped into lines."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from bpy.app.translations import pgettext_iface as iface_
from bpy.app.translations import pgettext_rpt as rpt_

from .a2g_core.errors import A2GError, fill

if TYPE_CHECKING:
    import bpy
    from bpy.stub_internal.rna_enums import IconItems

PATTERN = "{problem}; {hint}."
"""How the two halves of an error form a sentence; other languages punctuate differently."""

_NAMES_SHOWN = 3
_STAYS = "、。，；：）」”！？"  # these never start a line


class Finding(Protocol):
    """Something that a check found."""

    @property
    def label(self) -> str:
        """What was checked."""

    @property
    def is_good(self) -> bool:
        """Whether it works."""

    @property
    def text(self) -> str:
        """What was found, or what is wrong."""


def sentence(error: A2GError) -> str:
    """What is wrong and what to do, in the artist's language if both halves are translated; starts with a capital."""
    english = PATTERN, error.problem_template, error.hint_template
    templates = tuple(map(rpt_, english))
    if templates[1] == english[1] or templates[2] == english[2]:
        templates = english
    pattern, problem, hint = templates
    text = pattern.format(problem=fill(problem, error.values), hint=fill(hint, error.values))
    return text[:1].upper() + text[1:]


def problem(error: A2GError) -> str:
    """What is wrong, in the artist's language if both halves are translated, to be part of another sentence."""
    template, hint = rpt_(error.problem_template), rpt_(error.hint_template)
    is_translated = template != error.problem_template and hint != error.hint_template
    return fill(template if is_translated else error.problem_template, error.values)


def unexpected(error: Exception) -> str:
    """A sentence for an error that was not foreseen; its traceback belongs in the log."""
    return sentence(A2GError("an unexpected error occurred ({what})", "use Copy Problem Report", what=repr(error)))


def reason(check: Callable[..., object], *arguments: object) -> str:
    """Why a check fails, as a sentence; empty if it passes."""
    try:
        check(*arguments)
    except A2GError as error:
        return sentence(error)
    return ""


def shorten(names: Sequence[str]) -> str:
    """Some names in one line, and how many more there are."""
    shown, more = ", ".join(names[:_NAMES_SHOWN]), len(names) - _NAMES_SHOWN
    return iface_("{names} and {n} more").format(names=shown, n=more) if more > 0 else shown


def draw_wrapped(layout: bpy.types.UILayout, text: str, icon: IconItems, characters: int) -> None:
    """A text on as many lines as it needs, since labels do not wrap."""
    column = layout.column(align=True)
    for line in wrap(iface_(text), characters):
        column.label(text=line, icon=icon, translate=False)
        icon = "BLANK1"


def wrap(text: str, characters: int) -> list[str]:
    """Lines of at most this many narrow characters. Chinese and Japanese ones count twice and break anywhere."""
    if not any(map(_is_wide, text)):
        return textwrap.wrap(text, characters)
    lines, taken = [""], 0
    for piece in re.findall(rf"[!-~]{{1,{characters}}}|.", text):  # words in Latin script stay whole
        width = sum(1 + _is_wide(character) for character in piece)
        if taken + width > characters and piece not in _STAYS:
            lines.append("")
            taken = 0
        lines[-1] += piece
        taken += width
    return lines


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def draw_findings(layout: bpy.types.UILayout, findings: Iterable[Finding]) -> None:
    """What a check found: a line for each finding."""
    column = layout.column(align=True)
    for finding in findings:
        row = column.row()
        row.alert = not finding.is_good
        text = f"{iface_(finding.label)}: {finding.text}"
        row.label(text=text, icon="CHECKMARK" if finding.is_good else "CANCEL")
