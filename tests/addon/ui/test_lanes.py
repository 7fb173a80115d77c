"""Lanes: where they are in a region, what a click there means, and who is asked when."""

from __future__ import annotations

from types import SimpleNamespace

import bpy
import numpy as np
import pytest


@pytest.fixture
def lane(addon):
    return addon.ui.lane


def view(lane, *, x0=100.0, frame_px=4.0, scale=1.0):
    return lane.View(x0, frame_px, 800, 20.0 * scale, 300.0 * scale, scale)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_lanes_are_stacked_from_the_top_down_at_every_scale(lane, scale):
    lanes = [lane.Lane("one"), lane.Lane("two", rows=2)]
    for at_top in (True, False):
        one, two = lane.placed(lanes, view(lane, scale=scale), at_top)
        assert one.top - one.bottom == lane.ROW_PX * scale and two.top - two.bottom == 2 * lane.ROW_PX * scale
        assert two.top < one.bottom <= two.top + 2 * scale
        assert one.top == 300 * scale if at_top else two.bottom == 20 * scale


def test_lanes_leave_room_for_the_strips(lane):
    lanes = [lane.Lane(str(k), rows=4) for k in range(9)]
    shown = lane.placed(lanes, view(lane), True)
    assert [place.lane.label for place in shown] == ["0", "1"]
    assert shown[-1].bottom > 100


def test_a_click_means_the_nearest_mark_or_else_the_span_and_nothing_elsewhere(lane):
    seen: list[object] = []

    def says(what):
        return lambda _context, is_upper: seen.append((what, is_upper))

    spans = lane.Span(0, 50, click=says("span")), lane.Span(50, 90, "no click")
    marks = lane.Mark(20, click=says("first")), lane.Mark(22, click=says("second")), lane.Mark(60, text="no click")
    for zoom, scale in ((4.0, 1.0), (40.0, 1.0), (4.0, 2.0)):
        shown_in = view(lane, frame_px=zoom, scale=scale)
        (place,) = shown = lane.placed([lane.Lane("lane", spans, marks)], shown_in, True)
        upper, lower = place.top - 2, place.bottom + 2

        def click(frame, y, beside=0.0, view=shown_in, shown=shown):
            found = lane.clicked(shown, view, view.x(frame) + beside, y)
            if found is not None:
                found[0](bpy.context, found[1])
            return found is not None

        seen.clear()
        assert click(20, upper, -3 * scale) and click(22, lower, 3 * scale) and click(40, upper)
        assert seen == [("first", True), ("second", False), ("span", True)]
        assert not click(60, upper), "a mark and a span without a click"
        assert not click(95, upper) and not click(20, place.top) and not click(20, place.bottom - 1)
        beyond = (lane.NEAR_PX + 1) * scale
        assert click(22, upper, beyond) and seen[-1][0] == "span", "too far from the mark"


def test_marks_that_are_too_close_together_to_be_hit_take_no_click(lane):
    marks = tuple(lane.Mark(30.0 * k, click=lambda *_: None) for k in range(100))
    for frame_px, takes in ((1.0, True), (0.3, False)):
        shown_in = view(lane, x0=0.0, frame_px=frame_px)
        shown = lane.placed([lane.Lane("lane", marks=marks)], shown_in, True)
        assert (lane.clicked(shown, shown_in, shown_in.x(300), 290) is not None) == takes


def test_overlays_and_markers_are_those_of_the_editor(addon, scene):
    def context(kind, **settings):
        return SimpleNamespace(space_data=SimpleNamespace(type=kind, **settings), scene=scene)

    assert not addon.bl.shows_overlays(context("SEQUENCE_EDITOR", show_overlays=False))
    assert addon.bl.shows_overlays(context("NLA_EDITOR")), "it has no such switch"
    assert not addon.bl.shows_markers(context("NLA_EDITOR", show_markers=True))
    scene.timeline_markers.new("here", frame=3)
    assert addon.bl.shows_markers(context("NLA_EDITOR", show_markers=True))
    assert not addon.bl.shows_markers(context("NLA_EDITOR", show_markers=False))


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_frames_are_where_the_editor_shows_them_also_of_a_scene_with_another_rate(lane, scene, scale):
    other = bpy.data.scenes.new("Edit")
    other.render.fps = 60

    def shown_in(kind, left, right):
        view2d = SimpleNamespace(region_to_view=lambda x, _y: (left + x * (right - left) / 800, 0.0))
        region = SimpleNamespace(view2d=view2d, width=800, height=400)
        system = SimpleNamespace(system=SimpleNamespace(ui_scale=scale))
        space = SimpleNamespace(type=kind, show_markers=True)
        return lane.View.of(SimpleNamespace(
            region=region, space_data=space, preferences=system, scene=scene, sequencer_scene=other,
        ))  # fmt: skip

    nla = shown_in("NLA_EDITOR", 100.0, 300.0)
    assert (nla.x(100), nla.x(150), nla.x(300)) == (0, 200, 800)
    edit = shown_in("SEQUENCE_EDITOR", 200.0, 600.0)
    assert (edit.x(100), edit.x(150), edit.x(300)) == (0, 200, 800), "the same seconds, in twice as many frames"
    assert 400 - edit.high == 26 * scale and nla.low == 20 * scale
    scene.timeline_markers.new("here", frame=3)
    assert shown_in("NLA_EDITOR", 0.0, 9.0).low == 64 * scale, "above the markers"


def test_providers_are_asked_for_the_character_and_drawing_asks_nobody(addon, character):
    owner = addon.owner.owned(addon.ui.lanes.Lanes)
    asked = []

    def provide(_context, obj):
        asked.append(obj.name)
        return [addon.ui.lane.Lane("Words", spans=(addon.ui.lane.Span(1, 9, "hello"),))]

    owner.provide("words", provide)
    try:
        assert not asked, "never where it was registered"
        assert [lane.label for lane in owner.provided(bpy.context, character)][-1] == "Words"
        assert asked == [character.name]
    finally:
        owner.withdraw("words")
    assert "Words" not in [lane.label for lane in owner.provided(bpy.context, character)]


def test_a_curve_keeps_its_corners_in_frames(addon):
    owner, lane = addon.owner.owned(addon.ui.lanes.Lanes), addon.ui.lane
    curve = lane.Curve(10.0, 0.5, np.array([0.0, 1.0, 0.25]))
    corners = owner.shape(curve)
    assert corners.tolist() == [[10, 0], [10, 0], [10.5, 0], [10.5, 1], [11, 0], [11, 0.25]]
    assert owner.shape(curve) is corners, "worked out once"
    assert curve != lane.Curve(10.0, 0.5, curve.values), "it is the same only as itself"


def test_clicks_do_not_make_lanes_differ(lane):
    one, other = (lane.Lane("x", marks=(lane.Mark(3.0, click=lambda *_: None),)) for _ in range(2))
    assert one == other


def test_the_click_is_left_to_blender_outside_the_editors(addon, scene):
    assert not addon.operators.lanes.A2G_OT_press_lane.poll(bpy.context)
    with pytest.raises(RuntimeError):
        bpy.ops.a2g.press_lane()
