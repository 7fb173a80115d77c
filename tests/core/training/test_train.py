"""The loop on a small made corpus: it learns, stops politely, goes on bit by bit, and trains every named config."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from unittest.mock import ANY

import numpy as np
import pytest
import torch
from places import FILES_0_2_0, ROOT
from safetensors.numpy import save_file
from small_models import random_model
from voices import babble
from waiting import LIMIT_S, wait_until

from a2g_core.body.skeleton import BODY_HANDS, JOINT_SETS
from a2g_core.errors import CheckpointError, ConfigError, DataError, OutputError
from a2g_core.model.checkpoint import first_stances, load_model, read_safetensors, save_model
from a2g_core.model.config import NAMED, PAPER, PRODUCT, CorrelatedNoise
from a2g_core.model.network import decode, encode_motion
from a2g_core.performing.generate import generate, plan_of
from a2g_core.performing.listening import ALONE, Listener
from a2g_core.speech.features import FLOOR_DB
from a2g_core.training.corpus import CorpusWriter
from a2g_core.training.crops import Crops, open_crops
from a2g_core.training.export import export_run
from a2g_core.training.muon import orthogonalised
from a2g_core.training.objective import Audio2Gestures, disturb_timing
from a2g_core.training.state import make_optimisers
from a2g_core.training.train import PAPER_NAMES, format_report, learning_rate, resume, train, validate

THIN = {
    "audio_channels": (8,) * 4, "motion_channels": (16,) * 4, "decoder_channels": (16,) * 4,
    "batch_size": 2, "crop_frames": 64, "specific_sigma_frames": 0.0,
}  # fmt: skip
SMALL = NAMED["paper"].replace(name="small", normalise_motion=True, steps=12, learning_rate=1e-3, **THIN)
SHIPPED = PRODUCT.replace(name="shipped", joints=22, steps=12, rerecord_speech=False, **THIN)
"""The way of what ships: disturbed codes, pieces, Muon."""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory) -> Path:
    """Six sequences of smooth motion with matching sounds, in the corpus format."""
    folder, rng = tmp_path_factory.mktemp("corpus"), np.random.default_rng(0)
    writer = CorpusWriter(folder, fps=30.0, joints=BODY_HANDS.names, notice="made", attributions=["here"])
    for k in range(6):
        n = 220 + 40 * k
        samples = np.concatenate(list(babble(n / 30, seed=k).blocks()))
        swing = np.sin(np.arange(n)[:, None, None] / 9 + rng.uniform(0, 6, (1, len(BODY_HANDS), 1)))
        q = np.concatenate(
            [np.ones((n, len(BODY_HANDS), 1)), 0.1 * swing * rng.standard_normal((1, len(BODY_HANDS), 3))], -1
        )
        q = (q / np.linalg.norm(q, axis=-1, keepdims=True)).astype(np.float32)
        writer.add("validation" if k == 5 else "train", str(k), samples, q)
    writer.close()
    return folder


def _parameters(folder: Path) -> dict[str, bytes]:
    return {name: array.tobytes() for name, array in read_safetensors(folder / "state.safetensors")[0].items()}


@pytest.mark.parametrize("config", [SMALL, SHIPPED], ids=lambda config: config.name)
def test_resuming_gives_the_bits_of_an_uninterrupted_run(corpus, tmp_path, config):
    train(config, corpus, tmp_path / "whole", device="cpu", seed=5)
    train(config, corpus, tmp_path / "parts", device="cpu", seed=5, stop_after=5)
    resume(corpus, tmp_path / "parts", device="cpu", stop_after=4)
    resume(corpus, tmp_path / "parts", device="cpu")
    assert _parameters(tmp_path / "whole") == _parameters(tmp_path / "parts")


def test_a_trained_model_generates_and_carries_its_card(corpus, tmp_path):
    model = load_model(train(SMALL, corpus, tmp_path / "run", device="cpu"))
    assert (model.info["steps"], model.info["notice"], model.info["attributions"]) == (12, "made", ["here"])
    assert model.bank.shape[1:] == (2, 16) and (model.bank[:, 1] > 0).all()
    assert len(generate(babble(4), model)) == 120
    with pytest.raises(CheckpointError, match="already holds"):
        train(SMALL, corpus, tmp_path / "run", device="cpu")


def test_export_changes_generation_and_nothing_of_the_network(corpus, tmp_path):
    train(SMALL, corpus, tmp_path / "run", device="cpu")
    plain = load_model(tmp_path / "run/model.safetensors")
    export_run(
        tmp_path / "run", corpus, tmp_path / "m.safetensors", half=True, smoothness_frames="2.5", keep_pins="true"
    )
    exported = load_model(tmp_path / "m.safetensors")
    assert exported.info == {**plain.info, "sha256": ANY, "trained_s": ANY}
    assert exported.config == SMALL.replace(smoothness_frames=2.5, keep_pins=True)
    for name, array in plain.parameters.items():
        np.testing.assert_allclose(exported.parameters[name], array, rtol=1e-3, atol=1e-4)
    with pytest.raises(ConfigError, match="cannot change its shape"):
        export_run(tmp_path / "run", corpus, tmp_path / "m.safetensors", code_size=8)


def test_a_run_of_the_flat_settings_goes_on(corpus, tmp_path):
    """As the program wrote them whose model files have schema 2."""
    config = SHIPPED.replace(feature_floor_db=FLOOR_DB, hands_outside=False, rest_s=0.0)  # these came later
    for folder in ("whole", "parts"):
        train(config, corpus, tmp_path / folder, device="cpu", stop_after=None if folder == "whole" else 5)
    path = tmp_path / "parts" / "state.safetensors"
    tensors, metadata = read_safetensors(path)
    about = json.loads(metadata["training"])
    old = json.loads(read_safetensors(FILES_0_2_0 / "product.safetensors")[1]["audio2gestures"])["config"]
    new = config.settings()
    del about["schema"]

    def write(**changes):
        about["config"] = {**{name: new.get(name, value) for name, value in old.items()}, **changes}
        save_file({n: np.ascontiguousarray(a) for n, a in tensors.items()}, path, {"training": json.dumps(about)})

    write(system="audio2gestures", shared_gain=2.5)
    with pytest.raises(CheckpointError, match=r"cannot go on: .*shared_gain.*0\.2\.0"):
        resume(corpus, tmp_path / "parts", device="cpu")
    write(system="audio2gestures")
    resume(corpus, tmp_path / "parts", device="cpu")
    assert _parameters(tmp_path / "whole") == _parameters(tmp_path / "parts")


@pytest.mark.parametrize("config", [SMALL, SHIPPED], ids=lambda config: config.name)
def test_training_lowers_the_loss(corpus, config):
    config = config.replace(steps=60, learning_rate=3e-3, weight_diversity=0.0)
    crops = open_crops(corpus, "train", config)
    statistics = crops.statistics()
    torch.manual_seed(0)
    module = Audio2Gestures(config, torch.from_numpy(statistics.motion_mean), torch.from_numpy(statistics.motion_std))
    optimisers, seen = make_optimisers(module), []
    for step in range(60):
        loss = module.total_loss(module(*crops.batch(statistics, 0, step)), step)
        module.zero_grad()
        loss.backward()
        for optimiser in optimisers:
            optimiser.step()
        seen.append(loss.item())
    assert np.mean(seen[-5:]) < 0.6 * np.mean(seen[:5])


@pytest.mark.parametrize("name", sorted(NAMED))
def test_every_named_config_trains_all_it_has(corpus, name):
    config = NAMED[name].replace(steps=10, **THIN)
    crops = open_crops(corpus, "train", config)
    statistics = crops.statistics()
    module = Audio2Gestures(config, torch.from_numpy(statistics.motion_mean), torch.from_numpy(statistics.motion_std))
    terms = module(*crops.batch(statistics, 0, 0))
    module.total_loss(terms, 5).backward()
    assert all(torch.isfinite(v) for v in terms.values())
    without = {n for n, p in module.weights.items() if p.grad is None or not p.grad.abs().sum()}
    assert not {n for n in without if not n.endswith("bias")}
    architecture, settings = config.architecture, config.training
    has = {
        "relaxed": architecture.split_codes and not settings.jitter_frames, "bicycle": settings.weight_bicycle > 0,
        "diversity": settings.weight_diversity > 0, "kl_mapping": architecture.mapping_net,
        "kl_specific": architecture.split_codes,
    }  # fmt: skip
    assert {n for n, on in has.items() if on} == set(has) & set(terms)
    assert {t.partition("_")[0] for t in terms} <= set(PAPER_NAMES)


def test_two_dimensions_train_on_positions():
    config = PAPER.replace(name="2d", dimensions=2, joints=49, fps=15.0, steps=10, **THIN)
    rng = np.random.default_rng(0)
    motions = [
        np.cumsum(rng.standard_normal((64, 98)), 0).astype(np.float32) for _ in range(3)
    ]  # 64-frame clips, as the data has
    crops = Crops([rng.uniform(-80, 0, (64, 64)) for _ in motions], motions, config)
    statistics = crops.statistics()
    module = Audio2Gestures(config, torch.from_numpy(statistics.motion_mean), torch.from_numpy(statistics.motion_std))
    terms = module(*crops.batch(statistics, 0, 0))
    module.total_loss(terms, 0).backward()
    assert "rotation_reconstruction" not in terms and terms["position_reconstruction"] > 0


def test_training_sees_what_generation_sees(corpus):
    """The losses' middle frames do not change when frames beyond the receptive field do: no padding, no leak."""
    config = SMALL
    crops = open_crops(corpus, "train", config)
    statistics = crops.statistics()
    module = Audio2Gestures(config, torch.from_numpy(statistics.motion_mean), torch.from_numpy(statistics.motion_std))
    features, motion = crops.batch(statistics, 0, 0)
    assert features.shape[1] == config.training.crop_frames + 2 * config.architecture.loss_receptive_field
    features.requires_grad_()
    torch.manual_seed(0)
    module(features, motion)["position_cross"].backward()
    reached = torch.nonzero(features.grad.abs().sum((0, 2))).flatten()
    assert (reached.min().item(), reached.max().item()) == (0, features.shape[1] - 1)


