"""Pieces at the cues of the speech: what decides which, what does not, and what a plan keeps."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from small_models import ACCENTED, random_model
from spoken import sentence, spoken

from a2g_core.errors import ConfigError
from a2g_core.model.checkpoint import Model
from a2g_core.performing.choosing import CuedPieces
from a2g_core.performing.generate import generate, plan_of, receptive_field_s
from a2g_core.performing.listening import ALONE, Listener
from a2g_core.performing.matching import align
from a2g_core.performing.plan import NO_PLAN, Plan, Planned
from a2g_core.performing.request import Choice, Request
from a2g_core.performing.sampling import style_of
from a2g_core.speech.heard import Heard

LAYOUT = ACCENTED.architecture.signal
STEP = LAYOUT.filler_frames(30)
FIRST, SECOND, THIRD = (sentence(t, 12.0, seed) for t, seed in ((1.0, 1), (16.0, 2), (31.0, 3)))
OTHER = sentence(16.0, 12.0, 4)
WHOLE = spoken(45.0, [*FIRST, *SECOND, *THIRD])


@pytest.fixture(scope="module")
def model() -> Model:
    """Its moments are those of 400 made sentences, so that much fits."""
    rng = np.random.default_rng(0)
    plain = random_model(ACCENTED)
    pieces = np.cumsum(rng.standard_normal((3000, 1, 16)), axis=0).astype(np.float32) / 5
    moments, sequences = [], []
    for k in range(40):
        listener = Listener(spoken(14.0, sentence(1.0, 12.0, 100 + k)).features, LAYOUT, 30.0)
        cues = listener.cues(0, 420)
        at = np.array([cue.at for cue in cues])
        about = np.stack([75 * k + at / 6, [cue.filler for cue in cues]], axis=1)
        moments.append(np.concatenate([about, listener.contours(at)], axis=1))
        sequences.append((75 * k, k % 2))
    return replace(
        plain, pieces=pieces, sequences=np.array(sequences), moments=np.concatenate(moments).astype(np.float32),
        stances=np.resize(plain.stances, (40 * -(-75 // LAYOUT.codes_a_stance), plain.stances.shape[1])),
    )  # fmt: skip


def motion(heard: Heard, model: Model, **options) -> np.ndarray:
    return generate(heard, model, Request(**options)).quaternions


def moments(plan: Plan, first_s: float = -np.inf, stop_s: float = np.inf) -> list[int]:
    return [cue.moment for cue in plan.cues if first_s <= cue.at_s < stop_s]


def shifted(heard: Heard, frames: int) -> Heard:
    silence = np.full((frames, 64), heard.features[0, 0], np.float32)
    features = np.concatenate([silence, heard.features])
    return Heard(features, 30.0, len(features) / 30, "")


# What is performed ----------------------------------------------------------------------------------------------------


def test_a_moment_is_performed_just_before_its_cue(model):
    """Between its neighbours' fades, the codes are those as far from the moment as the frame is from the cue."""
    listener = Listener(WHOLE.features, LAYOUT, 30.0)
    pieces = CuedPieces(model, LAYOUT, listener, np.arange(40), 3, 0)
    codes, planned = pieces.codes(0, 1350), pieces.plan(0, 1350)
    checked = 0
    for cue in planned.cues[1:-1]:
        k = round(cue.at_s * 30)
        low = model.sequences[:, 0][model.sequences[:, 0] <= model.moments[cue.moment, 0]].max()
        position = model.moments[cue.moment, 0] + (k - (cue.at_s - LAYOUT.lead_s) * 30) / 6 - low
        if 1 <= position <= 73:
            samples = model.pieces[low : low + 75, 0]
            straight = [np.interp(position, np.arange(75), samples[:, c]) for c in range(16)]
            assert np.abs(codes[k] - straight).max() < np.abs(np.diff(samples, axis=0)).max() / 3
            checked += 1
    assert checked > 10


def test_a_span_of_codes_is_that_span_of_the_whole(model):
    def made(first: int, n: int) -> np.ndarray:
        listener = Listener(WHOLE.features, LAYOUT, 30.0)
        return CuedPieces(model, LAYOUT, listener, np.arange(40), 3, 0).codes(first, n)

    whole = made(-600, 2600)
    for first, n in ((-600, 3), (-3, 11), (0, 1), (512, 600), (1990, 10)):
        assert made(first, n).tobytes() == whole[first + 600 :][:n].tobytes()
    steepest = (
        1.5 * np.ptp(model.pieces[:, 0], axis=0).max() / (STEP / 2) + np.abs(np.diff(model.pieces, axis=0)).max() / 6
    )
    assert np.abs(np.diff(whole, axis=0)).max() < steepest  # a fade is at least as long as cues are apart


def test_what_fits_is_most_like_what_is_said(model):
    """Contours of the chosen moments are far nearer to the speech's than those of any others."""
    plan = plan_of(WHOLE, model, Request(seed=5, style=model.styles[0]))
    mine = [cue for cue in plan.cues if cue.filler == 0]
    chosen = [np.abs(model.moments[cue.moment, 2:] - cue.contour).mean() for cue in mine]
    accents = model.moments[model.moments[:, 1] == 0, 2:]
    any_ = [np.abs(accents - np.array(cue.contour)).mean() for cue in mine]
    assert np.mean(chosen) < 0.75 * np.mean(any_)
    assert all(model.moments[cue.moment, 1] == 0 for cue in mine)


