import numpy as np
import pytest

from a2g_core.model.config import Pieces
from a2g_core.performing.sampling import (
    Stitched,
    bank_statistics,
    correlated_noise,
    draw_sequences,
    most_common,
    piece_starts,
    random_signal,
    smoothing_kernel,
    white_noise,
)

BANK = np.random.default_rng(0).standard_normal((30, 2, 16)).astype(np.float32)


@pytest.mark.parametrize("make", [
    lambda first, n: white_noise(7, 1, first, n, 16),
    lambda first, n: correlated_noise(7, 1, first, n, 16, 5.0),
    lambda first, n: random_signal(BANK, 7, 1, first, n, 5.0, 90),
])  # fmt: skip
def test_a_frames_noise_depends_on_its_number_alone(make):
    whole = make(-100, 700)
    for first, n in ((-100, 50), (-3, 11), (0, 1), (63, 65), (599, 1)):
        assert whole[first + 100 :][:n].tobytes() == make(first, n).tobytes()


def test_noise_is_standard_normal_and_as_smooth_as_asked():
    white, smooth = white_noise(0, 0, 0, 20_000, 16), correlated_noise(0, 0, 0, 20_000, 16, 4.0)
    for noise in (white, smooth):
        assert abs(noise.mean()) < 0.02  # 320 000 draws, a twelfth of them independent: 0.006 is one deviation
        assert noise.std() == pytest.approx(1, abs=0.02)

    def lag(x, k):
        return float(np.mean(x[k:] * x[:-k]))

    assert abs(lag(white, 1)) < 0.01
    assert lag(smooth, 4) == pytest.approx(np.exp(-(4**2) / (4 * 4**2)), abs=0.03)  # a Gaussian with itself
    assert np.sum(smoothing_kernel(3.0) ** 2) == pytest.approx(1)
    assert smoothing_kernel(0).tolist() == [1]


def test_seeds_and_takes_are_independent_also_negative_ones():
    streams = [white_noise(s, t, 0, 5000, 1)[:, 0] for s, t in ((0, 0), (0, 1), (1, 0), (-1, 0))]
    correlation = np.corrcoef(streams) - np.eye(4)
    assert np.abs(correlation).max() < 0.06  # four deviations


def test_without_a_walk_one_entry_serves_the_whole_speech():
    mean, deviation = bank_statistics(BANK, 3, 0, -50, 5000, 0)
    assert (mean == mean[0]).all() and any(
        (mean[0] == entry[0]).all() and (deviation[0] == entry[1]).all() for entry in BANK
    )


def test_a_walk_visits_entries_without_jumps():
    mean, _ = bank_statistics(BANK, 3, 0, 0, 2000, 100)
    assert np.abs(np.diff(mean, axis=0)).max() < 1.6 / 100 * np.abs(np.diff(BANK[:, 0], axis=0)).max() * 3
    assert mean[::100].std() > 0.5
    steps = np.abs(np.diff(mean, axis=0)).max(axis=1)
    assert steps[99::100].max() < 0.1 * steps[50::100].max()  # it stops at each entry, and turns there without a kink


# Pieces of real codes -------------------------------------------------------------------------------------------------

SEQUENCES = np.array([(0, 0), (100, 1), (180, 0)])
PIECES = np.cumsum(np.random.default_rng(1).standard_normal((260, 2, 16)), axis=0).astype(np.float32)
SAID = np.random.default_rng(2).standard_normal((3000, 16)).astype(np.float32)

FADE, INTERVAL = 30, 6  # frames: 1 s and 0.2 s at 30 fps


def stitched(candidates: int = 8, said: np.ndarray = SAID) -> Stitched:
    layout = Pieces(piece_s=2.0, piece_candidates=candidates)
    kept = np.array([0, 2])
    return Stitched(PIECES, SEQUENCES, kept, layout, 30.0, lambda first, n: said[first + 1000 : first + 1000 + n])


def test_a_frames_piece_depends_on_its_number_and_on_what_is_said_near_it():
    whole = stitched().codes(3, 0, -200, 900)
    for first, n in ((-200, 50), (-3, 11), (0, 1), (45, 60), (699, 1)):
        assert whole[first + 200 :][:n].tobytes() == stitched().codes(3, 0, first, n).tobytes()
    changed = SAID.copy()
    changed[1300] += 500 * np.random.default_rng(3).standard_normal(16)
    moved = np.flatnonzero((whole != stitched(said=changed).codes(3, 0, -200, 900)).any(1)) - 200
    field = 60 + FADE
    assert len(moved) and 300 - field <= moved.min() and moved.max() <= 300 + field


def test_pieces_begin_within_one_sequence():
    starts = piece_starts(SEQUENCES, len(PIECES), 15, np.array([0, 2]))
    assert set(starts) == {*range(86), *range(180, 246)}
    assert set(piece_starts(SEQUENCES, len(PIECES), 15, np.array([1]))) == set(range(100, 166))
    assert len(piece_starts(SEQUENCES, len(PIECES), 90, np.array([1]))) == 11  # none as long: those of any


