"""Where the arrays live: NumPy, or torch on one of its devices."""

from __future__ import annotations

import ctypes
import platform
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from ..body.rotations import Array as Array
from ..errors import DeviceError

ToDevice: TypeAlias = Callable[[np.ndarray], Array]
ToNumpy: TypeAlias = Callable[[Array], np.ndarray]


def array_library(device: str) -> tuple[ToDevice, ToNumpy, Callable[[], AbstractContextManager[Any]]]:
    """(to the device, back to NumPy, context without gradients) for 'numpy', 'cpu', 'cuda', 'mps' or 'auto'."""
    device = resolve_device(device)
    if device == "numpy":
        return (lambda a: np.asarray(a, np.float32)), (lambda a: a), nullcontext
    import torch

    place = torch.device(device)
    return (
        (lambda a: torch.tensor(a, dtype=torch.float32, device=place)),
        (lambda a: a.cpu().numpy()),
        torch.inference_mode,
    )


def resolve_device(device: str) -> str:
    """'auto' to the fastest device there is; DeviceError for one that is not here."""
    if device == "numpy" or (device == "auto" and "torch" not in sys.modules and not _may_use_gpu()):
        return "numpy"
    if device not in ("auto", "cpu", "cuda", "mps"):
        raise DeviceError(f"there is no device '{device}'", "use auto, numpy, cpu, cuda or mps")
    try:
        import torch
    except ImportError:
        if device == "auto":
            return "numpy"
        raise DeviceError(
            f"device '{device}' needs torch, which is not installed", "install torch or use 'numpy'"
        ) from None
    here = {"cpu": True, "cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    if device == "auto":
        return next((d for d in ("cuda", "mps") if here[d]), "numpy")
    if not here[device]:
        raise DeviceError(f"torch finds no {device} device here", "use 'auto' or 'numpy'")
    return device


def _may_use_gpu() -> bool:
    """Whether torch is installed and this machine has a graphics card that it may know. Importing torch to ask it takes
    longer than a minute of speech."""
    if find_spec("torch") is None:
        return False
    if platform.system() == "Darwin":
        return platform.machine() == "arm64"
    if Path("/dev/kfd").exists():  # AMD's
        return True
    try:
        driver = ctypes.CDLL("nvcuda.dll" if platform.system() == "Windows" else "libcuda.so.1")
    except OSError:
        return False
    count = ctypes.c_int(0)
    is_there = driver.cuInit(0) == 0 and driver.cuDeviceGetCount(ctypes.byref(count)) == 0
    return is_there and count.value > 0
