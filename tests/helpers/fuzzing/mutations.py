"""What is done to valid inputs: blind damage to bytes and numbers, and forgeries that keep a format's own checks happy.

Everything follows from the random generator alone.
"""

from __future__ import annotations

import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from random import Random
from typing import Any

import numpy as np

LARGE = (0, 1, 2, 3, 255, 256, 1000, 65535, 65536, 10**6, 2**31 - 1, 2**31, 2**32 - 1, 2**40, 2**63 - 1)
NUMBERS = (
    "0", "-1", "1", "0.5", "-0.0", "1e-300", "1e308", "-1e308", "1e9", "1000000000", "nan", "inf", "-inf", "NaN",
    "Infinity", "99999999999999999999", "9" * 5000, "0x10", "1_000", "1e", "", "١",
)  # fmt: skip
TEXTS = (
    "",
    " ",
    "x",
    "x" * 3000,
    "\x00",
    "\ud800",
    "../../x",
    "/",
    "C:\\x",
    "a\nb",
    "{0}",
    "{x!r:>99}",
    "%s",
    "ü" * 99,
)
DEEP = "\x00deep\x00"
"""Stands in a JSON value for a list within a list within a list, a hundred thousand times."""

Forgery = Callable[[Any, Random], Any]


# Bytes ----------------------------------------------------------------------------------------------------------------


def damaged(data: bytes, rng: Random, other: bytes = b"") -> bytes:
    """One to four kinds of damage, mostly near the beginning, where headers are. other: another input, to splice in."""
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        data = rng.choice(_DAMAGE)(bytearray(data), rng, other)
    return bytes(data)


def _place(data: bytearray, rng: Random) -> int:
    if not data:
        return 0
    most = len(data) if rng.random() < 0.5 else min(len(data), rng.choice((16, 64, 512)))
    return rng.randrange(most)


def _flip(data: bytearray, rng: Random, other: bytes) -> bytearray:
    for _ in range(rng.choice((1, 2, 8, 64))):
        if data:
            data[_place(data, rng)] ^= 1 << rng.randrange(8)
    return data


def _cut(data: bytearray, rng: Random, other: bytes) -> bytearray:
    return data[: rng.randrange(len(data) + 1)] if rng.random() < 0.7 else data[rng.randrange(min(len(data), 64) + 1) :]


def _grow(data: bytearray, rng: Random, other: bytes) -> bytearray:
    """A binary number somewhere becomes another one."""
    size, order = rng.choice((1, 2, 4, 8)), rng.choice(("little", "big"))
    at = _place(data, rng)
    data[at : at + size] = (rng.choice(LARGE) % 256**size).to_bytes(size, order)
    return data


def _splice(data: bytearray, rng: Random, other: bytes) -> bytearray:
    source = other or bytes(data)
    start = rng.randrange(len(source) + 1)
    piece = source[start : start + rng.choice((4, 64, 4096))]
    at = _place(data, rng)
    return data[:at] + piece + data[at if rng.random() < 0.5 else at + len(piece) :]


def _remove(data: bytearray, rng: Random, other: bytes) -> bytearray:
    at = _place(data, rng)
    del data[at : at + rng.choice((1, 3, 100))]
    return data


def _blank(data: bytearray, rng: Random, other: bytes) -> bytearray:
    at, size = _place(data, rng), rng.choice((4, 100, 5000))
    data[at : at + size] = bytes([rng.choice((0, 255, rng.randrange(256)))]) * min(size, len(data) - at)
    return data


_DAMAGE = (_flip, _flip, _cut, _grow, _grow, _splice, _remove, _blank)


# Text -----------------------------------------------------------------------------------------------------------------


