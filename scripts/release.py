"""Makes what is given to others, from the commit that is checked out, and installs it: `python3 scripts/release.py`.

    python3 scripts/release.py                         # dist/: the zip, the wheel, SHA256SUMS, RELEASE.md
    python3 scripts/release.py --website https://...   # the address that Blender shows for the extension

Both are built from a copy of the commit, so that nothing else of this folder gets into them; a checkout with changes is
refused. The zip is then installed in a bare Blender of each version (PyPI's `bpy`, as `scripts/test.py` makes them),
where a character is added and speaks the sample; the wheel is installed into an empty environment, where `a2g generate`
makes a take of it. Needs Python 3.11 with venv, git and network access for pip.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

from environments import BLENDERS, DEMO, ROOT, Environment, SetupError, ready

MAX_ZIP_BYTES = 10_000_000
SAMPLE = Path("scripts", "sample", "speech.wav")

# What an artist does after dropping the zip on Blender's window, which calls the same installer.
_FIRST_TAKE = """
import sys, bpy, numpy
sys.path[:] = [path for path in sys.path if not path.endswith("site-packages")]  # a bare Blender has no more than these
archive, speech = sys.argv[1:]
bpy.ops.extensions.package_install_files(filepath=archive, repo="user_default", enable_on_install=True)
bpy.ops.a2g.add_character()
bpy.ops.a2g.choose_speech_file(filepath=speech)
bpy.ops.a2g.generate()
tracks = bpy.context.scene.a2g_character.animation_data.nla_tracks
assert len(tracks) == 1 and tracks[0].strips[0].frame_end > 100, list(tracks)
print("FIRST TAKE", flush=True)
import os; os._exit(0)  # Blender may hang or crash at exit, which is not what is tried here
"""


class ReleaseError(Exception):
    """This is not released. The message says why and what to do."""


def main() -> int:
    """Build, check, and say where everything is."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=ROOT / "dist", help="folder for the files (default: dist)")
    parser.add_argument("--website", default="", help="address that Blender shows (default: that of git's origin)")
    arguments = parser.parse_args()
    try:
        release(ROOT, arguments.output.resolve(), arguments.website)
    except (ReleaseError, SetupError) as error:
        print(f"release: {error}", file=sys.stderr)
        return 1
    return 0


def release(checkout: Path, output: Path, website: str) -> None:
    """Make everything of one checkout, and check it. Raises ReleaseError, and then leaves nothing in output."""
    check_clean(checkout)
    version = one_version(checkout)
    website = website or address(_git(checkout, "config", "--get", "remote.origin.url", check=False))
    if not website:
        print("git has no origin on the web, so that Blender will show no website; --website names one")
    with tempfile.TemporaryDirectory(prefix="a2g-release-") as scratch:
        source, made = Path(scratch, "source"), Path(scratch, "made")
        export(checkout, source)
        made.mkdir()
        print(f"building {version} of commit {_git(checkout, 'rev-parse', '--short', 'HEAD')}")
        archive, wheel = build(source, made, website)
        if archive.stat().st_size > MAX_ZIP_BYTES:
            raise ReleaseError(f"{archive.name} is {archive.stat().st_size / 1e6:.1f} MB; keep it under 10 MB.")
        for blender in BLENDERS:
            check_zip(blender, archive, source / SAMPLE, Path(scratch, f"user-{blender.name}"))
        check_wheel(wheel, source / SAMPLE, Path(scratch, "empty"))
        changes = notes((source / "CHANGELOG.md").read_text(encoding="utf-8"), version)
        (made / "RELEASE.md").write_text(changes, encoding="utf-8")
        sums = "".join(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in (archive, wheel))
        (made / "SHA256SUMS").write_text(sums, encoding="utf-8")
        output.mkdir(parents=True, exist_ok=True)
        for file in sorted(made.iterdir()):
            shutil.copy(file, output)
            print(f"{output / file.name}  {file.stat().st_size / 1e6:.2f} MB")


def check_clean(checkout: Path) -> None:
    """ReleaseError unless the folder holds a commit and nothing else."""
    if changed := _git(checkout, "status", "--porcelain").splitlines():
        names = ", ".join(line[3:] for line in changed[:3]) + (", …" if len(changed) > 3 else "")
        raise ReleaseError(f"the checkout has changes that no commit holds ({names}); commit them, or clone it anew.")


def one_version(checkout: Path) -> str:
    """The version that every file names. ReleaseError if they differ."""
    manifest = tomllib.loads((checkout / "blender_manifest.toml").read_text(encoding="utf-8"))["version"]
    project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    core = re.search(r'__version__ = "(.*)"', (checkout / "a2g_core" / "__init__.py").read_text(encoding="utf-8"))
    named = {"blender_manifest.toml": manifest, "pyproject.toml": project, "a2g_core/__init__.py": core and core[1]}
    if len({*named.values()}) > 1:
        told = ", ".join(f"{version} in {file}" for file, version in named.items())
        raise ReleaseError(f"the version is {told}; make them one.")
    return str(manifest)


