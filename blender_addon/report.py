"""Errors as sentences for the interface, and lines of text as it can show them."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable
from typing import Any

from bpy.app.translations import pgettext_iface as iface_

from .a2g_core.errors import A2GError


def sentence(error: A2GError) -> str:
    """What is wrong and what to do, beginning with a capital."""
    text = str(error)
    return text[:1].upper() + text[1:]


def reason(check: Callable[..., None], *arguments: Any) -> str:
    """Why a check fails, as a sentence; empty if it passes."""
    try:
        check(*arguments)
    except A2GError as error:
        return sentence(error)
    return ""


def draw_wrapped(layout: Any, text: str, icon: str, characters: int) -> None:
    """A text over as many lines as it needs: a label does not wrap by itself."""
    column = layout.column(align=True)
    for line in textwrap.wrap(text, characters):
        column.label(text=line, icon=icon)
        icon = "BLANK1"


def draw_findings(layout: Any, findings: Iterable[Any]) -> None:
    """What a check found: lines with a label, a text, and whether it is good."""
    column = layout.column(align=True)
    for finding in findings:
        row = column.row()
        row.alert = not finding.is_good
        text = f"{iface_(finding.label)}: {finding.text}"
        row.label(text=text, icon="CHECKMARK" if finding.is_good else "CANCEL")
