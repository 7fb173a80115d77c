"""A request: what it refuses, how it is written and read, and what a session makes of several."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from small_models import ACCENTED, SMALL, STITCHED, random_model
from voices import babble

from a2g_core.errors import A2GError, ConfigError
from a2g_core.performing.accents import Accent
from a2g_core.performing.attending import Partner
from a2g_core.performing.controls import Controls
from a2g_core.performing.generate import generate, plan_of
from a2g_core.performing.performance import perform
from a2g_core.performing.plan import NO_PLAN, Plan, Planned
from a2g_core.performing.request import DEFAULT, Choice, Idle, Request
from a2g_core.performing.session import Session

RICH = Request(
    seed=2, take=1, style="Far", choices=(Choice(1.0, 3.0, 9),),
    controls=Controls(energy=np.linspace(0, 2, 40, dtype=np.float32), variation=1.5), fps=25.0, span=(10, 60),
    accents=(Accent(0.5, 1.5), Accent(2.0, 0.0)),
)  # fmt: skip


def test_lists_become_tuples():
    request = Request(choices=[Choice(0, 1, 2)], pins=[])
    assert request == Request(choices=(Choice(0, 1, 2),))


@pytest.mark.parametrize("fps", [0, -30, 1001, float("nan")])
def test_a_frame_rate_out_of_range_is_refused_where_it_is_given(fps):
    with pytest.raises(ConfigError, match="out of range; give frames per second"):
        Request(fps=fps)


def test_a_series_counts_the_seed_up_and_changes_nothing_else():
    series = RICH.series(3)
    assert [request.seed for request in series] == [2, 3, 4]
    assert all(replace(request, seed=2).to_dict().keys() == RICH.to_dict().keys() for request in series)
    for request in series:
        np.testing.assert_equal(request.to_dict() | {"seed": 2}, RICH.to_dict())


def test_a_plain_request_is_json_and_comes_back():
    assert Request.from_dict(json.loads(json.dumps(DEFAULT.to_dict()))) == DEFAULT


def test_numbers_of_numpy_are_written_as_plain_ones():
    request = Request(seed=np.int64(3), fps=np.float32(25), span=(np.int64(0), np.int32(7)))
    assert json.loads(json.dumps(request.to_dict()))["span"] == [0, 7]


def test_an_idle_and_partners_come_back():
    walking = Partner((), np.linspace(0, 30, 5, dtype=np.float32), np.ones((5, 3)), -2.0)
    partners = Partner(((0.5, 2.0), (2.5, 3.0)), 40.0), walking
    request = Request(idle=Idle(3.0, 1.5), partners=partners)
    assert Request.from_dict(request.to_dict()) == request
    assert json.loads(json.dumps(replace(request, partners=partners[:1]).to_dict()))["idle"]["before_s"] == 3.0


def test_a_request_of_before_there_were_idles_is_read():
    values = {k: v for k, v in DEFAULT.to_dict().items() if k not in ("idle", "partners")}
    assert Request.from_dict(values) == DEFAULT


@pytest.mark.parametrize("seconds", [-1, 1e6, float("nan")])
def test_an_idle_of_a_length_out_of_range_is_refused(seconds):
    with pytest.raises(ConfigError, match="out of range; give 0 to"):
        Idle(before_s=seconds)


@pytest.mark.parametrize(
    "values", [(((1, 0),),), (((0, 2), (1, 3)),), (((0, np.nan),),), ((), np.nan), ((), np.ones((2, 2)))]
)
def test_a_partner_out_of_order_is_refused(values):
    with pytest.raises(ValueError, match="a partner"):
        Partner(*values)


PLAN = Plan(
    "ab12", (Planned(-0.5, -1, 3, (0.0, -12.5)), Planned(1.2, 0, 7, (-3.0, 0.5)), Planned(3.0, 1, 3, (0.0, 0.0)))
)


def test_a_plan_is_json_and_comes_back():
    request = Request(seed=2, plan=PLAN)
    assert Request.from_dict(json.loads(json.dumps(request.to_dict()))) == request
    assert PLAN and not NO_PLAN


def test_a_request_without_a_plan_was_written_by_version_0_2_0():
    written = DEFAULT.to_dict()
    del written["plan"]
    assert Request.from_dict(written) == DEFAULT


@pytest.mark.parametrize("change", [
    {"at_s": [0.0, 0.0, 1.0]}, {"at_s": [0.0, 2.0, 1.0]}, {"at_s": [0.0, float("nan"), 2.0]}, {"at_s": [0.0, 1.0]},
    {"at_s": [0.0, 1.0, 1e300]}, {"fillers": [0, 10**9, 0]}, {"fillers": "012"}, {"moments": [0, -1, 2]},
    {"moments": [0, 1.5, 2]}, {"moments": [0, 2**40, 2]}, {"contours": [[0], [1], [2, 3]]}, {"contours": [[], [], []]},
    {"contours": [[0], [float("inf")], [0]]}, {"contours": [[0.0] * 1000] * 3}, {"contours": [["x"]] * 3},
    {"pieces": 3}, {"pieces": "\ud800"}, {"pieces": "a" * 1000}, {"at_s": [0.0] * 200_000},
])  # fmt: skip
def test_a_plan_of_anything_else_is_refused(change):
    with pytest.raises((A2GError, LookupError, TypeError, ValueError)):
        Request.from_dict(DEFAULT.to_dict() | {"plan": PLAN.to_dict() | change})


@pytest.mark.parametrize("plan", [{"pieces": "ab"}, [1, 2], "plan", 7])
def test_what_is_no_plan_is_refused(plan):
    with pytest.raises((A2GError, LookupError, TypeError, ValueError)):
        Request.from_dict(DEFAULT.to_dict() | {"plan": plan})


@pytest.mark.parametrize("config", [SMALL, STITCHED], ids=lambda config: config.name)
def test_a_model_that_makes_no_plans_refuses_one(config):
    model, speech = random_model(config), babble(2)
    assert plan_of(speech, model) == NO_PLAN
    with pytest.raises(ConfigError, match="plan of this take was made with another model; choose that model"):
        generate(speech, model, plan=PLAN)


def test_changes_are_put_into_the_request():
    model, speech = random_model(SMALL), babble(2)
    motion = generate(speech, model, Request(seed=1, fps=24.0), seed=5)
    assert motion.quaternions.tobytes() == generate(speech, model, seed=5, fps=24.0).quaternions.tobytes()


@pytest.mark.parametrize("config", [SMALL, STITCHED, ACCENTED], ids=lambda config: config.name)
def test_performances_of_one_session_do_not_disturb_each_other(config):
    """Frames of two requests made by turns are those that each gets from a session of its own."""
    model, speech = random_model(config), babble(60)
    requests = [Request(seed=1), Request(seed=2, choices=(Choice(20.0, 30.0, 7),))]
    shared = Session(speech, model)
    by_turns = [perform(shared, request) for request in requests]
    n = shared.n_frames
    made = [[performance.frames(first, 300) for performance in by_turns] for first in range(0, n, 300)]
    for request, parts in zip(requests, zip(*made)):
        alone = perform(Session(speech, model), request).frames(0, n)
        assert np.concatenate(parts)[:n].tobytes() == alone.tobytes()
