"""Where gestures are generated: NumPy, a worker in another Python, and what happens when that one fails."""

from __future__ import annotations

import importlib
import os
import signal
import subprocess
import threading
import zipfile
from pathlib import Path
from types import SimpleNamespace

import addon_utils
import bpy
import numpy as np
import pytest
from layouts import Layout
from places import ROOT
from scenes import PACKAGE, counts, read_wav, strips
from ticking import tick_to_the_end
from waiting import LIMIT_S, wait_until


@pytest.fixture(scope="session")
def torch_python() -> str:
    """A Python with torch: that of the checkout's own environment."""
    python = Path(os.environ.get("A2G_TORCH_PYTHON", ROOT / ".venv/bin/python"))
    if not python.is_file():
        pytest.skip("needs a Python with torch: .venv of scripts/test.py, or A2G_TORCH_PYTHON")
    return str(python)


@pytest.fixture
def parts(addon) -> SimpleNamespace:
    """The modules under test, back at their defaults afterwards."""
    modules = SimpleNamespace(
        engine=addon.owner.owned(addon.work.engine.Engine), setup=addon.owner.owned(addon.work.engine_setup.Setup),
        engine_setup=addon.work.engine_setup, preferences=addon.preferences,
        panels_engine=addon.panels.engine, panels_preferences=addon.panels.preferences,
        hearing=addon.a2g_core.speech.heard, worker_install=addon.a2g_core.worker.install,
        worker_protocol=addon.a2g_core.worker.protocol,
    )  # fmt: skip
    yield modules
    modules.engine.stop()
    modules.engine.last_check = ()
    modules.setup.current = None
    chosen = modules.preferences.get()
    for name, default in vars(modules.preferences.DEFAULTS).items():
        setattr(chosen, name, default)
    bpy.context.preferences.system.use_online_access = False


@pytest.fixture
def worker(parts, torch_python) -> SimpleNamespace:
    """The engine set to a worker on the CPU."""
    chosen = parts.preferences.get()
    chosen.engine, chosen.worker_python, chosen.device = "WORKER", torch_python, "CPU"
    return parts.engine


@pytest.fixture(scope="session")
def heard(addon, voice):
    """What is heard of the voice, and the built-in model."""
    model = addon.a2g_core.model.checkpoint.load_model()
    hearing = importlib.import_module(f"{PACKAGE}.a2g_core.speech.heard")
    return hearing.hear(addon.a2g_core.speech.audio.Speech.from_samples(read_wav(voice), 22050), model.fps), model


def module():
    return importlib.import_module(f"{PACKAGE}.work.engine")


def settings():
    return module().settings(bpy.context)


def state(engine):
    return engine.state(settings())


def drawn(draw) -> str:
    texts: list[str] = []
    draw(Layout(texts))
    return " ".join(filter(None, texts))


def panel_text(parts) -> str:
    panel = parts.panels_engine.A2G_PT_engine
    return drawn(lambda layout: panel.draw(SimpleNamespace(layout=layout), bpy.context))


def preferences_text(parts) -> str:
    chosen = parts.preferences.get()
    values = {name: getattr(chosen, name) for name in vars(parts.preferences.DEFAULTS)}

    def draw(layout):
        shown = SimpleNamespace(layout=layout, bl_rna=chosen.bl_rna, **values)
        parts.panels_preferences.draw_preferences(shown, bpy.context)

    return drawn(draw)


def end_the_process(engine) -> None:
    os.kill(engine.worker.process.pid, signal.SIGKILL)


def request(addon, seed: int):
    return addon.a2g_core.performing.request.Request(seed=seed)


# NumPy ----------------------------------------------------------------------------------------------------------------


def test_numpy_is_the_default_and_always_ready(addon, parts, heard):
    assert settings() == module().EngineSettings()
    assert state(parts.engine) == module().EngineState("Ready", "CPU")
    motion = parts.engine.generate(*heard, settings=settings(), request=request(addon, 3))
    expected = addon.a2g_core.performing.generate.generate(*heard, seed=3, device="numpy")
    assert np.array_equal(motion.quaternions, expected.quaternions)
    assert "CPU · built-in model · Ready" in panel_text(parts)


# The worker -----------------------------------------------------------------------------------------------------------


