"""Errors as sentences for the interface, and lines of text as it can show them."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

from bpy.app.translations import pgettext_iface as iface_
from bpy.app.translations import pgettext_rpt as rpt_

from .a2g_core.errors import A2GError, fill

PATTERN = "{problem}; {hint}."
"""How the two halves of an error make a sentence; other languages have other marks."""

_NAMES_SHOWN = 3
_STAYS = "、。，；：）」”！？"  # never at the start of a line


def sentence(error: A2GError) -> str:
    """What is wrong and what to do, beginning with a capital: in the artist's language where both halves are in it."""
    english = PATTERN, error.problem_template, error.hint_template
    templates = tuple(map(rpt_, english))
    if templates[1] == english[1] or templates[2] == english[2]:
        templates = english
    pattern, problem, hint = templates
    text = pattern.format(problem=fill(problem, error.values), hint=fill(hint, error.values))
    return text[:1].upper() + text[1:]


def unexpected(error: Exception) -> str:
    """A sentence for an error that nobody foresaw; its traceback belongs into the log."""
    return sentence(A2GError("an unexpected error occurred ({what})", "use Copy Problem Report", what=repr(error)))


def reason(check: Callable[..., object], *arguments: object) -> str:
    """Why a check fails, as a sentence; empty if it passes."""
    try:
        check(*arguments)
    except A2GError as error:
        return sentence(error)
    return ""


def shorten(names: list[str]) -> str:
    """Some names in one line, and how many more there are."""
    shown, more = ", ".join(names[:_NAMES_SHOWN]), len(names) - _NAMES_SHOWN
    return iface_("{names} and {n} more").format(names=shown, n=more) if more > 0 else shown


def draw_wrapped(layout: Any, text: str, icon: str, characters: int) -> None:
    """A text over as many lines as it needs: a label does not wrap by itself."""
    column = layout.column(align=True)
    for line in wrap(iface_(text), characters):
        column.label(text=line, icon=icon, translate=False)
        icon = "BLANK1"


def wrap(text: str, characters: int) -> list[str]:
    """Lines of at most so many narrow characters: Chinese and Japanese ones count twice and break anywhere."""
    if not any(map(_is_wide, text)):
        return textwrap.wrap(text, characters)
    lines, taken = [""], 0
    for piece in re.findall(rf"[!-~]{{1,{characters}}}|.", text):  # words of other languages stay whole
        width = sum(1 + _is_wide(character) for character in piece)
        if taken + width > characters and piece not in _STAYS:
            lines.append("")
            taken = 0
        lines[-1] += piece
        taken += width
    return lines


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def draw_findings(layout: Any, findings: Iterable[Any]) -> None:
    """What a check found: lines with a label, a text, and whether it is good."""
    column = layout.column(align=True)
    for finding in findings:
        row = column.row()
        row.alert = not finding.is_good
        text = f"{iface_(finding.label)}: {finding.text}"
        row.label(text=text, icon="CHECKMARK" if finding.is_good else "CANCEL")
