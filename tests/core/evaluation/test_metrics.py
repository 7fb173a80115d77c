import numpy as np
import pytest

from a2g_core.errors import DataError
from a2g_core.evaluation.metrics import multimodality_cm


def test_eq16_by_hand():
    still = np.zeros((4, 2, 3))
    assert multimodality_cm([still, still]) == 0
    assert multimodality_cm([still, still + 0.01]) == pytest.approx(3.0)
    assert multimodality_cm([still, still + 0.01, still - 0.01]) == pytest.approx((3 + 3 + 6) / 3)


def test_the_printed_divisor_is_not_the_number_of_pairs():
    runs = list(np.random.default_rng(0).standard_normal((20, 5, 3, 3)))
    assert multimodality_cm(runs, literal=True) / multimodality_cm(runs) == pytest.approx(190 / 200)


def test_one_run_has_no_pairs():
    with pytest.raises(DataError, match="several seeds"):
        multimodality_cm([np.zeros((4, 2, 3))])