def test_neighbours_do_not_repeat_each_other_and_a_take_is_various(model):
    accents = [cue.moment for cue in plan_of(WHOLE, model, Request(seed=2)).cues if cue.filler == 0]
    assert all(a != b for a, b in pairwise(accents))
    assert len(set(accents)) > 0.6 * len(accents)


def test_seeds_and_takes_choose_otherwise(model):
    base = moments(plan_of(WHOLE, model, Request(seed=4, style="Near")))
    for other in (Request(seed=5, style="Near"), Request(seed=4, take=1, style="Near")):
        again = moments(plan_of(WHOLE, model, other))
        assert np.mean([a != b for a, b in zip(base, again, strict=True)]) > 0.6


# What does not matter -------------------------------------------------------------------------------------------------


def test_another_level_faint_noise_and_silence_before_leave_the_take_as_it_is(model):
    noisy = 10 * np.log10(10 ** (WHOLE.features / 10) + 10**-4.6).astype(np.float32)
    for request in (Request(seed=seed) for seed in range(4)):
        base = moments(plan_of(WHOLE, model, request), 0, 44)
        assert moments(plan_of(replace(WHOLE, features=WHOLE.features - 6), model, request), 0, 44) == base
        other = moments(plan_of(replace(WHOLE, features=noisy), model, request), 0, 44)
        assert np.mean([a != b for a, b in zip(base, other, strict=True)]) < 0.1
        assert moments(plan_of(shifted(WHOLE, 30), model, request), 1, 45) == base


def test_another_sentence_in_the_middle_leaves_the_others_as_they_are(model):
    changed = spoken(45.0, [*FIRST, *OTHER, *THIRD])
    for seed in range(4):
        a, b = (plan_of(heard, model, Request(seed=seed)) for heard in (WHOLE, changed))
        assert moments(a, 0, 11) == moments(b, 0, 11) and moments(a, 33, 44) == moments(b, 33, 44)
        assert moments(a, 17, 27) != moments(b, 17, 27)


# Plans ----------------------------------------------------------------------------------------------------------------


def test_the_plan_of_a_take_performs_it_again_to_the_bit(model):
    request = Request(seed=6, choices=(Choice(10.0, 20.0, 9), Choice(12.0, 13.0, 1, 2)))
    plan = plan_of(WHOLE, model, request)
    again = Request(seed=6, plan=plan)
    assert plan_of(WHOLE, model, again) == plan
    assert (
        motion(WHOLE, model, seed=6, choices=request.choices).tobytes() == motion(WHOLE, model, **vars(again)).tobytes()
    )


def test_a_plan_keeps_its_moments_where_a_line_is_spoken_otherwise(model):
    """Slower, with other stresses, its middle sentence cut out: what is said keeps its moments."""
    rng = np.random.default_rng(3)
    bursts = [(1.07 * t, db + rng.uniform(-1.5, 1.5)) for t, db in FIRST]
    bursts += [(1.07 * (t - 15), db + rng.uniform(-1.5, 1.5)) for t, db in THIRD]
    otherwise = spoken(34.0, bursts)
    kept, free = [], []
    for seed in range(4):
        plan = plan_of(WHOLE, model, Request(seed=seed))
        wanted = {cue.moment for cue in plan.cues if cue.filler == 0 and not 15 < cue.at_s < 30}
        for found, p in ((kept, plan), (free, NO_PLAN)):
            again = plan_of(otherwise, model, Request(seed=seed, plan=p))
            accents = [cue.moment for cue in again.cues if cue.filler == 0]
            found.append(np.mean([moment in wanted for moment in accents]))
    assert np.mean(kept) > max(0.8, np.mean(free) + 0.1)


def test_a_plan_is_kept_where_speech_is_cut_or_added(model):
    plan = plan_of(WHOLE, model, Request(seed=1))
    longer = spoken(60.0, [*FIRST, *sentence(16.0, 12.0, 8), *((t + 15, db) for t, db in (*SECOND, *THIRD))])
    with_it = plan_of(longer, model, Request(seed=1, plan=plan))
    accents = [cue.moment for cue in plan.cues if cue.filler == 0 and cue.at_s < 11]
    assert [cue.moment for cue in with_it.cues if cue.filler == 0 and cue.at_s < 11] == accents
    late = [cue.moment for cue in plan.cues if cue.filler == 0 and cue.at_s > 18]
    assert [cue.moment for cue in with_it.cues if cue.filler == 0 and cue.at_s > 33] == late