def damaged_text(data: bytes, rng: Random, other: bytes = b"") -> bytes:
    """Numbers, words and lines of a text change; now and then its bytes do."""
    if rng.random() < 0.2:
        return damaged(data, rng, other)
    lines = data.decode("utf-8", "replace").split("\n")
    for _ in range(rng.choice((1, 1, 2, 5))):
        _change_text(lines, rng)
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def _change_text(lines: list[str], rng: Random) -> None:
    at = rng.randrange(len(lines)) if rng.random() < 0.3 else rng.randrange(min(len(lines), 200))
    words = re.split(r"(\s+)", lines[at])
    k, kind = rng.randrange(len(words)), rng.randrange(7)
    if kind <= 1:
        numbers = [i for i, word in enumerate(words) if re.fullmatch(r"[-+.\deE]+", word)] or [k]
        words[rng.choice(numbers)] = rng.choice(NUMBERS)
    elif kind == 2:
        words[k] = rng.choice((*TEXTS, "{", "}", words[k].upper(), words[k].lower()))
    elif kind == 3:
        words.insert(k, rng.choice(words) + " ")
    elif kind == 4:
        del words[k]
    elif kind == 5:
        other = rng.randrange(len(lines))
        lines[at], lines[other] = lines[other], lines[at]
        return
    else:
        lines[at:at] = [lines[at]] * rng.choice((1, 2, 500))
        return
    lines[at] = "".join(words)


# JSON -----------------------------------------------------------------------------------------------------------------


def forged_json(value: Any, rng: Random) -> Any:
    """A copy of a JSON value in which something has another type, another size, another name, or is gone."""
    value = json.loads(json.dumps(value))
    holders = _holders(value)
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        if not holders:
            return _junk(rng)
        holder = rng.choice(holders)
        _change_holder(holder, rng)
    return value


def json_text(value: Any) -> str:
    """The value as JSON text, with what stands for deep nesting put in."""
    text = json.dumps(value)
    return text.replace(json.dumps(DEEP), "[" * 100_000 + "]" * 100_000)


def damaged_json(data: bytes, rng: Random, other: bytes = b"") -> bytes:
    """A JSON file with a forged value, a name that occurs twice, or damaged text."""
    kind = rng.random()
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):  # damaged before
        kind = 0
    if kind < 0.15:
        return damaged_text(data, rng, other)
    text = json_text(forged_json(value, rng))
    if kind < 0.25:
        text = re.sub(r'("\w+": )(?=\S)', lambda m: f"{m.group(1)}0, {m.group(1)}", text, count=rng.choice((1, 5)))
    return text.encode("utf-8", "surrogatepass")


def _holders(value: Any) -> list[Any]:
    """Every dict and list in a value that holds anything; the deepest are no likelier than the others."""
    found, left = [], [value]
    while left:
        one = left.pop()
        if isinstance(one, dict | list) and one:
            found.append(one)
            left += list(one.values() if isinstance(one, dict) else one[:50])
    return found


def _change_holder(holder: Any, rng: Random) -> None:
    if not holder:
        return
    key = rng.choice(list(holder)) if isinstance(holder, dict) else rng.randrange(len(holder))
    kind = rng.randrange(8)
    if kind <= 3:
        holder[key] = _like(holder[key], rng) if kind <= 1 else _junk(rng)
    elif kind == 4:
        del holder[key]
    elif kind == 5 and isinstance(holder, dict):
        holder[rng.choice((*TEXTS[:6], *map(str, holder)))] = holder.pop(key)
    elif kind == 6:
        holder[key] = [holder[key]] * rng.choice((1, 2, 100))
    elif isinstance(holder, dict):
        other = rng.choice(list(holder))
        holder[key], holder[other] = holder[other], holder[key]
    else:
        holder.insert(key, holder[key])