def test_the_statistics_of_the_random_signal_are_the_clips_own(corpus):
    config = SMALL.replace(mapping_net=False, signal=CorrelatedNoise(8.0, 0))
    module = Audio2Gestures(config, torch.zeros(132), torch.ones(132))
    i_m = 3 + 2 * torch.randn(4, 4000, 16)
    signal, gaussian = module.random_code(i_m.requires_grad_())
    assert gaussian is None and not signal.requires_grad
    torch.testing.assert_close(
        signal.mean(1), i_m.mean(1).detach(), atol=0.6, rtol=0
    )  # smooth noise: few independent frames
    torch.testing.assert_close(signal.std(1), i_m.std(1).detach(), atol=0.4, rtol=0)


def test_muons_direction_has_the_matrix_singular_vectors_and_values_near_one():
    for shape in ((20, 50), (50, 20), (30, 30)):
        matrix = torch.randn(shape)
        u, _, v = torch.linalg.svd(matrix, full_matrices=False)
        found = u.mT @ orthogonalised(matrix) @ v.mT
        assert ((found.diagonal() > 0.3) & (found.diagonal() < 1.3)).all()
        assert (found - torch.diag(found.diagonal())).abs().max() < 1e-3


def test_disturbed_codes_are_the_codes_of_nearby_moments():
    n, deviation = 600, 4.0
    clock = torch.arange(n, dtype=torch.float32)[None, :, None].repeat(8, 1, 2)
    off = (disturb_timing(clock, deviation) - clock)[:, 40:-40]
    assert (off[..., 0] == off[..., 1]).all()  # all channels of a code are read at one moment
    assert 0.5 * deviation < off.std() < 1.2 * deviation and off.abs().max() < 5 * deviation
    assert off.diff(dim=1).abs().max() < 1  # time never runs backwards
    assert (disturb_timing(clock, 0.0)[:, 1:-2] == clock[:, 1:-2]).all()


