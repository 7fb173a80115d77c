"""Datagrams of Open Sound Control are those that another package writes, and it reads them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pythonosc.osc_bundle import OscBundle
from pythonosc.osc_message_builder import OscMessageBuilder

from a2g_core.live.osc import LARGEST, bundles, message

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)
VALUES = st.lists(st.integers(-(2**31), 2**31 - 1) | st.floats(width=32, allow_nan=False) | TEXT, max_size=9)


@given(TEXT.map(lambda text: "/" + text), VALUES)
def test_a_message_has_the_bytes_of_another_package(address, values):
    builder = OscMessageBuilder(address)
    for value in values:
        kind = {str: "s", int: "i", float: "f"}[type(value)]
        builder.add_arg(value, kind)
    assert message(address, *values) == builder.build().dgram


@given(st.lists(st.integers(0, 400), max_size=60))
def test_bundles_hold_all_messages_in_order_and_fit_a_datagram(lengths):
    sent = [message(f"/number/{k}", "x" * n) for k, n in enumerate(lengths)]
    packets = list(bundles(sent))
    assert all(len(packet) <= LARGEST for packet in packets)
    read = [content.dgram for packet in packets for content in OscBundle(packet)]
    assert read == sent


def test_what_fits_no_datagram_is_sent_alone():
    large = message("/large", "x" * 3000)
    assert [len(list(OscBundle(packet))) for packet in bundles([message("/a"), large, message("/b")])] == [1, 1, 1]
