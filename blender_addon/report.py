"""Errors as sentences for the interface."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
