"""What the core's tests share."""

from __future__ import annotations

import pytest
from small_models import random_model

from a2g_core.model.checkpoint import Model


@pytest.fixture(scope="session")
def model() -> Model:
    return random_model()
