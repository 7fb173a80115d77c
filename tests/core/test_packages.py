"""What is in the wheel, in the source archive and in the tree of the extension's zip, and what is not."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest
from places import ROOT

from a2g_core import __version__

DATA = {
    "a2g_core/py.typed",
    "a2g_core/body/rigmaps/smplx.json",
    "a2g_core/performing/idles/NOTICE",
    "a2g_core/performing/idles/clips.npz",
    "a2g_core/performing/idles/LICENSES/Apache-2.0.txt",
    "a2g_core/model/weights/README.md",
    "a2g_core/model/weights/product.gate.json",
    "a2g_core/model/weights/product.safetensors",
    "a2g_core/training/split.json",
    "a2g_core/words/sounds.npz",
    "a2g_core/gestures/library.npz",
    "a2g_core/gestures/library.json",
    "a2g_core/gestures/NOTICE",
    "a2g_core/gestures/LICENSES/CC0-1.0.txt",
    "a2g_core/gestures/lexicons/ja.json",
    "a2g_core/evaluation/study/page.html",
    "a2g_core/evaluation/weights/motion_encoder.safetensors",
}
NOTICES = ("LICENSE", "THIRD_PARTY.md")


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """A folder with both archives, built from a copy: setuptools writes into the tree that it builds."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("dist")
    for name in ("a2g_core", "blender_addon", "scripts", "tests"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", *NOTICES):
        shutil.copy(ROOT / name, source)
    command = [sys.executable, "-m", "build", "--no-isolation", "--sdist", "--wheel", "--outdir", str(out), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


def modules_of_the_core() -> set[str]:
    return {str(path.relative_to(ROOT)) for path in (ROOT / "a2g_core").rglob("*.py")}


def test_the_wheel_holds_the_core_its_data_and_its_notices_and_no_more(built):
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        (metadata,) = (Parser().parsestr(archive.read(n).decode()) for n in names if n.endswith(".dist-info/METADATA"))
    info = {name.partition("/")[2] for name in names if ".dist-info/" in name}
    assert modules_of_the_core() | DATA <= names
    assert {f"licenses/{name}" for name in NOTICES} <= info
    strange = {n for n in names if not n.startswith("a2g_core/") and ".dist-info/" not in n}
    assert not strange
    assert metadata["Version"] == __version__
    assert metadata.get_all("License-File") == list(NOTICES)
    assert metadata["License-Expression"] == "GPL-3.0-or-later"
    assert metadata["Author"] == "Audio2Gestures contributors"
    assert "Typing :: Typed" in metadata.get_all("Classifier")


def test_the_source_archive_holds_what_the_wheel_is_built_from_and_no_tests(built):
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as file:
        names = {name.partition("/")[2] for name in file.getnames()}
    assert modules_of_the_core() | DATA | {"pyproject.toml", "README.md", *NOTICES} <= names
    assert not [n for n in names if n.startswith(("tests", "scripts", "blender_addon"))]


def test_the_zip_holds_the_rooms_that_generate_and_its_notices(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "scripts")
    import build_extension

    folder = tmp_path / "audio2gestures"
    build_extension.stage(folder, wheels=[])
    names = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert {*NOTICES, "blender_manifest.toml", "__init__.py", "py.typed", "a2g_core/py.typed"} <= names
    assert {"a2g_core/model/weights/product.safetensors", "a2g_core/body/rigmaps/smplx.json"} <= names
    rooms = {name.split("/")[1] for name in names if name.startswith("a2g_core/")}
    assert rooms == {*build_extension.GENERATION_ROOMS, "__init__.py", "py.typed"}
    assert not [n for n in names if "__pycache__" in n or "test" in n]
