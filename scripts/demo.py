"""From a fresh checkout to a character that talks: `python3 scripts/demo.py [--audio FILE] [--rig FILE] [--out DIR]`.

Standard library only. Makes an environment with Blender in it (PyPI's `bpy`), builds the add-on's zip, and has
`demo_scene.py` install that zip and use it in Blender. Writes `demo.blend`, `demo.mp4`, `demo.png`, and Blender's
output as `demo.log`.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from environments import DEMO, ROOT, SetupError, ready

SAMPLE = ROOT / "scripts" / "sample" / "speech.wav"
# Libraries that the bpy wheel links to or opens, and the Debian packages that provide them and Mesa's renderer.
GRAPHICS = (
    *("libEGL.so.1", "libGL.so.1", "libXi.so.6", "libXxf86vm.so.1", "libXfixes.so.3", "libxkbcommon.so.0"),
    *("libSM.so.6", "libICE.so.6"),
)
INSTALL_GRAPHICS = (
    "apt-get install --no-install-recommends libegl1 libegl-mesa0 libgl1 libgl1-mesa-dri libxi6 libxxf86vm1 libxfixes3 "
    "libxkbcommon0 libsm6 libice6"
)
SAID = "demo: "
"""Lines of Blender's process that begin with this are for the user; the rest goes into the log."""
TOLD = 3
"""Exit status of Blender's process if its last line says why it stopped."""


def main() -> int:
    """Run the demo; an error is reported in one sentence."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--audio", type=Path, default=SAMPLE, help="speech to use (wav, flac, mp3, ogg, m4a)")
    parser.add_argument("--rig", type=Path, help="file with a character of yours (blend, vrm, fbx, glb)")
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "demo", help="folder for the results")
    parser.add_argument("--seed", type=int, default=1, help="selects the performance (default: 1)")
    arguments = parser.parse_args()
    start = time.monotonic()
    try:
        rig = None if arguments.rig is None else arguments.rig.resolve()
        _run(arguments.audio.resolve(), rig, arguments.out.resolve(), arguments.seed)
    except SetupError as error:
        print(f"demo.py: {error}", file=sys.stderr)
        return 1
    print(f"done in {time.monotonic() - start:.0f} s:")
    for name in ("demo.mp4", "demo.png", "demo.blend"):
        print(f"  {_short(arguments.out.resolve() / name)}")
    return 0


def _run(audio: Path, rig: Path | None, out: Path, seed: int) -> None:
    if not audio.is_file():
        raise SetupError(f"there is no file {audio}; pass a sound file to --audio.")
    if rig is not None and not rig.is_file():
        raise SetupError(f"there is no file {rig}; pass a file with a character to --rig.")
    _require_graphics()
    python = ready(DEMO)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="a2g-demo-") as scratch:
        extension = build(python, Path(scratch))
        environ = {**os.environ, "BLENDER_USER_RESOURCES": str(Path(scratch, "blender")), "PYTHONNOUSERSITE": "1"}
        scene = ROOT / "scripts" / "demo_scene.py"
        command = [python, scene, "--extension", extension, "--audio", audio, "--out", out, "--seed", seed]
        command += ["--rig", rig] if rig is not None else []
        _follow(list(map(str, command)), environ, out / "demo.log")


def _require_graphics() -> None:
    if not sys.platform.startswith("linux"):
        return
    missing = [name for name in GRAPHICS if not _loads(name)]
    vendors = [file for folder in ("/usr/share", "/etc") for file in Path(folder).glob("glvnd/egl_vendor.d/*.json")]
    if missing or not vendors:
        what = ", ".join(missing) or "an EGL driver"
        raise SetupError(f"Blender needs graphics libraries that are not installed ({what}): {INSTALL_GRAPHICS}")


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def build(python: Path, folder: Path) -> Path:
    """Build the extension's zip with this Python. Raises SetupError."""
    command = [str(python), str(ROOT / "scripts" / "build_extension.py"), "--output", str(folder)]
    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    if run.returncode:
        raise SetupError(f"the extension could not be built: {(run.stderr or run.stdout).strip().splitlines()[-1:]}.")
    return Path(run.stdout.strip().splitlines()[-1])


def _follow(command: list[str], environ: dict[str, str], log: Path) -> None:
    """Run Blender's part, pass its lines for the user on, and log the rest."""
    last = ""
    with log.open("w") as file:
        process = subprocess.Popen(
            command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
        )
        assert process.stdout is not None  # it is a pipe
        for line in process.stdout:
            file.write(line)
            if line.startswith(SAID):
                last = line[len(SAID) :].strip()
                print(last, flush=True)
        status = process.wait()
    if status == TOLD:
        raise SetupError(f"stopped; Blender's output is in {log}.")
    if status:
        raise SetupError(f"Blender exited with status {status} after '{last}'; its output is in {log}.")


def _short(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


if __name__ == "__main__":
    sys.exit(main())
