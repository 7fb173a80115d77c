"""The drawing of the bones: each joint has a mark of its own, whose shape says what is the matter."""

from __future__ import annotations

import numpy as np
import pytest

from a2g_core.body.diagram import SIZE_PX, draw
from a2g_core.body.skeleton import SMPLX, mirror_name

ALL = frozenset(SMPLX.names)


def changed(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """(N, 2) rows and columns of pixels that differ."""
    return np.argwhere(np.abs(first - second).max(axis=-1) > 0.02)


@pytest.fixture(scope="module")
def whole() -> np.ndarray:
    return draw(ALL, ())


@pytest.fixture(scope="module")
def marks(whole) -> dict[str, np.ndarray]:
    """Where each joint's mark is."""
    return {name: changed(whole, draw(ALL - {name}, ())) for name in SMPLX.names}


def test_every_joint_has_a_small_mark_apart_from_the_others(whole, marks):
    assert whole.shape == (SIZE_PX, SIZE_PX, 4) and whole.dtype == np.float32
    assert whole.min() >= 0.0 and whole.max() <= 1.0
    middles = {name: pixels.mean(axis=0) for name, pixels in marks.items()}
    for name, pixels in marks.items():
        assert len(pixels) and np.ptp(pixels, axis=0).max() <= 12, name
        near = min(np.linalg.norm(middles[name] - at) for other, at in middles.items() if other != name)
        assert near > 6.0, (name, near)


def test_the_characters_left_is_to_the_right(marks):
    middles = {name: pixels.mean(axis=0) for name, pixels in marks.items()}
    for name, (row, column) in middles.items():
        if name.startswith("left_"):
            assert column > SIZE_PX / 2, name
            np.testing.assert_allclose(middles[mirror_name(name)], (row, SIZE_PX - 1 - column), atol=1.0)


def test_the_shape_alone_tells_the_three_kinds(whole, marks):
    """Whoever sees no colours sees a disc, a ring with a dark middle, or a cross that reaches beyond both."""
    grey = np.array((0.3, 0.59, 0.11))
    for name in ("left_elbow", "pelvis", "right_knee"):
        middle = tuple(np.round(marks[name].mean(axis=0)).astype(int))
        empty, wanted = draw(ALL - {name}, ()), draw(ALL - {name}, (name,))
        has, ring = (image[middle][:3] @ grey for image in (whole, empty))
        assert has - ring > 0.15, (name, has, ring)
        reach = np.ptp(changed(whole, wanted), axis=0).max()
        assert reach > np.ptp(marks[name], axis=0).max() + 4, name
