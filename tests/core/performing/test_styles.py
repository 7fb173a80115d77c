"""Styles: each is another motion out of its own sequences, none is drawn by the seed, and an unknown one is refused."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
import soundfile
from small_models import STITCHED, random_model
from voices import babble

from a2g_core.cli.main import main
from a2g_core.errors import ConfigError
from a2g_core.formats.registry import load_motion
from a2g_core.model.checkpoint import Model, load_model, save_model
from a2g_core.performing.generate import generate
from a2g_core.performing.request import Choice
from a2g_core.performing.sampling import style_of

SECONDS = 6
OF_NEAR = 120  # codes, and the others are of Far: see random_model


@pytest.fixture(scope="module")
def model() -> Model:
    return random_model(STITCHED)


@pytest.fixture(scope="module")
def folder(tmp_path_factory, model):
    """A recording, and two model files: with styles and without."""
    folder = tmp_path_factory.mktemp("styles")
    soundfile.write(folder / "speech.wav", next(babble(SECONDS).read()), 16000)
    save_model(model, folder / "styles.safetensors")
    save_model(random_model(), folder / "plain.safetensors")
    return folder


def talk(model: Model, speech_seed: int = 0, **options) -> np.ndarray:
    """Quaternions (T, J, 4) of a performance."""
    return generate(babble(SECONDS, seed=speech_seed), model, **options).quaternions


def drawn(model: Model, speech_seed: int = 0, **options) -> str:
    """The style of a performance for which none was chosen."""
    made = talk(model, speech_seed, **options)
    (style,) = [s for s in model.styles if np.array_equal(made, talk(model, speech_seed, style=s, **options))]
    return style


def test_each_style_is_another_motion(model):
    assert model.styles == ("Near", "Far")
    assert np.abs(talk(model, style="Near") - talk(model, style="Far")).max() > 0.01
    assert np.abs(talk(model, style="Near") - talk(model, style="Near", seed=1)).max() > 0.01


def test_without_a_style_seed_and_take_draw_one_and_nothing_else_does(model):
    by_seed = [drawn(model, seed=seed) for seed in range(6)]
    assert set(by_seed) == {"Near", "Far"}
    assert by_seed == [drawn(model, speech_seed=1, seed=seed) for seed in range(6)]
    assert by_seed == [style_of(model, seed) for seed in range(6)]
    assert drawn(model, seed=-3, take=2) == style_of(model, -3, 2)
    assert style_of(random_model(), 5) == ""
    assert {drawn(model, seed=0, take=take) for take in range(6)} == {"Near", "Far"}


def test_a_choice_for_a_part_keeps_the_style_of_the_whole(model):
    style = drawn(model, seed=0)
    other = next(seed for seed in range(1, 6) if drawn(model, seed=seed) != style)
    choices = [Choice(2.0, 4.0, other)]
    changed = talk(model, seed=0, choices=choices)
    assert not np.array_equal(changed, talk(model, seed=0))
    np.testing.assert_array_equal(changed, talk(model, seed=0, style=style, choices=choices))


def test_pieces_of_a_style_come_from_its_own_sequences(model):
    pieces = model.pieces.copy()
    pieces[OF_NEAR:, 0] += 1  # what they are chosen by, S_A, stays
    changed = replace(model, pieces=pieces)
    for seed in range(3):
        np.testing.assert_array_equal(talk(changed, style="Near", seed=seed), talk(model, style="Near", seed=seed))
        assert np.abs(talk(changed, style="Far", seed=seed) - talk(model, style="Far", seed=seed)).max() > 1e-3


def test_a_span_in_a_style_is_that_of_the_whole(model):
    whole = talk(model, style="Far", seed=2)
    np.testing.assert_array_equal(talk(model, style="Far", seed=2, span=(50, 90)), whole[50:90])


def test_an_unknown_style_is_refused_with_the_names(model):
    with pytest.raises(ConfigError, match="this model has no style 'Odd'; use one of: Near, Far"):
        talk(model, style="Odd")
    with pytest.raises(ConfigError, match="this model has no style 'Near'; choose none"):
        talk(random_model(), style="Near")


# The command line -----------------------------------------------------------------------------------------------------


def run(folder, *options) -> int:
    return main(["generate", str(folder / "speech.wav"), "--device", "numpy", "--json", *map(str, options)])


def test_the_command_line_performs_in_a_style(folder, model, capsys):
    made = {}
    for style in model.styles:
        output = folder / f"{style}.npz"
        assert run(folder, "-o", output, "--model", folder / "styles.safetensors", "--style", style) == 0
        assert json.loads(capsys.readouterr().out)["style"] == style
        made[style] = load_motion(output).quaternions
    assert np.abs(made["Near"] - made["Far"]).max() > 0.01
    output = folder / "any.npz"
    assert run(folder, "-o", output, "--model", folder / "styles.safetensors") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["style"], said["styles"]) == ("", [drawn(model)])
    np.testing.assert_array_equal(load_motion(output).quaternions, made[drawn(model)])


@pytest.mark.parametrize(
    ("file", "message"),
    [("styles", "this model has no style 'Odd'; use one of: Near, Far."),
     ("plain", "this model has no style 'Odd'; choose none.")],
)  # fmt: skip
def test_the_command_line_names_the_styles_there_are(folder, capsys, file, message):
    output = folder / "never.npz"
    assert run(folder, "-o", output, "--model", folder / f"{file}.safetensors", "--style", "Odd") == 2
    said = capsys.readouterr()
    assert said.err == f"a2g: {message}\n" and json.loads(said.out) == {"error": message}
    assert not output.exists()


def test_inspect_shows_the_styles(folder, capsys):
    assert main(["inspect", str(folder / "styles.safetensors"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["info"]["styles"] == ["Near", "Far"]


def test_a_model_file_keeps_the_styles(folder, model):
    again = load_model(folder / "styles.safetensors")
    assert again.styles == model.styles
    np.testing.assert_array_equal(talk(again, style="Far"), talk(model, style="Far"))