def address(origin: str) -> str:
    """The web page of a repository that git knows by this address; empty if it is on no server."""
    found = re.fullmatch(r"(?:https://(?:[^@/]+@)?|(?:ssh://)?git@)([\w.-]+)[:/](.+?)(?:\.git)?/?", origin)
    return f"https://{found[1]}/{found[2]}" if found else ""


def notes(changelog: str, version: str) -> str:
    """What RELEASE.md says: how to install, and what is new. ReleaseError if the changelog says nothing of it."""
    sections = dict(re.findall(r"^## \[([^]]+)\][^\n]*\n(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL))
    unreleased = sections.get("Unreleased", "").strip()
    changes = unreleased or sections.get(version, "").strip()
    if not changes:
        raise ReleaseError(f"CHANGELOG.md says nothing about {version}; write what is new.")
    if unreleased:
        print(f"CHANGELOG.md has changes after {version}: this is a preview, until they get a version and a date")
    heading = f"Audio2Gestures {version}" + (" and later changes: a preview" if unreleased else "")
    return (
        f"# {heading}\n\n"
        f"Drag `audio2gestures-{version}.zip` onto the window of Blender 4.2 or newer. In the 3D View press N, open "
        "*Gestures*, and click *Add Character*, *Choose Speech File…*, *Generate Gestures*. Without Blender: "
        f"`pip install audio2gestures-{version}-py3-none-any.whl`. `sha256sum -c SHA256SUMS` checks the files.\n\n"
        f"{changes}\n"
    )


def export(checkout: Path, folder: Path) -> None:
    """The files of the commit, without git."""
    folder.mkdir(parents=True)
    archive = folder.with_suffix(".tar")
    _git(checkout, "archive", "--format=tar", "-o", str(archive), "HEAD")
    shutil.unpack_archive(archive, folder, filter="data")


def build(source: Path, output: Path, website: str) -> tuple[Path, Path]:
    """The zip and the wheel."""
    python = str(ready(DEMO))  # it has Blender's own builder
    zipping = [python, str(source / "scripts" / "build_extension.py"), "--output", str(output)]
    _checked([*zipping, *(["--website", website] if website else [])], "the zip cannot be built")
    wheeling = [python, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet", "--no-deps"]
    _checked([*wheeling, "--wheel-dir", str(output), str(source)], "the wheel cannot be built")
    (archive,), (wheel,) = output.glob("*.zip"), output.glob("*.whl")
    return archive, wheel


def check_zip(blender: Environment, archive: Path, speech: Path, resources: Path) -> None:
    """Install the zip in a bare Blender and make a take there. resources: an empty folder for its user."""
    python = str(ready(blender))
    (resources / "home").mkdir(parents=True)
    environ = {"BLENDER_USER_RESOURCES": str(resources), "HOME": str(resources / "home"), "PYTHONNOUSERSITE": "1"}
    command = [python, "-c", _FIRST_TAKE, str(archive), str(speech)]
    _checked(command, f"Blender {blender.name} does not make a take with {archive.name}", environ, resources)
    print(f"Blender {blender.name}: installed, one take made")


def check_wheel(wheel: Path, speech: Path, folder: Path) -> None:
    """Install the wheel into an empty environment and make a take there."""
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    pip = [str(programs / "python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", str(wheel)]
    _checked(pip, f"{wheel.name} cannot be installed")
    take = folder / "take.bvh"
    command = [str(programs / "a2g"), "generate", str(speech), "-o", str(take)]
    _checked(command, "a2g generate does not make a take", {}, folder)
    if not take.is_file() or "MOTION" not in take.read_text(encoding="utf-8"):
        raise ReleaseError("a2g generate wrote no motion; run it by hand.")
    print("empty environment: installed, one take made")


def _git(checkout: Path, *arguments: str, check: bool = True) -> str:
    done = subprocess.run(["git", "-C", str(checkout), *arguments], capture_output=True, text=True, check=False)
    if check and done.returncode:
        raise ReleaseError(f"git {arguments[0]} failed: {done.stderr.strip()}")
    return done.stdout.strip() if check or not done.returncode else ""


def _checked(
    command: list[str], failure: str, environ: dict[str, str] | None = None, folder: Path | None = None
) -> None:
    """Run a command; ReleaseError with the last line that it said if it fails."""
    environ = {**os.environ, **(environ or {})}
    environ.pop("PYTHONPATH", None)
    run = subprocess.run(command, env=environ, cwd=folder, capture_output=True, text=True, check=False)
    if run.returncode:
        lines = [line for line in (run.stderr + run.stdout).splitlines() if line.strip()]
        raise ReleaseError(f"{failure}: {lines[-1].strip() if lines else f'exit status {run.returncode}'}")


if __name__ == "__main__":
    sys.exit(main())
