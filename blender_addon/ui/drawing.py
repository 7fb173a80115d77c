"""Shapes and texts in pixels of the region that Blender is drawing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

Colour = tuple[float, float, float, float]
Rectangle = tuple[float, float, float, float]
"""Left, bottom, right, top."""

_TEXT_PX = 11  # at an interface scale of 1


def fill(corners: Sequence[tuple[float, float]], colour: Colour) -> None:
    """A convex shape of four corners."""
    triangles(np.array(corners, np.float32), np.array([(0, 1, 2), (0, 2, 3)], np.int32), colour)


def rectangles(shown: Sequence[Rectangle], colour: Colour) -> None:
    """Many rectangles at once."""
    if not shown:
        return
    left, bottom, right, top = np.array(shown, np.float32).T
    corners = np.stack([left, bottom, right, bottom, right, top, left, top], axis=1).reshape(-1, 2)
    first = 4 * np.arange(len(left), dtype=np.int32)[:, None]
    triangles(corners, (first + np.array([0, 1, 2, 0, 2, 3], np.int32)).reshape(-1, 3), colour)


def triangles(corners: np.ndarray, indices: np.ndarray, colour: Colour) -> None:
    """Triangles of corners (N, 2) float32 by their numbers (M, 3) int32."""
    import gpu  # not in every background Blender
    from gpu_extras.batch import batch_for_shader

    shader = gpu.shader.from_builtin("UNIFORM_COLOR")
    shader.uniform_float("color", colour)
    make: Any = batch_for_shader  # the stubs know no arrays
    make(shader, "TRIS", {"pos": corners}, indices=indices).draw(shader)


def write(text: str, x: float, y: float, right: float, scale: float, alpha: float = 1.0) -> None:
    """The text up to the right edge; its shadow makes it legible on any colour. Turns blending off."""
    import blf

    font = 0
    blf.size(font, _TEXT_PX * scale)
    blf.color(font, 1.0, 1.0, 1.0, alpha)
    blf.shadow(font, 3, 0.0, 0.0, 0.0, 0.9)
    blf.enable(font, blf.SHADOW)
    blf.enable(font, blf.CLIPPING)
    blf.clipping(font, x, 0.0, right, y + 4 * _TEXT_PX * scale)
    blf.position(font, x, y, 0.0)
    blf.draw(font, text)
    blf.disable(font, blf.CLIPPING)
    blf.disable(font, blf.SHADOW)


def width_of(text: str, scale: float) -> float:
    """How wide a text is."""
    import blf

    blf.size(0, _TEXT_PX * scale)
    return float(blf.dimensions(0, text)[0])