def test_the_worker_agrees_with_numpy_and_stays_warm(addon, worker, heard):
    assert state(worker).kind == "Idle"
    phases = []
    motion = worker.generate(
        *heard, request(addon, 3), settings=settings(), progress=lambda phase, _share: phases.append(phase)
    )
    expected = addon.a2g_core.performing.generate.generate(*heard, seed=3, device="numpy")
    apart = np.linalg.norm(motion.quaternions - expected.quaternions, axis=-1)
    assert (4 * np.arcsin(apart / 2)).max() <= 1e-4  # radians
    assert phases[0] == "Starting the engine"
    assert state(worker).kind == "Ready"
    process = worker.worker.process.pid
    bpy.ops.wm.read_homefile(use_empty=True)
    worker.generate(*heard, settings=settings(), request=request(addon, 4))
    assert worker.worker.process.pid == process


def test_kill_mid_job_is_one_sentence_and_the_next_generate_works(worker, parts, heard):
    worker.start(settings())
    assert state(worker).kind == "Ready"

    def kill(phase, share):
        if phase == "Generating":
            end_the_process(worker)

    with pytest.raises(parts.worker_protocol.WorkerError, match="the engine was killed"):
        worker.generate(*heard, settings=settings(), progress=kill)
    now = state(worker)
    assert now.kind == "Stopped"
    assert now.problem.endswith("restart it, or use this computer's CPU.")
    text = panel_text(parts)
    assert "a2g.restart_worker" in text
    assert "a2g.use_cpu" in text
    assert len(worker.generate(*heard, settings=settings())) == 120
    assert state(worker) == module().EngineState("Ready", "CPU")


def test_kill_mid_job_leaves_the_interface_idle(addon, runner, worker, character, speech_file):
    """The kill test of the design: a message, the state back to idle, and the next Generate works."""
    worker.start(settings())
    process = worker.worker.process
    os.kill(process.pid, signal.SIGSTOP)  # so that the job is under way, however fast the machine
    runner.start(addon.work.orders.gather(bpy.context, character))
    runner.timer.stop()
    wait_until(lambda: runner.tick() is not None and state(worker).kind == "Busy")
    status = bpy.context.window_manager.a2g
    assert status.running
    before = counts()
    process.kill()
    tick_to_the_end(runner)
    assert (status.running, status.failed) == (False, True)
    assert "engine was killed" in status.message
    assert counts() == before
    assert state(worker).kind == "Stopped"
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    assert "Gestures" in strips(character)
    assert state(worker).kind == "Ready"


def test_a_worker_that_dies_while_it_waits_is_noticed(worker, heard):
    worker.start(settings())
    end_the_process(worker)
    worker.worker.process.wait()
    assert state(worker).kind == "Stopped"
    assert bpy.ops.a2g.restart_worker() == {"FINISHED"}
    assert state(worker).kind == "Ready"


def test_use_cpu_is_the_artists_choice(worker, parts, heard):
    worker.start(settings())
    process = worker.worker.process
    assert bpy.ops.a2g.use_cpu() == {"FINISHED"}
    assert process.wait(LIMIT_S) is not None
    assert parts.preferences.get().engine == "NUMPY"
    assert not settings().uses_worker
    assert len(worker.generate(*heard, settings=settings())) == 120


def test_free_memory_ends_the_process(addon, worker, monkeypatch):
    monkeypatch.setattr(addon.a2g_core.worker.client, "STOP_S", LIMIT_S)
    worker.start(settings())
    process = worker.worker.process
    assert bpy.ops.a2g.stop_worker() == {"FINISHED"}
    assert process.wait(LIMIT_S) == 0
    assert state(worker).kind == "Idle"


def test_loading_is_shown_and_can_be_cancelled(addon, worker, heard):
    cancel = threading.Event()
    ended = []

    def work():
        try:
            worker.generate(*heard, settings=chosen, should_cancel=cancel.is_set)
        except addon.a2g_core.errors.Cancelled:
            ended.append("cancelled")

    chosen = settings()
    thread = threading.Thread(target=work)
    thread.start()
    wait_until(lambda: state(worker).kind == "Starting")
    cancel.set()
    thread.join(LIMIT_S)
    assert ended == ["cancelled"]
    assert state(worker).kind == "Idle"


def test_another_python_ends_the_old_worker(worker, torch_python, tmp_path):
    worker.start(settings())
    process = worker.worker.process
    link = tmp_path / "python"
    link.write_text(f'#!/bin/sh\nexec "{torch_python}" "$@"\n')
    link.chmod(0o755)
    chosen = module().EngineSettings("WORKER", str(link), "CPU")
    worker.running_worker(chosen)
    assert process.poll() is not None
    assert worker.worker.is_alive


