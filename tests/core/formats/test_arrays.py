"""Archives of arrays are read as NumPy reads them; one that asks for too much, or lies, is refused beforehand."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile

import numpy as np
import pytest

from a2g_core.formats.arrays import DamagedError, read_arrays

_MB = 1 << 20


def _npy(array: np.ndarray, allow_pickle: bool = False) -> bytes:
    file = io.BytesIO()
    np.lib.format.write_array(file, array, allow_pickle=allow_pickle)
    return file.getvalue()


def _zip(*members: tuple[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, data in members:
            archive.writestr(name, data)
    file.seek(0)
    return file


def _header(text: str) -> bytes:
    text += " " * (-(len(text) + 11) % 64) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text.encode()


def test_arrays_come_back_as_numpy_reads_them():
    given = {
        "a": np.arange(12, dtype="<f4").reshape(3, 4), "fortran": np.asfortranarray(np.arange(12.0).reshape(3, 4)),
        "number": np.float64(30), "none": np.zeros((0, 4)), "text": np.array("neutral"),
        "big": np.arange(3, dtype=">i2"),
    }  # fmt: skip
    file = io.BytesIO()
    np.savez_compressed(file, **given)
    found = read_arrays(file)
    assert found.keys() == given.keys()
    for name, array in given.items():
        assert found[name].dtype == np.asarray(array).dtype and found[name].shape == np.shape(array)
        np.testing.assert_array_equal(found[name], array)
        assert found[name].flags.writeable
    assert read_arrays(file, ["a", "absent"]).keys() == {"a"}


def test_what_is_not_asked_for_may_be_anything():
    file = _zip(("a.npy", _npy(np.ones(3))), ("betas.npy", _npy(np.array([{}], object), allow_pickle=True)))
    assert read_arrays(file, ["a"])["a"].sum() == 3


ONES = _npy(np.ones(3))
REFUSED = {
    "objects": ([("a.npy", _npy(np.array([{}], object), allow_pickle=True))], "holds objects"),
    "objects within a structure": (
        [("a.npy", _header("{'descr': [('x', '|O')], 'fortran_order': False, 'shape': (1,)}") + bytes(8))], "objects"
    ),
    "a terabyte in the header": (
        [("a.npy", _header("{'descr': '<f8', 'fortran_order': False, 'shape': (137438953472,)}"))], "another size"
    ),
    "a shape that wraps around": (
        [("a.npy", _header(f"{{'descr': '<f8', 'fortran_order': False, 'shape': ({2**32}, {2**32})}}"))], "another size"
    ),
    "a negative shape": (
        [("a.npy", _header("{'descr': '<f8', 'fortran_order': False, 'shape': (-1, -3)}") + bytes(24))], "another size"
    ),
    "a header that is cut": ([("a.npy", ONES[:40])], "."),
    "a body that is cut": ([("a.npy", ONES[:-8])], "another size"),
    "more than the header says": ([("a.npy", ONES + b"more")], "another size"),
    "no array": ([("a.npy", b"hello, this is text")], "."),
    "a header that is code": ([("a.npy", _header("__import__('os').getpid()"))], "."),
    "one name twice": ([("a.npy", ONES), ("a", ONES)], "twice"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_lies_is_refused(case):
    members, why = REFUSED[case]
    with pytest.raises(DamagedError, match=why):
        read_arrays(_zip(*members))


@pytest.mark.parametrize("name", ["../../a.npy", "/etc/a.npy", "C:\\a.npy"])
def test_a_path_in_an_archive_is_a_name_and_leads_nowhere(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    read_arrays(_zip((name, ONES)))
    assert not list(tmp_path.rglob("*"))


def test_a_bomb_is_refused_before_it_is_unpacked():
    zeros = np.zeros(64 * _MB, np.uint8)
    file = _zip(("a.npy", _npy(zeros)))
    assert len(file.getvalue()) < _MB
    tracemalloc.start()
    with pytest.raises(DamagedError, match="more than 32 MB"):
        read_arrays(file, most_bytes=32 * _MB)
    assert tracemalloc.get_traced_memory()[1] < _MB
    tracemalloc.stop()


def test_what_unpacks_to_more_or_less_than_it_says_gets_no_room_for_it():
    honest = _zip(("a.npy", _npy(np.zeros(8 * _MB, np.uint8)))).getvalue()
    size = struct.pack("<I", 8 * _MB + 128)
    assert honest.count(size) == 2
    for claim in (1 << 28, 200):
        tracemalloc.start()
        with pytest.raises(DamagedError):
            read_arrays(io.BytesIO(honest.replace(size, struct.pack("<I", claim))))
        assert tracemalloc.get_traced_memory()[1] < 40 * _MB
        tracemalloc.stop()
