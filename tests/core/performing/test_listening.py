"""What is heard of a speech for the choice of pieces: accents, what stands between them, and what does not matter."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from spoken import sentence, spoken

from a2g_core.model.config import FILLERS, AccentPieces
from a2g_core.performing.listening import ALONE, Cue, Listener
from a2g_core.speech.audio import open_speech
from a2g_core.speech.features import FLOOR_DB, log_mel

LAYOUT = AccentPieces()
FAINT_NOISE_DB = -46.0
"""Of a band's power, where white noise is 60 dB below full scale."""
STEP = LAYOUT.filler_frames(30)
BURSTS = [*sentence(1.0, 9.0, 1), *sentence(14.0, 6.0, 2), *sentence(36.0, 8.0, 3)]


def listen(features: np.ndarray) -> Listener:
    return Listener(features, LAYOUT, 30.0)


@pytest.fixture(scope="module")
def features() -> np.ndarray:
    return spoken(50.0, BURSTS).features


def test_the_strongest_syllables_are_accents_and_weaker_ones_only_where_none_of_these_is_near():
    strong, weak, covered = (1.0, 5.0, 9.0), (2.2, 7.0), (1.7, 5.5, 8.4)
    bursts = [*((t, 0.0) for t in strong), *((t, -6.0) for t in weak), *((t, -3.0) for t in covered)]
    accents = listen(spoken(12.0, bursts).features).accents / 30
    np.testing.assert_allclose(accents, sorted(strong + weak), atol=0.05)


def test_an_accent_lies_between_frames_where_it_is():
    for shift in (0.0, 0.25, 0.5, 0.75):
        (accent,) = listen(spoken(6.0, [(3.0 + shift / 30, 0.0)]).features).accents
        assert accent == pytest.approx(90 + shift, abs=0.05)


def test_the_voice_is_first_heard_where_it_begins_wherever_that_is():
    bursts = sentence(1.0, 3.0, 1)
    begins = listen(spoken(6.0, bursts).features).begins
    assert 24 < begins < 30 * bursts[0][0] + 1
    later = listen(spoken(8.0, [(t + 1.7, db) for t, db in bursts]).features).begins
    assert later == pytest.approx(begins + 51, abs=1e-6)
    assert listen(np.full((90, 64), FLOOR_DB, np.float32)).begins < 0


def test_silence_and_noise_have_no_accents():
    rng = np.random.default_rng(0)
    noise_db = FAINT_NOISE_DB + 2 * rng.standard_normal((900, 64))
    for silent in (np.full((900, 64), FLOOR_DB), noise_db):
        assert len(listen(silent.astype(np.float32)).accents) == 0


def _timeline(cues: list[Cue]) -> list[tuple[float, int]]:
    return [(cue.at, cue.filler) for cue in cues]


def test_fillers_follow_an_accent_precede_the_next_and_stand_alone_between():
    found = listen(spoken(40.0, [(5.0, 0.0), (6.2, 0.0), (9.0, 0.0), (30.0, 0.0)]).features)
    first, second, third, last = found.accents
    cues = _timeline(found.cues(0, 1200))
    near = [(a, f) for a, f in cues if f != ALONE]
    wanted = [(first - 2 * STEP, -2), (first - STEP, -1)]
    wanted += [(first, 0), (second, 0), (second + STEP, 1), (third, 0), (third + STEP, 1), (third + 2 * STEP, 2)]
    wanted += [(last - 2 * STEP, -2), (last - STEP, -1), (last, 0), (last + STEP, 1), (last + 2 * STEP, 2)]
    assert near == [(pytest.approx(a, abs=1e-9), f) for a, f in wanted if a >= 0]
    alone = [a for a, f in cues if f == ALONE]
    assert alone and all(a % STEP == 0 for a in alone)


def test_gaps_are_never_longer_than_what_the_layout_says(features):
    at = [cue.at for cue in listen(features).cues(-900, 2400)]
    assert np.diff(at).max() <= LAYOUT.longest_gap_frames(30) and np.diff(at).min() > STEP / 5


def test_the_cues_of_a_span_are_those_of_the_whole(features):
    listener = listen(features)
    whole = listener.cues(-900, 2400)
    for first, stop in ((-900, -850), (0, 30), (100, 1000), (431.5, 900.25), (2000, 2400)):
        assert listener.cues(first, stop) == [cue for cue in whole if first <= cue.at < stop]


