"""What several tests of this room need."""

from __future__ import annotations

import pytest
from places import ROOT

from a2g_core.model.checkpoint import Model, load_model
from a2g_core.speech.audio import open_speech
from a2g_core.speech.heard import Heard, hear


@pytest.fixture(scope="module")
def product() -> Model:
    """The model that ships."""
    return load_model()


@pytest.fixture(scope="module")
def heard(product: Model) -> Heard:
    """The demo's speech, as the model hears it."""
    return hear(open_speech(ROOT / "scripts/sample/speech.wav"), product.fps)