def test_a_shipped_models_pieces_are_codes_of_its_corpus(corpus, tmp_path):
    shipped = SHIPPED.replace(signal="pieces")
    model = load_model(train(shipped, corpus, tmp_path / "run", device="cpu"))
    crops, architecture = open_crops(corpus, "train", SHIPPED), SHIPPED.architecture
    lengths = np.array([len(m) - 2 * architecture.motion_receptive_field for m in crops.motions]) // 6
    assert list(model.sequences[:, 0]) == [0, *np.cumsum(lengths)[:-1]] and len(model.pieces) == lengths.sum()
    motion = (crops.motions[2] - model.motion_mean) / model.motion_std
    _, (specific, _) = encode_motion(model.parameters, motion, architecture)
    first = model.sequences[2, 0]
    between = specific[6 * 5 + 2 : 6 * 5 + 4].mean(0)  # the middle of the sixth interval of 0.2 s
    np.testing.assert_allclose(model.pieces[first + 5, 0], between, atol=2e-3 * np.abs(between).max())
    assert model.styles == ()
    assert len(generate(babble(4), model)) == 120
    changed = export_run(tmp_path / "run", corpus, tmp_path / "m.safetensors", piece_gain=1.5, stance_gain=2.0).pieces
    ends = [*model.sequences[1:, 0], len(model.pieces)]
    usual = model.pieces[:, 0].mean(0)
    for first, end in zip(model.sequences[:, 0], ends, strict=True):
        (mean, codes), (new_mean, new) = ((p[first:end, 0].mean(0), p[first:end, 0]) for p in (model.pieces, changed))
        np.testing.assert_allclose(new_mean - usual, 2 * (mean - usual), atol=2e-3 * np.abs(new).max())
        np.testing.assert_allclose(new - new_mean, 1.5 * (codes - mean), atol=2e-3 * np.abs(new).max())
    np.testing.assert_allclose(changed[:, 1], model.pieces[:, 1], atol=2e-3 * np.abs(changed[:, 1]).max())