@pytest.mark.parametrize(("python", "words"), [("", "not set up"), ("/nowhere/python", "/nowhere/python")])
def test_no_worker_and_no_silent_fallback(worker, parts, heard, python, words):
    parts.preferences.get().worker_python = python
    with pytest.raises(parts.worker_protocol.WorkerError, match=words):
        worker.generate(*heard, settings=settings())
    assert words in panel_text(parts)
    assert words in preferences_text(parts)
    with pytest.raises(RuntimeError, match=words):
        bpy.ops.a2g.restart_worker()


def test_the_worker_ends_with_the_add_on(worker):
    worker.start(settings())
    process = worker.worker.process
    addon_utils.disable(PACKAGE)
    assert process.wait(LIMIT_S) is not None
    addon_utils.enable(PACKAGE)


# Set Up GPU -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def small(parts, monkeypatch, extension_zip, tmp_path):
    """Setting up without gigabytes and without the network: one small package, the zip's own, and no trial of torch."""
    with zipfile.ZipFile(extension_zip) as archive:
        archive.extractall(tmp_path, [name for name in archive.namelist() if name.endswith(".whl")])
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "wheels"))
    monkeypatch.setattr(parts.worker_install, "REQUIREMENTS", ("array-api-compat==1.16.0",))
    monkeypatch.setattr(parts.worker_install, "probe", lambda python: f"tried {python}")
    monkeypatch.setattr(parts.worker_install, "TORCH_PAGES", "")
    return parts


def test_setting_up_is_refused_offline(parts):
    with pytest.raises(RuntimeError, match="Preferences > System > Network > Allow Online Access"):
        bpy.ops.a2g.setup_worker()
    assert parts.setup.current is None
    assert not parts.engine_setup.folder().exists()


@pytest.mark.slow
def test_setting_up_makes_an_environment_and_uses_it(small):
    bpy.context.preferences.system.use_online_access = True
    assert bpy.ops.a2g.setup_worker() == {"FINISHED"}
    chosen = settings()
    assert small.preferences.get().engine == "WORKER"
    assert Path(chosen.python) == small.worker_install.interpreter_in(small.engine_setup.folder())
    found = subprocess.run([chosen.python, "-c", "import array_api_compat"], check=False)
    assert found.returncode == 0
    assert not (small.engine_setup.folder() / "tmp").exists()
    assert small.setup.current is None
    import shutil

    shutil.rmtree(small.engine_setup.folder())


@pytest.mark.slow
def test_a_failed_setup_is_one_sentence_with_its_log(small, monkeypatch):
    monkeypatch.setattr(small.worker_install, "REQUIREMENTS", ("array-api-compat==0.0.0.1",))
    bpy.context.preferences.system.use_online_access = True
    with pytest.raises(RuntimeError, match=r"could not be set up \(No matching distribution.*; look at the log"):
        bpy.ops.a2g.setup_worker()
    assert not small.engine_setup.folder().exists()
    assert "a2g.copy_setup_log" in panel_text(small)
    bpy.ops.a2g.copy_setup_log()
    assert any(line.startswith("> ") for line in small.setup.current.log)
    assert small.preferences.get().engine == "NUMPY"


def test_while_setting_up_size_log_and_a_way_out_are_shown(small):
    asked = []
    plan = small.worker_install.Plan(Path("/nowhere"), Path("python"), (), (), 3e9, 9e9)
    small.setup.current = SimpleNamespace(
        is_running=True, plan=plan, phase="Downloading", fraction=0.5, log=["Collecting torch"], problem=None,
        cancel=lambda: asked.append("cancel"),
    )  # fmt: skip
    text = panel_text(small)
    assert "Downloading 50%" in text
    assert "4.5 of about 9.0 GB" in text
    assert "Collecting torch" in text
    assert "a2g.cancel_setup" in text
    with pytest.raises(RuntimeError, match="being set up"):
        bpy.ops.a2g.setup_worker()
    assert bpy.ops.a2g.cancel_setup() == {"FINISHED"}
    assert asked == ["cancel"]


def test_the_dialog_says_what_will_happen(addon, parts):
    operator = next(c for c in addon.operators.CLASSES if c.bl_idname == "a2g.setup_worker")

    def text(**values):
        chosen = SimpleNamespace(bl_rna=bpy.ops.a2g.setup_worker.get_rna_type(), python="", use_gpu=True,
                                 found=Path("/usr/bin/python3.12"))  # fmt: skip
        vars(chosen).update(values)

        def draw(layout):
            chosen.layout = SimpleLayout(layout)
            operator.draw(chosen, bpy.context)

        return drawn(draw)

    assert "Allow Online Access" in text()
    bpy.context.preferences.system.use_online_access = True
    for words in ("GB to download", "BSD 3-Clause", str(parts.engine_setup.folder()), "/usr/bin/python3.12"):
        assert words in text()
    assert "No Python from 3.11 to 3.14" in text(found=None)
    assert "Nothing is downloaded" in text(python="/usr/bin/python3")


