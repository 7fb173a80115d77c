"""What the core's tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from small_models import random_model
from sources import KINDS, Source

from a2g_core.model.checkpoint import Model


@pytest.fixture(scope="module")
def one_thread() -> Iterator[None]:
    """For networks so small that they only wait for a second thread, on a busy machine for very long."""
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="session")
def model() -> Model:
    return random_model()


@pytest.fixture(scope="session", params=KINDS)
def data(request, tmp_path_factory) -> Source:
    """Speech and gestures as models are trained on: made, and recorded where ../shared is beside the repository."""
    return Source(request.param, tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session", params=KINDS[-1:])
def best_data(request, tmp_path_factory) -> Source:
    """The recorded where it lies beside the repository, else the made: for tests that take minutes."""
    return Source(request.param, tmp_path_factory.getbasetemp())