def test_speech_that_comes_later_in_a_file_is_heard_later_and_otherwise_alike(features):
    shift = 37
    later = np.concatenate([np.full((shift, 64), features[0, 0], np.float32), features])
    a, b = listen(features), listen(later)
    np.testing.assert_allclose(a.accents + shift, b.accents, atol=1e-9)
    spoken_to = 1350
    near = [(c.at + shift, c.filler, c.rhythm) for c in a.cues(0, spoken_to) if c.filler != ALONE]
    again = [(c.at, c.filler, c.rhythm) for c in b.cues(shift, spoken_to + shift) if c.filler != ALONE]
    assert [x[1:] for x in near] == [x[1:] for x in again]
    np.testing.assert_allclose([x[0] for x in near], [x[0] for x in again], atol=1e-9)
    np.testing.assert_allclose(a.contours(a.accents), b.contours(b.accents), atol=1e-9)


def test_level_means_nothing_and_faint_noise_next_to_nothing(features):
    base = listen(features)
    for changed, most in (
        (features - 6, 0.003),
        (10 * np.log10(10 ** (features / 10) + 10 ** (FAINT_NOISE_DB / 10)).astype(np.float32), 0.03),
    ):
        other = listen(changed)
        np.testing.assert_allclose(base.accents, other.accents, atol=0.1)
        assert np.abs(base.contours(base.accents) - other.contours(other.accents)).max() < most


def test_the_encoder_hears_speech_of_any_level_at_the_models_own(features):
    """What it is raised by follows the loudest nearby, slowly, and makes silence no speech."""
    layout = replace(LAYOUT, loudest_db=-24.0)
    gain, spoken_s = Listener(features, layout, 30.0).gain_db(), slice(30 * 3, 30 * 8)
    for change_db in (-6.0, 9.0):
        changed = Listener(features + np.float32(change_db), layout, 30.0).gain_db()
        np.testing.assert_allclose(changed[spoken_s], gain[spoken_s] - change_db, atol=0.1)
    assert np.abs(np.diff(gain, axis=0)).max() < 2.0  # dB a frame
    assert np.ptp(gain[spoken_s]) < 3.0
    silence = Listener(np.full((300, 64), FLOOR_DB, np.float32), layout, 30.0).gain_db()
    np.testing.assert_allclose(silence, -24.0 + 42.0, atol=0.01)


def test_a_cue_depends_on_nothing_beyond_the_receptive_field(features):
    """Whatever is done to the speech before a frame, cues and contours beyond the field after it keep their bits."""
    rng, cut = np.random.default_rng(0), 700
    field = LAYOUT.receptive_field(30)
    changed = features.copy()
    changed[:cut] = rng.permutation(features[:cut])
    a, b = listen(features), listen(changed)
    kept = [x.cues(cut + field, 2000) for x in (a, b)]
    assert [(c.at, c.filler, c.rhythm) for c in kept[0]] == [(c.at, c.filler, c.rhythm) for c in kept[1]]
    at = np.array([c.at for c in kept[0]])
    assert a.contours(at).tobytes() == b.contours(at).tobytes()
    assert {c.at for c in a.cues(0, cut)} != {c.at for c in b.cues(0, cut)}


def test_recorded_speech_is_heard_alike_by_another_level_and_in_faint_noise(data):
    """Of a hundred accents, one or none is another; contours hardly move."""
    rng, n_found, n_accents, off = np.random.default_rng(0), 0, 0, []
    for recording in map(data.speech, range(8)):
        samples = np.concatenate(list(open_speech(recording).blocks()))
        n = len(samples) * 30 // 16000
        base = listen(log_mel([samples], n, 30.0))
        for changed in (samples / 2, samples + np.float32(1e-3) * rng.standard_normal(len(samples), np.float32)):
            other = listen(log_mel([changed], n, 30.0))
            found = [a for a in base.accents if len(other.accents) and np.abs(other.accents - a).min() < 1]
            n_found, n_accents = n_found + len(found), n_accents + len(base.accents)
            off += [np.abs(base.contours(np.array([a])) - other.contours(np.array([a]))).max() for a in found]
    assert n_accents > 20 and n_found >= 0.98 * n_accents and np.median(off) < 0.01


def test_fillers_stand_by_an_accent_up_to_their_number(features):
    assert {cue.filler for cue in listen(features).cues(-300, 1800)} == {*range(-FILLERS, FILLERS + 1), ALONE}
