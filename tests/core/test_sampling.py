import numpy as np
import pytest

from a2g_core.sampling import bank_statistics, correlated_noise, random_signal, smoothing_kernel, white_noise

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
