"""Builds the extension's zip with Blender's own builder: `python scripts/build_extension.py [--output DIR]`.

The builder and validator is `blender_ext.py`, a plain script in every installed `bpy` wheel; without one, a `blender`
on PATH does the same. Prints the zip's path. Standard library only; pip downloads the one bundled wheel once.
"""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

import manual

ROOT = Path(__file__).resolve().parent.parent
WHEEL_CACHE = ROOT / "build" / "wheels"
MAX_ZIP_BYTES = 10_000_000

GENERATION_ROOMS = (
    "errors.py", "files.py", "blas.py", "speech", "body", "model", "performing", "formats", "words", "gestures",
    "script",    "worker",
)  # fmt: skip
"""The rooms of a2g_core that go into the zip: those that generate. The others need torch or a terminal."""

_BUILDER = "scripts/addons_core/bl_pkg/cli/blender_ext.py"


class BuildError(Exception):
    """The zip cannot be built. The message says why and what to do."""


def main() -> int:
    """Build the zip and print its path."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=ROOT / "dist", help="folder for the zip (default: dist)")
    parser.add_argument("--website", default="", help="address that Blender shows for the extension")
    arguments = parser.parse_args()
    try:
        print(build(arguments.output, arguments.website))
    except BuildError as error:
        print(f"build_extension: {error}", file=sys.stderr)
        return 1
    return 0


def build(output: Path, website: str = "") -> Path:
    """Stage, validate and pack; returns the zip. website: where the extension is at home, if it is anywhere."""
    manifest = tomllib.loads((ROOT / "blender_manifest.toml").read_text(encoding="utf-8"))
    builder = find_builder()
    output.mkdir(parents=True, exist_ok=True)
    archive = output.resolve() / f"{manifest['id']}-{manifest['version']}.zip"
    with tempfile.TemporaryDirectory(prefix="a2g-build-") as scratch:
        staged = Path(scratch) / manifest["id"]
        stage(staged, manifest["wheels"])
        if website:
            _name_website(staged / "blender_manifest.toml", website)
        _run([*builder, "validate", str(staged)])
        _run([*builder, "build", "--source-dir", str(staged), "--output-filepath", str(archive)])
    _run([*builder, "validate", str(archive)])
    if archive.stat().st_size > MAX_ZIP_BYTES:
        raise BuildError(f"{archive.name} is {archive.stat().st_size / 1e6:.1f} MB; keep it under 10 MB.")
    return archive


def stage(folder: Path, wheels: list[str]) -> None:
    """Lay out what goes into the zip: the add-on at the root, the core inside it."""
    ignored = shutil.ignore_patterns("__pycache__", "*.pyc")
    shutil.copytree(ROOT / "blender_addon", folder, ignore=ignored)
    core = folder / "a2g_core"
    core.mkdir()
    for name in ("__init__.py", "py.typed"):
        shutil.copy(ROOT / "a2g_core" / name, core)
    for room in GENERATION_ROOMS:
        source = ROOT / "a2g_core" / room
        if source.is_dir():
            shutil.copytree(source, core / room, ignore=ignored)
        else:
            shutil.copy(source, core)
    for name in ("blender_manifest.toml", "LICENSE", "THIRD_PARTY.md"):
        shutil.copy(ROOT / name, folder)
    (folder / "manual").mkdir()
    manual.write(folder / "manual", tomllib.loads((ROOT / "blender_manifest.toml").read_text("utf-8"))["version"])
    (folder / "wheels").mkdir()
    for wheel in wheels:
        shutil.copy(_fetch_wheel(Path(wheel).name), folder / "wheels")


def _name_website(manifest: Path, website: str) -> None:
    """Add the address to a manifest, before its first table."""
    if not website.startswith("https://") or '"' in website or "\\" in website:
        raise BuildError(f"'{website}' is not an address of the web; it begins with https://.")
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text.replace("\n[", f'\nwebsite = "{website}"\n\n[', 1), encoding="utf-8")


def find_builder() -> list[str]:
    """The command that builds extensions."""
    for script in _builder_scripts():
        return [sys.executable, str(script)]
    if blender := shutil.which("blender"):
        return [blender, "--command", "extension"]
    raise BuildError("Blender's extension builder is not here; pip install bpy into .venv-bpy4.5, or install Blender.")


def _builder_scripts() -> Iterator[Path]:
    # The package is located but not imported: that would start Blender.
    spec = importlib.util.find_spec("bpy")
    packages = [Path(spec.origin).parent] if spec is not None and spec.origin else []
    packages += sorted(ROOT.glob(".venv-bpy*/lib/python3.*/site-packages/bpy"), reverse=True)
    packages += sorted(ROOT.glob(".venv-bpy*/Lib/site-packages/bpy"), reverse=True)
    for package in packages:
        yield from package.glob(f"*/{_BUILDER}")


def _fetch_wheel(name: str) -> Path:
    """The wheel of this file name, downloaded unless it already exists."""
    cached = WHEEL_CACHE / name
    if not cached.is_file():
        project, version = name.split("-")[:2]
        WHEEL_CACHE.mkdir(parents=True, exist_ok=True)
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--no-deps"]
        _run([*pip, "--only-binary", ":all:", "--dest", str(WHEEL_CACHE), f"{project}=={version}"])
    if not cached.is_file():
        raise BuildError(f"pip did not find {name}; correct the wheel's name in blender_manifest.toml.")
    return cached


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        text = (done.stdout + done.stderr).strip() or f"exit status {done.returncode}"
        raise BuildError(f"{' '.join(command[-4:])} failed: {text}")


if __name__ == "__main__":
    sys.exit(main())
