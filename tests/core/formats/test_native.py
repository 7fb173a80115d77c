"""Nested dicts with arrays come back from a file as they were; any other file is refused in one way."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from a2g_core.errors import PinError
from a2g_core.formats import native

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

ARRAYS = st.builds(
    lambda values, dtype: np.array(values, dtype),
    st.lists(st.integers(0, 100), max_size=5),
    st.sampled_from(["f4", "f8", "i8", "u1"]),
)
VALUES = st.dictionaries(
    st.text("abc", min_size=1),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | ARRAYS,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab.", min_size=1), inner, max_size=3),
    ),
)


def packed(values: dict) -> io.BytesIO:
    file = io.BytesIO()
    native.save(file, values)
    file.seek(0)
    return file


def same(a: object, b: object) -> bool:
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[key], b[key]) for key in a)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        return a.dtype == b.dtype and np.array_equal(a, b)
    return type(a) is type(b) and a == b


@QUICK
@given(VALUES)
def test_what_is_packed_comes_back(values):
    assert same(native.load(packed(values), dict), values)


def test_without_arrays_there_is_none_in_their_place():
    values = {"a": [np.ones(3), {"b": np.zeros(2), "c": "text"}]}
    assert native.load(packed(values), dict, with_arrays=False) == {"a": [None, {"b": None, "c": "text"}]}


@QUICK
@given(st.binary(max_size=60), st.integers(0, 10**6), st.booleans())
def test_damage_has_one_name(noise, where, cut):
    whole = packed({"a": {"b": np.arange(30.0)}, "c": [1, "x"]}).getvalue()
    where %= len(whole)
    spoiled = whole[:where] + noise + (b"" if cut else whole[where + len(noise) :])
    try:
        native.load(io.BytesIO(spoiled), lambda values: values["a"]["b"].sum() + values["c"][0])
    except native.DamagedError as error:
        assert str(error)


def test_nothing_in_a_file_is_unpickled():
    file = io.BytesIO()
    np.savez(file, about=np.frombuffer(b"{}", np.uint8), evil=np.array([{}], dtype=object))
    file.seek(0)
    with pytest.raises(native.DamagedError, match="holds objects"):
        native.load(file, dict)


@pytest.mark.parametrize(
    ("path", "message"),
    [("a/b/c", "invalid literal"), ("a/7", "out of range"), ("x/y", "'x'"), ("c/0", "item assignment")],
)
def test_an_array_without_a_place_is_damage(path, message):
    file = io.BytesIO()
    about = np.frombuffer(b'{"a": [1], "c": "text"}', np.uint8)
    np.savez(file, **{"about": about, path: np.ones(2)})
    file.seek(0)
    with pytest.raises(native.DamagedError, match=message):
        native.load(file, dict)


def test_errors_that_are_sentences_already_pass():
    def build(_values):
        raise PinError("a pin is bad", "mend it")

    with pytest.raises(PinError, match="a pin is bad"):
        native.load(packed({}), build)
