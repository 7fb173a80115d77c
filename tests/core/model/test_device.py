"""Which device is used: `auto` must not wait for torch where there is no graphics card, nor miss one where there is."""

from __future__ import annotations

import builtins
import ctypes
import sys
from types import SimpleNamespace

import pytest

from a2g_core.errors import DeviceError
from a2g_core.model import device
from a2g_core.model.device import resolve_device


def driver(n_cards: int, status: int = 0) -> SimpleNamespace:
    """Stands in for NVIDIA's library."""

    def count_into(count: object) -> int:
        ctypes.cast(count, ctypes.POINTER(ctypes.c_int))[0] = n_cards
        return 0

    return SimpleNamespace(cuInit=lambda flags: status, cuDeviceGetCount=count_into)


def fake_torch(cuda: bool, mps: bool) -> SimpleNamespace:
    kinds = SimpleNamespace(is_available=lambda: cuda), SimpleNamespace(is_available=lambda: mps)
    return SimpleNamespace(cuda=kinds[0], backends=SimpleNamespace(mps=kinds[1]))


@pytest.fixture
def machine(monkeypatch):
    """Sets what a machine has on which torch is not loaded yet; importing that gives `torch`, or fails the test."""
    real = builtins.__import__

    def make(library=None, system="Linux", chip="x86_64", torch=None) -> None:
        def open_library(name: str) -> SimpleNamespace:
            if library is None:
                raise OSError(name)
            return library

        def load(name, *arguments, **options):
            if name.partition(".")[0] != "torch":
                return real(name, *arguments, **options)
            assert torch is not None, "torch was imported"
            return torch

        monkeypatch.setattr(device.ctypes, "CDLL", open_library)
        monkeypatch.setattr(device.platform, "system", lambda: system)
        monkeypatch.setattr(device.platform, "machine", lambda: chip)
        monkeypatch.setattr(device, "find_spec", lambda name: object())
        monkeypatch.delitem(sys.modules, "torch", raising=False)
        monkeypatch.setattr(builtins, "__import__", load)

    return make


@pytest.mark.parametrize("library", [None, driver(0), driver(1, status=100)], ids=["no driver", "no card", "no use"])
def test_auto_is_numpy_without_asking_torch_where_there_is_no_card(machine, library):
    machine(library)
    assert resolve_device("auto") == "numpy"


def test_auto_is_numpy_on_an_old_mac(machine):
    machine(system="Darwin")
    assert resolve_device("auto") == "numpy"


@pytest.mark.parametrize(
    ("library", "system", "chip", "found"),
    [(driver(1), "Linux", "x86_64", "cuda"), (driver(2), "Windows", "AMD64", "cuda"), (None, "Darwin", "arm64", "mps")],
)
def test_auto_asks_torch_where_there_may_be_one(machine, library, system, chip, found):
    machine(library, system, chip, fake_torch(found == "cuda", found == "mps"))
    assert resolve_device("auto") == found
    machine(library, system, chip, fake_torch(False, False))
    assert resolve_device("auto") == "numpy", "a torch that was built for the processor alone"


def test_torch_that_is_loaded_is_asked_at_once(machine, monkeypatch):
    torch = fake_torch(cuda=True, mps=False)
    machine(torch=torch)
    monkeypatch.setitem(sys.modules, "torch", torch)
    assert resolve_device("auto") == "cuda"


def test_a_device_that_is_unknown_or_not_here_is_refused(machine):
    with pytest.raises(DeviceError, match="there is no device 'tpu'"):
        resolve_device("tpu")
    machine(torch=fake_torch(False, False))
    with pytest.raises(DeviceError, match="torch finds no cuda device here"):
        resolve_device("cuda")
