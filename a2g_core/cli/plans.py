"""Plan files, of `a2g generate --write-plan` and `--plan`: JSON of a plan, with its seed and style."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from ..errors import A2GError, ConfigError
from ..files import is_file, replacing
from ..outputs import holds
from ..performing.plan import Plan
from ..performing.request import Request

_KIND = "audio2gestures plan"

is_plan = holds(_KIND)
"""Whether a file is one that `save_plan` wrote, which a command may replace."""


def save_plan(path: Path, plan: Plan, request: Request) -> None:
    """Write the plan of a request's performance, whole or not at all."""
    values = {"kind": _KIND, "seed": request.seed, "style": request.style, **plan.to_dict()}
    with replacing(path) as part:
        part.write_text(json.dumps(values), encoding="utf-8")


def with_plan(request: Request, path: Path) -> Request:
    """The request with the plan in a file. ConfigError for any other file, or the plan of another seed or style."""
    if not is_file(path):
        raise ConfigError(f"there is no plan '{path}'", "check the path of the plan")
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        kind, seed, style = values["kind"], values["seed"], values["style"]
        plan = Plan.from_dict(values)
    except A2GError:
        raise
    except Exception:  # text of any kind may stand in a file
        kind = ""
    if kind != _KIND or type(seed) is not int or type(style) is not str:
        raise ConfigError(f"'{path.name}' is not a plan", "give a file that 'a2g generate --write-plan' wrote")
    if (seed, style) != (request.seed, request.style):
        wanted = f"--seed {seed}" + (f" --style '{style}'" if style else " and no --style")
        raise ConfigError(f"'{path.name}' is the plan of another seed or style", f"give {wanted}")
    return replace(request, plan=plan)