def test_a_models_moments_are_the_cues_of_its_corpus_where_they_are_heard(corpus, tmp_path):
    config = SHIPPED.replace(stroke_share=1.0)
    model = load_model(train(config, corpus, tmp_path / "run", device="cpu"))
    crops, field = open_crops(corpus, "train", config), config.architecture.motion_receptive_field
    assert model.pieces.shape[1:] == (1, 16) and model.moments.shape[1] == 9
    firsts, silence = model.sequences[:, 0], None
    ends = [*firsts[1:], len(model.pieces)]
    for k, (first, end) in enumerate(zip(firsts, ends, strict=True)):
        listener = Listener(crops.features[k][0], config.architecture.signal, 30.0)
        cues = listener.cues(crops.beyond, len(crops.features[k][0]) - crops.beyond)
        *mine, rest = model.moments[(model.moments[:, 0] >= first) & (model.moments[:, 0] < end)]
        mine, at = np.array(mine), np.array([cue.at for cue in cues])
        np.testing.assert_allclose(mine[:, 0], first + (at - field - 2.5) / 6, atol=1e-3)  # six frames to a code
        assert mine[:, 1].tolist() == [cue.filler for cue in cues]
        np.testing.assert_allclose(mine[:, 2:], listener.contours(at), atol=1e-6)
        silence = rest[2:] if silence is None else silence
        assert rest[0] == end - 1 and rest[1] == ALONE and (rest[2:] == silence).all() and len(set(silence)) == 1
    assert len(generate(babble(4), model)) == 120 and plan_of(babble(4), model)
    fewer = export_run(tmp_path / "run", corpus, tmp_path / "m.safetensors", stroke_share=0.4).moments
    accents = [(moments[:, 1] == 0).sum() for moments in (model.moments, fewer)]
    assert len(fewer) - accents[1] == len(model.moments) - accents[0]  # fillers stay
    assert abs(accents[1] - 0.4 * accents[0]) < 2


