"""The figure around a skeleton: closed, outside out, bound to joints, as large as the body."""

from collections import Counter

import numpy as np
import pytest

from a2g_core.body.figure import make_figure
from a2g_core.body.loft import BODY, COARSE, FINE, HAND, JOINT
from a2g_core.body.skeleton import BODY_HANDS, PELVIS_HEIGHT_M


@pytest.fixture(scope="module", params=[FINE, COARSE], ids=["fine", "coarse"])
def figure(request):
    return make_figure(BODY_HANDS.rest_places, request.param)


def test_every_surface_is_closed_and_outside_out(figure):
    edges = Counter(edge for face in figure.faces for edge in zip(face, (*face[1:], face[0])))
    assert set(edges.values()) == {1}  # each edge is run through once, and once the other way round
    assert all((b, a) in edges for a, b in edges)
    a, b, c = (figure.vertices[[face[k] for face in figure.faces]] for k in range(3))
    assert np.sum(np.cross(a, b) * c) > 0  # the volume of all


def test_each_vertex_follows_joints_with_weights_that_add_up_to_one(figure):
    np.testing.assert_allclose(sum(figure.weights.values()), 1, atol=1e-12)
    assert min(weights.min() for weights in figure.weights.values()) >= 0
    assert set(figure.weights) == set(BODY_HANDS.names)
    wholly = np.max(list(figure.weights.values()), axis=0) == 1
    assert wholly.mean() > 0.7


def test_shapes_lie_around_the_joint_that_they_follow(figure):
    for name, place in BODY_HANDS.rest_places.items():
        mine = figure.vertices[figure.weights[name] > 0.5]
        assert np.linalg.norm(mine - place, axis=1).max() < 0.5
    hands = [figure.weights[name] for name in BODY_HANDS.names[22:]]
    material = {vertex: m for face, m in zip(figure.faces, figure.materials) for vertex in face}
    fingers = np.flatnonzero(sum(hands) > 0)
    assert {material[vertex] for vertex in fingers.tolist()} <= {HAND, JOINT}
    assert set(figure.materials.tolist()) == {BODY, JOINT, HAND}


def test_it_stands_on_the_floor_and_is_as_tall_as_a_person(figure):
    height = figure.vertices[:, 1] + PELVIS_HEIGHT_M
    assert height.min() == pytest.approx(0, abs=0.005)
    assert 1.68 < height.max() < 1.76
    assert figure.vertices[:, 0].max() == pytest.approx(-figure.vertices[:, 0].min())


def test_it_follows_the_size_of_the_body():
    twice = make_figure({name: 2 * place for name, place in BODY_HANDS.rest_places.items()}, COARSE)
    once = make_figure(BODY_HANDS.rest_places, COARSE)
    assert twice.faces == once.faces
    # The trunk's heights are told from the floor, which lies elsewhere for the joints alone.
    arms = once.weights["left_shoulder"] + once.weights["left_elbow"] + once.weights["left_wrist"] == 1
    np.testing.assert_allclose(twice.vertices[arms], 2 * once.vertices[arms], atol=1e-12)


def test_the_coarse_figure_fills_the_same_space():
    fine, coarse = (make_figure(BODY_HANDS.rest_places, detail).vertices for detail in (FINE, COARSE))
    np.testing.assert_allclose(fine.min(0), coarse.min(0), atol=0.01)
    np.testing.assert_allclose(fine.max(0), coarse.max(0), atol=0.01)
    assert len(coarse) < 0.4 * len(fine)
