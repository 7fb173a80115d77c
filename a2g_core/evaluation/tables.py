"""Tables 1 and 2 of the paper (sec. 5.4, 5.5): their rows and budgets. For what the paper concludes, see `claims`.

    a2g evaluate --table 2 --corpus corpus/bench --runs runs/bench --out out/table2

trains every row that is not in --runs yet, all under the same budget, and measures them beside the reference rows.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..errors import CheckpointError
from ..files import exists
from ..model.checkpoint import Model, load_model
from ..model.settings import SystemConfig
from ..model.systems import named_config
from ..training.state import load_state, state_file
from ..training.train import MODEL_FILE, resume, train

TABLES: dict[int, tuple[str, ...]] = {
    1: ("speech2gesture", "speech2gesture-gan", "stylegestures", "table2-diversity"),
    2: ("table2-baseline", "table2-split", "table2-mapping", "table2-bicycle", "table2-diversity"),
}
"""Named configs, one per row. The last row of Table 2 is "ours" in Table 1, as in the paper."""

_FEW_STEPS = {"batch_size": 12, "learning_rate": 1e-3, "schedule": "cosine", "gradient_clip": 1.0}
_METRES = {"weight_position": 10.0, "weight_speed": 50.0}
"""Position weight as in the authors' first release and the ratio 1 to 5 of the paper: in few steps, weights of 1 would
hardly act on centimetres."""
BUDGETS: dict[str, dict[str, dict[str, Any]]] = {
    "cpu": {
        "audio2gestures": {
            **_FEW_STEPS, **_METRES, "steps": 600, "normalise_motion": True,
            "weight_kl_shared": 1e-4, "alignment_warmup": 0.5,
        },
        "speech2gesture": {
            **_FEW_STEPS, **_METRES, "steps": 600, "normalise_motion": True,
            "audio_width": 16, "unet_width": 128, "norm_momentum": 0.9,
        },
        "stylegestures": {
            **_FEW_STEPS, "steps": 400, "batch_size": 16, "flow_steps": 8, "hidden_size": 128, "data_noise": 0.03,
        },
    },
    "paper": {"audio2gestures": {}, "speech2gesture": {}, "stylegestures": {}},
}  # fmt: skip
"""Changes to each system's named configs: 'paper' trains as published (days on a GPU), 'cpu' for minutes."""
_PRECISION = {"audio2gestures": "auto"}
"""Precision of the networks: bf16 where the machine computes in it; float32 for the systems whose running statistics
and densities need it."""


def budgeted(name: str, budget: str) -> SystemConfig:
    """A named config under a budget."""
    config = named_config(name)
    return config.replace(**BUDGETS[budget][config.system])


def take_or_train(config: SystemConfig, corpus: Path, run: Path, *, device: str = "auto", seed: int = 0) -> Model:
    """The model of a finished run of exactly this config; an unfinished run is continued, a missing one is trained."""
    precision = _PRECISION.get(config.system, "float32")
    if exists(state_file(run)):
        state = load_state(run, corpus)[0]
        if state.config != config or state.seed != seed:
            found = state.config.settings()
            odd = [k for k, v in config.settings().items() if found.get(k) != v]
            raise CheckpointError(
                f"'{run}' holds another run (it differs in {', '.join(odd) or 'its seed'})",
                "choose another --runs, or delete it",
            )
        # Killed at the end of a checkpoint, a run has a state and no model, or that of the checkpoint before.
        if state.step < config.training.steps or _steps_of(run / MODEL_FILE) != state.step:
            resume(corpus, run, device=device, precision=precision)
    else:
        train(config, corpus, run, device=device, seed=seed, precision=precision)
    return load_model(run / MODEL_FILE)


def _steps_of(model: Path) -> int | None:
    """How long a model was trained; None where there is none."""
    return load_model(model).info.get("steps") if exists(model) else None
