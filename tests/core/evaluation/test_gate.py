"""The gate itself, and what ships before it: on held-out speech from beside the repository."""

import json
from dataclasses import replace

import numpy as np
import pytest
from small_models import random_model

from a2g_core.body.skeleton import BODY_HANDS
from a2g_core.errors import ConfigError
from a2g_core.evaluation.entrants import corpus_entrant, frozen_entrant, model_entrant, open_clips
from a2g_core.evaluation.gate import KINDS, Check, Limit, as_text, check, load_gate
from a2g_core.evaluation.ranges import outside_share
from a2g_core.evaluation.scoreboard import Scores, make_panel, measure
from a2g_core.model.checkpoint import default_model_path, load_model
from a2g_core.training.corpus import VALIDATION
from a2g_core.training.synthetic import build_corpus

GATE = default_model_path().with_name("product.gate.json")
SAMPLES, SPEAKERS, SEED = 8, 9, 0
SHORT_SETS_SLACK = 2.0
"""Seven clips and eight samples say less than the whole held-out split: what is to be near the corpus's own value may
be twice as far from it here."""


def scores(**numbers) -> Scores:
    return Scores("ours", numbers, {}, 1)


@pytest.mark.parametrize(
    "kind, limit, passes, fails",
    [
        ("at least", 0.65, (0.65, 1.0), (0.64,)),
        ("at most", 1.0, (1.0, -3.0), (1.1,)),
        ("within", 0.25, (1.5, 2.0, 2.5), (1.4, 2.6)),
        ("below the corpus by at most", 0.1, (1.9, 5.0), (1.89,)),
    ],
)
def test_each_kind_of_limit(kind, limit, passes, fails):
    """The corpus has 2."""
    for value, holds in [*((v, True) for v in passes), *((v, False) for v in (*fails, np.nan))]:
        (found,) = check([Limit("swap_cm", kind, limit, "")], scores(swap_cm=value), scores(swap_cm=2.0))
        assert found.holds == holds, value


def test_what_the_corpus_does_not_have_nothing_can_be_within():
    for kind in ("within", "below the corpus by at most"):
        assert not Check("ours", Limit("swap_cm", kind, 0.5, ""), 2.0, np.nan).holds


def test_the_table_says_all_of_it():
    checks = check(
        [Limit("fgd", "at most", 1.5, ""), Limit("alignment_arms", "within", 0.1, "")],
        scores(fgd=2.0, alignment_arms=0.8), scores(fgd=0.0, alignment_arms=0.8),
    )  # fmt: skip
    lines = as_text(checks).splitlines()
    assert lines[0].split() == ["model", "measure", "value", "corpus", "limit"]
    assert lines[1].split() == ["ours", "fgd", "2", "0", "at", "most", "1.5", "FAILS"]
    assert lines[2].split() == ["ours", "alignment_arms", "0.8", "0.8", "0.72", "to", "0.88", "ok"]


@pytest.mark.parametrize(
    "text, said",
    [
        ("{", "is not a gate file"),
        ("[1]", "is not a gate file"),
        ('{"limits": [1]}', "is not a gate file"),
        ('{"limits": []}', "has no limits"),
        ('{"limits": [{"measure": "beauty", "at least": 1, "because": "x"}]}', "no measure 'beauty'"),
        ('{"limits": [{"measure": "fgd", "under": 1, "because": "x"}]}', "not one of: at least"),
        ('{"limits": [{"measure": "fgd", "at most": 1, "at least": 0, "because": "x"}]}', "not one of: at least"),
        ('{"limits": [{"measure": "fgd", "at most": "few", "because": "x"}]}', "is not a gate file"),
        ('{"limits": [{"measure": "fgd", "at most": 1, "because": ""}]}', "states no reason"),
        ('{"limits": [{"measure": "fgd", "at most": 1}]}', "because"),
    ],
)
def test_a_bad_file_ends_in_one_sentence(tmp_path, text, said):
    path = tmp_path / "gate.json"
    path.write_text(text)
    with pytest.raises(ConfigError, match=said):
        load_gate(path)


def test_the_committed_gate_is_whole():
    limits = load_gate(GATE)
    measures = {x.measure for x in limits}
    assert {x.kind for x in limits} == set(KINDS)
    assert {"alignment_arms", "multimodality_cm", "diversity_cm", "speed_median_m_s", "jerk_median_m_s3"} <= measures
    assert {"sliding_cm_s", "outside_range_share", "accent_wrists_s", "accent_head_s", "onset_wrists"} <= measures
    assert len({(x.measure, x.kind) for x in limits}) == len(json.loads(GATE.read_text())["limits"])


# What ships -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def recorded(best_data) -> list:
    return best_data.clips()


@pytest.fixture(scope="module")
def judge(recorded, best_data, tmp_path_factory):
    """entrant -> checks, on a short corpus of held-out speakers and gestures alone."""
    folder = tmp_path_factory.mktemp("held-out")
    build_corpus(best_data.held_out_speech(SPEAKERS), recorded, folder, seed=SEED)
    clips = open_clips(folder, VALIDATION)
    panel = make_panel(clips, clips)
    limits = [x for x in load_gate(GATE) if not x.measure.startswith("fgd")]  # of so few clips it says nothing
    limits = [replace(x, value=x.value * SHORT_SETS_SLACK) if x.kind == "within" else x for x in limits]
    # Of so few takes, three in which rest is not found are 5 %.
    limits = [replace(x, value=x.value - 0.05) if x.measure.endswith("_at_rest") else x for x in limits]
    corpus = measure(corpus_entrant(), panel, 1)
    return lambda entrant: check(limits, measure(entrant(clips), panel, SAMPLES), corpus)


def failing(checks: list[Check]) -> set[str]:
    print(as_text(checks))
    return {c.limit.measure for c in checks if not c.holds}


@pytest.mark.slow
def test_the_model_that_ships_passes(judge, best_data):
    """What is to be near the corpus's own value is only where people were recorded: it has learnt from nobody else.

    Nor has made speech the onsets of syllables.
    """
    likeness = {x.measure for x in load_gate(GATE) if x.kind == "within"}
    excused = {*likeness, "onset_wrists_lag_s"} if best_data.is_made else set()
    assert failing(judge(lambda clips: model_entrant("product", load_model()))) <= excused


@pytest.mark.slow
def test_a_frozen_pose_and_random_weights_do_not(judge):
    lively = {"multimodality_cm", "diversity_cm", "speed_median_m_s", "jerk_median_m_s3"}
    timely = {"alignment_arms", "accent_wrists_s", "accent_head_height", "onset_wrists", "energy_wrists"}
    assert failing(judge(frozen_entrant)) >= {*timely, "wrist_speed_90_m_s", *lively}
    random = failing(judge(lambda clips: model_entrant("random", random_model())))
    assert "alignment_arms" in random and len(random & lively) >= 2


@pytest.mark.slow
def test_no_recorded_gesture_is_outside_the_ranges(recorded):
    assert max(outside_share(clip.motion.quaternions, BODY_HANDS) for clip in recorded) == 0