def test_a_take_keeps_to_sequences_of_one_style_that_are_alike():
    """Two ways of standing in each of two styles, ten sequences each; a take is made of one way alone."""
    rng, n = np.random.default_rng(0), 40
    sequences = np.array([(20 * k, k // 20) for k in range(n)])
    stance = np.where(np.arange(n) % 2, 3.0, -3.0)
    pieces = rng.standard_normal((20 * n, 2, 16)).astype(np.float32)
    pieces[:, 0] += np.repeat(stance, 20)[:, None]
    seen = set()
    for seed in range(20):
        kept = draw_sequences(pieces, sequences, None, seed, 0)
        assert len(kept) == 6 and len(set(sequences[kept, 1])) == 1 and len(set(stance[kept])) == 1
        seen.add((sequences[kept[0], 1], stance[kept[0]]))
        assert set(sequences[draw_sequences(pieces, sequences, 1, seed, 0), 1]) == {1}
        assert (kept == draw_sequences(pieces, sequences, None, seed, 0)).all()
    assert len(seen) == 4  # every style and way of standing is somebody's


def test_a_style_is_measured_by_how_much_its_channels_vary():
    """Two ways of standing that differ in quiet channels; one channel of great variance that says nothing of them."""
    rng, n = np.random.default_rng(0), 40
    sequences = np.array([(20 * k, 0) for k in range(n)])
    stance = np.where(np.arange(n) % 2, 1.0, -1.0)
    means = np.repeat(stance[:, None], 16, axis=1) + 0.1 * rng.standard_normal((n, 16))
    means[:, 0] = 50 * rng.standard_normal(n)
    pieces = np.repeat(means, 20, axis=0)[:, None].repeat(2, axis=1).astype(np.float32)
    for seed in range(20):
        kept = draw_sequences(pieces, sequences, None, seed, 0)
        assert len(kept) == 12 and len(set(stance[kept])) == 1


def test_what_is_said_is_compared_by_how_much_its_channels_vary():
    """The moment whose quiet channels are those of the speech is taken, though a loud one differs a little."""
    pieces = PIECES.copy()
    pieces[:, 1] = np.random.default_rng(5).standard_normal((260, 16))
    pieces[:, 1, 0] *= 100
    said, low = SAID.copy(), 1000 + 60 - FADE // 2
    said[low : low + 15 * INTERVAL] = np.repeat(pieces[30:45, 1], INTERVAL, axis=0)
    said[low : low + 15 * INTERVAL, 0] += 150
    codes = Stitched(
        pieces, SEQUENCES, np.array([0, 2]), Pieces(piece_s=2.0, piece_candidates=4000), 30.0,
        lambda first, n: said[first + 1000 : first + 1000 + n],
    ).codes(0, 0, 60, 60)  # fmt: skip
    straight = np.repeat(pieces[30:45, 0], INTERVAL, axis=0)[FADE // 2 :][:60]
    middle = slice(FADE // 2, 60 - FADE // 2)
    assert np.abs(codes[middle] - straight[middle]).mean() < 0.5 * np.abs(np.diff(pieces[30:45, 0], axis=0)).mean()


def test_between_two_stored_codes_lies_what_was_there():
    """A sine of 12 codes a period comes back with a tenth of the error that straight lines would make."""
    t = np.arange(260)
    pieces = np.sin(2 * np.pi * (t[:, None, None] / 12 + np.zeros((1, 2, 16)))).astype(np.float32)
    codes = Stitched(
        pieces, np.array([(0, 0)]), np.array([0]), Pieces(piece_s=2.0, piece_candidates=1), 30.0,
        lambda first, n: np.zeros((n, 16), np.float32),
    ).codes(0, 0, 60 + FADE // 2, 60 - FADE)[:, 0]  # fmt: skip
    turned = np.exp(2j * np.pi * np.arange(len(codes)) / (12 * INTERVAL))
    fit = np.linalg.lstsq(np.stack([turned.real, turned.imag], 1), codes, rcond=None)[0]
    wanted = np.stack([turned.real, turned.imag], 1) @ fit
    assert np.hypot(*fit) == pytest.approx(1, abs=0.01)
    assert np.abs(codes - wanted).max() < 0.1 * (2 * np.pi / 12) ** 2 / 8


def test_a_piece_whose_speech_is_just_what_is_said_is_taken():
    """With every moment a candidate, the speech of codes 30 to 45 brings back the specific codes of that moment."""
    n = 15 * INTERVAL
    said = SAID.copy()
    low = 1000 + 60 - FADE // 2
    said[low : low + n] = np.repeat(PIECES[30:45, 1], INTERVAL, axis=0)
    found = stitched(candidates=4000, said=said).codes(0, 0, 60, 60)
    middle = slice(FADE // 2, 60 - FADE // 2)  # nothing of the neighbours
    times = (np.arange(60)[middle] + FADE // 2 - (INTERVAL - 1) / 2) / INTERVAL
    straight = np.stack([np.interp(times, np.arange(15), PIECES[30:45, 0, c]) for c in range(16)], 1)
    assert np.abs(found[middle] - straight).mean() < 0.15 * np.abs(np.diff(PIECES[30:45, 0], axis=0)).mean()


def test_pieces_flow_into_one_another():
    steps = np.abs(np.diff(stitched().codes(3, 0, 0, 1200), axis=0))
    within = np.abs(np.diff(PIECES[:, 0], axis=0)).max() / INTERVAL
    apart = np.ptp(PIECES[:, 0], axis=0).max() / FADE
    assert steps.max() < 1.5 * (1.5 * within + 1.5 * apart)  # a spline's and a fade's steepest are 1.5 times their mean


def test_the_most_common_of_codes_is_not_moved_by_a_few_that_lie_elsewhere():
    rng = np.random.default_rng(0)
    pauses = np.concatenate([0.1 * rng.standard_normal((18, 16)) + 3, rng.standard_normal((14, 16)) - 5])
    assert np.abs(most_common(pauses.astype(np.float32)) - 3).max() < 0.1 and most_common(pauses[:1]).shape == (16,)