def test_what_is_stored_beside_the_networks_is_made_anew_from_a_model_file(corpus, tmp_path):
    config = SHIPPED.replace(signal="accent_pieces")
    train(config, corpus, tmp_path / "run", device="cpu")
    whole, again = tmp_path / "whole.safetensors", tmp_path / "again.safetensors"
    export_run(tmp_path / "run", corpus, whole)
    export_run(whole, corpus, again)
    assert again.read_bytes() == whole.read_bytes()
    changed = export_run(whole, corpus, again, force=True, piece_gain=2.0)
    assert np.std(changed.pieces) > 1.2 * np.std(load_model(whole).pieces)
    with pytest.raises(OutputError, match="is read by the same command"):
        export_run(whole, corpus, whole)
    strange = replace(load_model(whole), info={"corpus": "another"})
    save_model(strange, again)
    with pytest.raises(CheckpointError, match="another corpus"):
        export_run(again, corpus, tmp_path / "none.safetensors")


def test_a_models_stances_are_what_the_codes_lose_below_the_chest(corpus, tmp_path):
    config = SHIPPED.replace(signal="accent_pieces")
    model = load_model(train(config, corpus, tmp_path / "run", device="cpu"))
    motions, architecture = open_crops(corpus, "train", config).motions, config.architecture
    layout, channels = architecture.signal, architecture.standing_channels
    names = np.repeat(JOINT_SETS[architecture.joints].names, 6)[channels]
    assert {"pelvis", "left_hip", "right_ankle", "spine3"} < set(names) and not {"neck", "left_shoulder"} & set(names)
    firsts = first_stances(model.sequences, len(model.pieces), layout.codes_a_stance)
    motion = (motions[1] - model.motion_mean) / model.motion_std
    (shared, _), (specific, _) = encode_motion(model.parameters, motion, architecture)
    decoded = decode(model.parameters, shared, specific, architecture)
    beyond = architecture.loss_receptive_field
    lost = ((motion[beyond : beyond + len(decoded)] - decoded) * model.motion_std)[:, channels]
    # A stance counts from where the codes begin; the decoder's motion begins later.
    k, n, field = 1, layout.stance_frames(architecture.fps), architecture.receptive_field
    stance = lost[k * n - field : (k + 1) * n - field].mean(0)
    np.testing.assert_allclose(model.stances[firsts[1] + k], stance, atol=2e-3)
    assert np.abs(stance).max() > 0.01


def test_crops_follow_from_seed_and_step_alone(corpus):
    crops = open_crops(corpus, "train", SMALL)
    statistics = crops.statistics()
    a, b = crops.batch(statistics, 1, 7), crops.batch(statistics, 1, 7)
    assert all((x == y).all() for x, y in zip(a, b, strict=True))
    assert not (crops.batch(statistics, 1, 8)[0] == a[0]).all()
    assert not (crops.batch(statistics, 1, 7, rank=1)[0] == a[0]).all()
    with pytest.raises(DataError, match="no 'test' sequences"):
        open_crops(corpus, "test", SMALL)


def test_schedules():
    cosine = PRODUCT.replace(steps=1000, schedule="cosine", learning_rate=1.0)
    rates = [learning_rate(cosine.training, s) for s in range(1000)]
    assert rates[0] < 0.1 and max(rates) == pytest.approx(1.0, abs=1e-3) and rates[-1] < 1e-4
    assert learning_rate(PAPER.training, 170_000) == 1e-4


def test_weights_rise_and_fall_over_the_run():
    config = PRODUCT.replace(steps=100, weight_kl_specific=1.0, kl_warmup=0.5, weight_diversity=1.0)
    total = Audio2Gestures(config, torch.zeros(312), torch.ones(312)).total_loss
    kl, diversity = {"kl_specific": torch.tensor(1.0)}, {"diversity": torch.tensor(-1.0)}
    assert total(kl, 0).item() == pytest.approx(0.02)
    assert total(kl, 49).item() == total(kl, 99).item() == pytest.approx(1.0)
    assert total(diversity, 0).item() == pytest.approx(-1.0)
    assert total(diversity, 100).item() == 0


