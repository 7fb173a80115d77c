"""Which library an array belongs to: NumPy or torch, by the names of the array API."""

from __future__ import annotations

from typing import Any

import numpy as np

_IS_STANDARD = hasattr(np, "concat")
"""NumPy speaks the array API itself from version 2 on."""


def array_namespace(*arrays: Any) -> Any:
    """The functions for these arrays, as the array API names them.

    Loading array_api_compat's for NumPy takes longer than a line of speech, since they bring all of NumPy with them.
    """
    if _IS_STANDARD and all(isinstance(array, np.ndarray) for array in arrays):
        return np
    import array_api_compat

    return array_api_compat.array_namespace(*arrays)
