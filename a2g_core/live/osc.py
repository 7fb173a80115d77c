"""Open Sound Control 1.0 (Wright 2002): messages and bundles as the bytes of a datagram. The standard library alone."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator

Value = int | float | str

LARGEST = 1400
"""Bytes of a datagram that no network on the way splits."""

_IMMEDIATELY = b"#bundle\0" + struct.pack(">Q", 1)


def message(address: str, *values: Value) -> bytes:
    """One message: int as 32 bits, float as a float of 32 bits, text as UTF-8."""
    tags, data = ",", b""
    for value in values:
        if isinstance(value, str):
            tags, data = tags + "s", data + _text(value)
        elif isinstance(value, int):
            tags, data = tags + "i", data + struct.pack(">i", value)
        else:
            tags, data = tags + "f", data + struct.pack(">f", value)
    return _text(address) + _text(tags) + data


def bundles(messages: Iterable[bytes], largest: int = LARGEST) -> Iterator[bytes]:
    """Bundles of these messages in their order, to be acted on at once, none larger than it may be."""
    bundle = _IMMEDIATELY
    for data in messages:
        if len(bundle) > len(_IMMEDIATELY) and len(bundle) + 4 + len(data) > largest:
            yield bundle
            bundle = _IMMEDIATELY
        bundle += struct.pack(">i", len(data)) + data
    if len(bundle) > len(_IMMEDIATELY):
        yield bundle


def _text(text: str) -> bytes:
    """Text that ends with a zero, filled up to whole groups of four bytes."""
    data = text.encode() + b"\0"
    return data + b"\0" * (-len(data) % 4)