def test_the_gradient_is_clipped(corpus, tmp_path):
    """Adam's first moment after one step from nothing is a tenth of the gradient."""

    def gradient_norm(clip: float) -> float:
        folder = tmp_path / str(clip)
        train(SMALL.replace(gradient_clip=clip), corpus, folder, device="cpu", stop_after=1)
        moments = [a for n, a in read_safetensors(folder / "state.safetensors")[0].items() if n.startswith("exp_avg.")]
        assert moments
        return 10 * np.sqrt(sum((a.astype(float) ** 2).sum() for a in moments))

    assert gradient_norm(0.0) > 0.1
    assert gradient_norm(0.01) == pytest.approx(0.01, rel=1e-3)


@pytest.mark.parametrize("stops", [False, True])
def test_alignment_pulls_the_voice_to_the_motion_and_the_motion_only_without_stop(corpus, stops):
    config = SMALL.replace(alignment_stops=stops)
    crops = open_crops(corpus, "train", config)
    statistics = crops.statistics()
    module = Audio2Gestures(config, torch.from_numpy(statistics.motion_mean), torch.from_numpy(statistics.motion_std))
    module(*crops.batch(statistics, 0, 0))["alignment"].backward()
    pulled = {n.partition("/")[0] for n, p in module.weights.items() if p.grad is not None and p.grad.any()}
    assert pulled == ({"audio_encoder"} if stops else {"audio_encoder", "motion_encoder"})


def test_the_validation_report_uses_the_papers_names(corpus):
    crops = open_crops(corpus, "validation", SMALL)
    statistics = crops.statistics()
    module = Audio2Gestures(SMALL, torch.from_numpy(statistics.motion_mean), torch.from_numpy(statistics.motion_std))
    report = validate(module, crops, statistics, 0)
    assert report == validate(module, crops, statistics, 0)
    text = format_report(report)
    for name in (
        "L_rot (Eq. 5) cross",
        "L_pos (Eq. 6) reconstruction",
        "L_speed (Eq. 7)",
        "L_AC (Eq. 9)",
        "L_S (Eq. 10)",
        "L_cyc (Eq. 11)",
        "L_DS (Eq. 12)",
        "D_KL (Eq. 3) specific",
    ):
        assert name in text


@pytest.mark.slow
def test_sigterm_writes_a_checkpoint_that_resumes(corpus, tmp_path):
    settings = ["steps=100000", *(f"{k}={str(v).strip('()').replace(' ', '')}" for k, v in THIN.items())]
    command = [
        sys.executable, "-m", "a2g_core.cli", "train", "--config", "product", "--corpus", str(corpus),
        "--out", str(tmp_path / "run"), "--device", "cpu", *(x for s in settings for x in ("--set", s)),
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    wait_until(lambda: process.poll() is not None or list((tmp_path / "run").glob("log/events*")))
    process.send_signal(signal.SIGTERM)
    assert process.wait(LIMIT_S) == 0, process.stderr.read()
    step = load_model(tmp_path / "run/model.safetensors").info["steps"]
    assert step > 0
    model = resume(corpus, tmp_path / "run", device="cpu", stop_after=2)
    assert load_model(model).info["steps"] == step + 2


@pytest.mark.slow
def test_two_processes_train_one_model(corpus, tmp_path):
    script = (
        "import sys; from pathlib import Path; from a2g_core.model.config import Config\n"
        "from a2g_core.training.train import train; import json\n"
        "train(Config.from_dict(json.loads(sys.argv[1])), Path(sys.argv[2]), Path(sys.argv[3]), device='cpu')"
    )
    (tmp_path / "go.py").write_text(script)
    config = json.dumps(SMALL.replace(steps=3).to_dict())
    command = [
        sys.executable,
        "-m",
        "torch.distributed.run",
        "--standalone",
        "--nproc-per-node",
        "2",
        str(tmp_path / "go.py"),
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [*command, config, str(corpus), str(tmp_path / "run")],
        env=environment,
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert load_model(tmp_path / "run/model.safetensors").info["steps"] == 3


def test_random_model_fixture_has_the_shapes_of_training():
    assert {n.replace(".", "/") for n in random_model(SMALL).parameters} == set(
        Audio2Gestures(SMALL, torch.zeros(132), torch.ones(132)).weights
    )