class SimpleLayout:
    """Passes everything on but `prop`, whose owner is an operator that does not exist as data here."""

    def __init__(self, layout) -> None:
        self.layout = layout

    def __getattr__(self, name):
        return (lambda *_a, **_o: None) if name == "prop" else getattr(self.layout, name)


def test_an_existing_python_is_tried_first(parts, torch_python):
    assert bpy.ops.a2g.setup_worker(python=torch_python) == {"FINISHED"}
    assert settings() == module().EngineSettings("WORKER", torch_python, "AUTO")


def test_a_python_without_torch_is_refused(parts, tmp_path):
    bare = tmp_path / "bare"
    subprocess.run([parts.worker_install.find_python(), "-m", "venv", "--without-pip", bare], check=True)
    python = parts.worker_install.interpreter_in(bare)
    with pytest.raises(RuntimeError, match="No module named"):
        bpy.ops.a2g.setup_worker(python=str(python))
    for wrong in (str(tmp_path / "missing"), str(bare / "pyvenv.cfg")):
        with pytest.raises(RuntimeError, match="; choose a Python"):
            bpy.ops.a2g.setup_worker(python=wrong)
    assert parts.preferences.get().engine == "NUMPY"


# Preferences ----------------------------------------------------------------------------------------------------------


def test_preferences_show_everything(parts):
    text = preferences_text(parts)
    for words in ("a2g.check_setup", "Set Up GPU", "MB kept", "a2g.clear_cache", "Shortcuts"):
        assert words in text


def test_preferences_have_plain_tooltips(parts):
    for name in vars(parts.preferences.DEFAULTS):
        prop = parts.preferences.get().bl_rna.properties[name]
        assert prop.description and not prop.description.endswith("."), name
        assert prop.name == prop.name.title() or prop.name[0].isupper(), name


def test_the_tab_can_be_renamed(addon, parts):
    parts.preferences.get().tab_name = "Speech"
    assert addon.panels.A2G_PT_gestures.bl_category == "Speech"
    assert all(cls.is_registered for cls in addon.panels.CLASSES)
    parts.preferences.get().tab_name = " "
    assert addon.panels.A2G_PT_gestures.bl_category == "Gestures"


def test_defaults_without_an_installed_add_on(parts):
    nobody = SimpleNamespace(preferences=SimpleNamespace(addons={}))
    assert parts.preferences.get(nobody).engine == "NUMPY"
    assert parts.preferences.get(nobody).tab_name == "Gestures"


def test_kept_takes_can_be_cleared(parts):
    folder = parts.preferences.takes_folder()
    folder.mkdir(parents=True, exist_ok=True)
    parts.preferences.clear_cache()
    (folder / "take.npz").write_bytes(b"x" * 1000)
    assert parts.preferences.cache_bytes() == 1000
    assert bpy.ops.a2g.clear_cache() == {"FINISHED"}
    assert parts.preferences.cache_bytes() == 0


def test_check_setup_with_numpy(parts):
    assert bpy.ops.a2g.check_setup() == {"FINISHED"}
    assert [(f.label, f.is_good) for f in parts.engine.last_check] == [
        ("Gesture Model", True), ("Device", True), ("Speed", True),
    ]  # fmt: skip
    assert f"Speed: {parts.engine.last_check[-1].text}" in preferences_text(parts)


def test_check_setup_with_a_worker(worker, parts):
    bpy.ops.a2g.check_setup()
    assert [f.is_good for f in worker.last_check] == [True] * 4
    parts.preferences.get().worker_python = "/nowhere/python"
    bpy.ops.a2g.check_setup()
    assert [(f.label, f.is_good) for f in worker.last_check] == [("Gesture Model", True), ("Engine", False)]


def test_reasons_of_disabled_buttons(parts):
    for operator, words in {
        bpy.ops.a2g.restart_worker: "nothing to restart",
        bpy.ops.a2g.stop_worker: "no memory to free",
        bpy.ops.a2g.use_cpu: "nothing to change",
        bpy.ops.a2g.cancel_setup: "nothing to cancel",
        bpy.ops.a2g.copy_setup_log: "use Set Up GPU first",
    }.items():
        with pytest.raises(RuntimeError, match=words):
            operator()
    bpy.context.window_manager.a2g.running = True
    for operator in (bpy.ops.a2g.setup_worker, bpy.ops.a2g.check_setup):
        with pytest.raises(RuntimeError, match="being generated"):
            operator()
    bpy.context.window_manager.a2g.running = False
