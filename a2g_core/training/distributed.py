"""Runs on one process, or on several under `torchrun`: ranks, devices, and the averaging of gradients."""

from __future__ import annotations

import os
from dataclasses import dataclass

import torch
from torch import nn

from ..errors import DeviceError


@dataclass(frozen=True)
class World:
    """This process among `size`: its rank and its device."""

    rank: int
    size: int
    device: torch.device

    @property
    def leads(self) -> bool:
        """Rank 0 writes files and shows progress."""
        return self.rank == 0

    def wrap(self, module: nn.Module) -> nn.Module:
        """The module, with its gradients averaged over all processes."""
        if self.size == 1:
            return module
        ids = [self.device.index] if self.device.type == "cuda" else None
        return nn.parallel.DistributedDataParallel(module, device_ids=ids)

    def close(self) -> None:
        if self.size > 1:
            torch.distributed.destroy_process_group()


def join_world(device: str) -> World:
    """Read torchrun's environment variables if they are set. device: 'auto', 'cpu', 'cuda' or 'mps'."""
    if device == "auto":
        device = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"
    here = {"cpu": True, "cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    if not here.get(device, False):
        raise DeviceError(f"torch finds no {device} device here", "train with --device auto or cpu")
    size = int(os.environ.get("WORLD_SIZE", "1"))
    if size == 1:
        return World(0, 1, torch.device(device))
    rank, local = int(os.environ["RANK"]), int(os.environ["LOCAL_RANK"])
    torch.distributed.init_process_group("nccl" if device == "cuda" else "gloo")
    return World(rank, size, torch.device(device, local) if device == "cuda" else torch.device(device))