def _like(value: Any, rng: Random) -> Any:
    """Another value of the same type."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float) and abs(value) < 1e15:
        return rng.choice((0, -1, 1, -value, value + 1, value * 1000, value / 1000, 1e9, 10**18, 10**30, 1e308, 5e-324,
                           float("nan"), float("inf"), -float("inf"), int(value), float(value)))  # fmt: skip
    if isinstance(value, str):
        return rng.choice((*TEXTS, value[:-1], value + value, value.upper()))
    return type(value)() if isinstance(value, dict | list) else 0


def _junk(rng: Random) -> Any:
    return rng.choice((None, True, False, 0, -1, 3, 1e308, float("nan"), 10**30, [], {}, [[]], {"a": []}, [1, "x"],
                       DEEP, "1", *TEXTS))  # fmt: skip


# NumPy archives -------------------------------------------------------------------------------------------------------


def damaged_glb(data: bytes, rng: Random, other: bytes = b"") -> bytes:
    """A glTF in one file whose document is forged or whose numbers change; or raw damage."""
    if rng.random() < 0.25:
        return damaged(data, rng, other)
    size = struct.unpack_from("<I", data, 12)[0]
    text, rest = data[20 : 20 + size], data[20 + size :]
    if rng.random() < 0.75:
        text = damaged_json(text, rng)
    else:
        rest = rest[:8] + damaged(rest[8:], rng)
    return data[:8] + struct.pack("<3I", 20 + len(text) + len(rest), len(text), 0x4E4F534A) + text + rest


def damaged_npz(data: bytes, rng: Random, other: bytes = b"") -> bytes:
    """An archive with forged arrays, headers, names or sizes, and the checksums that zip demands; or raw damage."""
    if rng.random() < 0.25:
        return damaged(data, rng, other)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    for _ in range(rng.choice((1, 1, 2))):
        if members:
            _forge_member(members, rng)
    packed = _packed(members, rng)
    return _lying(packed, rng) if rng.random() < 0.12 else packed


def _packed(members: list[tuple[str, bytes]], rng: Random) -> bytes:
    file = io.BytesIO()
    how = rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2))
    with zipfile.ZipFile(file, "w", how) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, how)
    return file.getvalue()


def _forge_member(members: list[tuple[str, bytes]], rng: Random) -> None:
    k = rng.randrange(len(members))
    name, content = members[k]
    kind = rng.randrange(9)
    if kind <= 3:
        members[k] = name, _forged_array(content, rng)
    elif kind == 4:
        members[k] = name, _forged_header(content, rng)
    elif kind == 5:
        members[k] = name, damaged(content, rng)
    elif kind == 6:
        members[k] = rng.choice(("../x.npy", "/x.npy", "x", "", name[:-4], name.upper(), "\ufffd.npy")), content
    elif kind == 7:
        del members[k]
    else:
        members.insert(k, (name, rng.choice(members)[1]))


def _forged_array(content: bytes, rng: Random) -> bytes:
    """Another array in its place: other values, shape or type, and a header that is true of it."""
    try:
        array = np.load(io.BytesIO(content), allow_pickle=False)
    except Exception:  # forged before
        return damaged(content, rng)
    if array.size > 200_000:
        array = array[:100]
    file = io.BytesIO()
    try:
        forged = rng.choice(_ARRAYS)(array, rng)
    except ValueError:  # text that is no number
        forged = np.zeros(3)
    np.lib.format.write_array(file, forged, allow_pickle=True)
    return file.getvalue()


def _with_odd_values(array: np.ndarray, rng: Random) -> np.ndarray:
    array = array.copy()
    if array.dtype.kind == "f" and array.size:
        flat = array.reshape(-1)
        odd = rng.choice((np.nan, np.inf, -np.inf, 1e30, -1e30, 0.0, 1e-40, 1e308))
        at = slice(None) if rng.random() < 0.3 else rng.randrange(flat.size)
        with np.errstate(over="ignore"):
            flat[at] = odd
    elif array.dtype.kind in "iu" and array.size:
        info = np.iinfo(array.dtype)
        array.reshape(-1)[rng.randrange(array.size)] = rng.choice((info.min, info.max, 0, 1))
    return array


_ARRAYS: tuple[Forgery, ...] = (
    _with_odd_values, _with_odd_values, _with_odd_values,
    lambda a, rng: a.reshape(-1),
    lambda a, rng: a[..., None],
    lambda a, rng: np.moveaxis(a, 0, -1) if a.ndim else a,
    lambda a, rng: a[: rng.choice((0, 1, 2))] if a.ndim else np.zeros(rng.choice((0, 1, 3))),
    lambda a, rng: a[..., :-1] if a.ndim else a[None],
    lambda a, rng: a.astype(rng.choice(("f2", "f8", ">f4", "i4", "u1", "bool", "c16", "U5", "S3")), casting="unsafe"),
    lambda a, rng: np.array([{"x": 1}], object),
    lambda a, rng: np.zeros((2, 3), [("x", "f4"), ("y", "i8")]),
    lambda a, rng: np.zeros(rng.choice((1 << 20, 1 << 24)), np.uint8),
    lambda a, rng: np.concatenate([a] * rng.choice((2, 20))) if a.ndim and 0 < a.size < 10**6 else a,
    lambda a, rng: np.array(rng.choice((0, -1, 30, 1e9, np.nan, np.inf, "30", b"x", 2**62))),
)  # fmt: skip


def _forged_header(content: bytes, rng: Random) -> bytes:
    """A header that lies about the array after it."""
    end = content.find(b"\n") + 1
    shape = rng.choice(("()", "(0,)", "(-1,)", "(1, -3)", "(1099511627776,)", "(4294967296, 4294967296)", "(10**99,)",
                        "(1.5,)", "('x',)", f"({10**30},)", "(" + "1, " * 70 + ")"))  # fmt: skip
    dtype = rng.choice(("<f4", "<f8", "|O", "|V0", "<U999999999", "m8", "x", "(3,)f4", ">f4"))
    order = rng.choice(("True", "False", "3"))
    text = rng.choice((
        f"{{'descr': '{dtype}', 'fortran_order': {order}, 'shape': {shape}, }}", "{'descr': '<f4'}", "[" * 500,
        "__import__('os')", f"{{'descr': {'[' * 50}, 'shape': ()}}", "{}" + " " * 20_000,
    ))  # fmt: skip
    length = struct.pack("<H", min(len(text) + 1, 65535))
    version = rng.choice((b"\x01\x00", b"\x02\x00", b"\x03\x00", b"\x09\x00"))
    length = length if version == b"\x01\x00" else length + b"\x00\x00"
    return b"\x93NUMPY" + version + length + text.encode() + b"\n" + content[end:]


def _lying(data: bytes, rng: Random) -> bytes:
    """Zip's own records lie about a member's size; its checksum stays true."""
    data_ = bytearray(data)
    at = data.find(b"PK\x01\x02") if rng.random() < 0.7 else 0
    at += rng.choice((20, 24)) if at else rng.choice((18, 22))
    data_[at : at + 4] = struct.pack("<I", rng.choice((0, 1, 100, 2**20, 2**31 - 1, 2**32 - 1)))
    return bytes(data_)


def bomb(name: str, header: bytes, zeros: int) -> bytes:
    """An archive with one member of a header and very many zeros, which takes little room and little time to make."""
    block = bytes(1 << 20)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed, crc = packer.compress(header) + packer.flush(zlib.Z_FULL_FLUSH), zlib.crc32(header)
    repeated = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    for _ in range(zeros >> 20):
        crc = zlib.crc32(block, crc)
    packed += repeated * (zeros >> 20) + packer.flush()
    size = len(header) + (zeros >> 20 << 20)
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 33, crc, len(packed), size, len(name), 0)
    central = struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 8, 0, 33, crc, len(packed), size, len(name), 0,
                          0, 0, 0, 0, 0)  # fmt: skip
    body = local + name.encode() + packed
    directory = central + name.encode()
    return body + directory + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 1, 1, len(directory), len(body), 0)