def test_accents_are_aligned_in_order_with_gaps_on_either_side():
    rng = np.random.default_rng(0)
    contours = rng.uniform(0, 1, (12, 7))
    times = np.cumsum(rng.uniform(1, 2, 12))
    there = [0, 1, 3, 4, 5, 8, 9, 10]  # the plan lacks 2, 6, 7, 11
    here = [0, 1, 2, 4, 5, 6, 9, 11]  # the speech lacks 3, 7, 8, 10
    pairs = align(times[here], contours[here], times[there], contours[there])
    assert [(here[a], there[b]) for a, b in pairs] == [(k, k) for k in (0, 1, 4, 5, 9)]
    assert align(times, contours, times, contours) == [(k, k) for k in range(12)]
    assert align(times[:0], contours[:0], times, contours) == align(times, contours, times[:0], contours[:0]) == []


@pytest.mark.parametrize("change", [
    lambda plan: replace(plan, cues=(replace(plan.cues[0], moment=10**6), *plan.cues[1:])),
    lambda plan: replace(plan, cues=tuple(replace(cue, contour=(0.5,)) for cue in plan.cues)),
])  # fmt: skip
def test_a_plan_that_this_model_cannot_have_made_is_refused(model, change):
    plan = change(plan_of(WHOLE, model))
    with pytest.raises(ConfigError, match="the plan of a performance is damaged"):
        motion(WHOLE, model, plan=plan)


def test_plans_of_other_models_are_refused_and_odd_ones_are_performed(model):
    plan = plan_of(WHOLE, model)
    with pytest.raises(ConfigError, match="made with another model"):
        motion(WHOLE, random_model(ACCENTED), plan=plan)
    far = tuple(Planned(1e8 + k, ALONE if k % 2 else k % 3, k, (0.0,) * 7) for k in range(50))
    odd = Plan(plan.pieces, (Planned(-5e8, 7, 1, (1e8,) * 7), *far))
    assert np.isfinite(motion(WHOLE, model, plan=odd)).all()


# Choices --------------------------------------------------------------------------------------------------------------


def test_a_choice_changes_every_cue_inside_and_none_outside(model):
    for seed in range(6):
        base = plan_of(WHOLE, model, Request(seed=seed))
        changed = plan_of(WHOLE, model, Request(seed=seed, choices=(Choice(10.0, 20.0, seed, 1),)))
        for a, b in zip(base.cues, changed.cues, strict=True):
            assert (a.moment != b.moment) == (10 <= a.at_s < 20)


def test_a_choice_between_two_cues_changes_the_nearest(model):
    base = plan_of(WHOLE, model, Request(seed=1))
    a = next(a for a, b in pairwise(base.cues) if a.at_s > 5 and b.at_s - a.at_s > 1.2)
    changed = plan_of(WHOLE, model, Request(seed=1, choices=(Choice(a.at_s + 0.1, a.at_s + 0.4, 1, 1),)))
    assert [x.at_s for x, y in zip(base.cues, changed.cues, strict=True) if x.moment != y.moment] == [a.at_s]


def test_a_choice_reaches_no_further_than_is_said_and_nowhere_outside_the_speech(model):
    base = motion(WHOLE, model, seed=1)
    field = receptive_field_s(model) * 30
    for start, end in ((10.0, 20.0), (22.2, 22.4), (30.0, 30.1)):
        moved = np.flatnonzero((base != motion(WHOLE, model, seed=1, choices=(Choice(start, end, 4),))).any((1, 2)))
        assert start * 30 - field <= moved.min() and moved.max() <= end * 30 + field
    outside = (Choice(-20.0, -10.0, 4), Choice(100.0, 1e9, 4), Choice(-1e308, -1.0, 3))
    assert motion(WHOLE, model, seed=1, choices=outside).tobytes() == base.tobytes()


def test_later_choices_win_and_a_choice_overrides_a_plan(model):
    plan = plan_of(WHOLE, model, Request(seed=1))
    one, two = Choice(10.0, 30.0, 4), Choice(15.0, 20.0, 5)
    both = plan_of(WHOLE, model, Request(seed=1, choices=(one, two)))
    assert moments(both, 10, 15) == moments(plan_of(WHOLE, model, Request(seed=1, choices=(one,))), 10, 15)
    assert moments(both, 15, 20) != moments(plan_of(WHOLE, model, Request(seed=1, choices=(one,))), 15, 20)
    planned = plan_of(WHOLE, model, Request(seed=1, plan=plan, choices=(one, two)))
    assert moments(planned) == moments(both)


# Styles ---------------------------------------------------------------------------------------------------------------


def test_seeds_that_follow_one_another_bring_every_style_once(model):
    for first in (0, 2, -4, 100):
        assert {style_of(model, seed) for seed in (first, first + 1)} == {"Near", "Far"}
    many = [style_of(model, seed) for seed in range(0, 60, 2)]
    assert 5 < many.count("Near") < 25  # each block in an order of its own


def test_a_take_keeps_to_the_style_that_is_drawn_for_it(model):
    for seed in range(4):
        number = model.styles.index(style_of(model, seed))
        sequence = np.searchsorted(model.sequences[:, 0], model.moments[:, 0], side="right") - 1
        chosen = moments(plan_of(WHOLE, model, Request(seed=seed)))
        assert set(model.sequences[sequence[chosen], 1]) == {number}
        assert chosen == moments(plan_of(WHOLE, model, Request(seed=seed, style=model.styles[number])))
