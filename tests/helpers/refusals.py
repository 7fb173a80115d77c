"""What the add-on says when something keeps it from working."""

from __future__ import annotations

import re

import bpy
import pytest
from scenes import counts

SENTENCE = re.compile(r"[A-Z'].+; .+\.$")


def refusal(operator, *arguments) -> str:
    """What an operator says when it refuses, after a check that it left nothing behind."""
    before = counts()
    with pytest.raises(RuntimeError) as caught:
        operator(*arguments)
    assert counts() == before
    text = str(caught.value).strip()
    text = re.sub(r"^(Error: |Operator bpy\.ops\.\w+\.\w+\.poll\(\) )", "", text)
    text = text.split("\nLocation:")[0].strip()
    assert "\n" not in text
    assert SENTENCE.match(text), text
    return text


def problems(addon, obj=None):
    return addon.ui.preflight.problems(bpy.context, obj or addon.ui.state.character(bpy.context))


def run(idname: str, **options) -> set[str]:
    module, _, name = idname.partition(".")
    return getattr(getattr(bpy.ops, module), name)(**options)


def mends(addon, words: str, fix: str, **options) -> None:
    """A problem with these words is there, disables Generate, and is gone after its button was used."""
    found = [problem for problem in problems(addon) if words in problem.text]
    assert len(found) == 1, [p.text for p in problems(addon)]
    assert fix in [f.operator for f in found[0].fixes]
    reason = addon.operators.generate.A2G_OT_generate.disabled_reason(bpy.context)
    assert reason == problems(addon)[0].text
    assert run(fix, **options) == {"FINISHED"}
    assert not [problem for problem in problems(addon) if words in problem.text]


def warns(addon, words: str, fix: str, **options) -> None:
    """A problem with these words is there that disables nothing, and its button takes it away."""
    found = [problem for problem in problems(addon) if words in problem.text]
    assert len(found) == 1, [p.text for p in problems(addon)]
    assert SENTENCE.match(found[0].text), found[0].text
    assert fix in [f.operator for f in found[0].fixes]
    assert addon.operators.generate.A2G_OT_generate.disabled_reason(bpy.context) == ""
    assert run(fix, **options) == {"FINISHED"}
    assert not [problem for problem in problems(addon) if words in problem.text]
    assert not getattr(bpy.ops.a2g, fix.partition(".")[2]).poll()  # there is nothing left to do
