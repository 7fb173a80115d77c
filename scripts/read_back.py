"""Exports takes in a Blender, and reads them back by programs of others: how far joints, turns and times are off.

    python3 scripts/read_back.py                # Blender 4.5; needs npm, and chromium on PATH; a quarter of an hour
    python3 scripts/read_back.py --blender 5.2 --keep FOLDER

pygltflib, usd-core with its validators, three BVH packages, three.js' loaders, the Khronos validator, and
@pixiv/three-vrm-animation in headless Chromium on two VRMs. They are installed, each version pinned, into a temporary
folder. Rigs and VRMs by others lie in ../shared/data; without it, only those made in code are exported. Exit code 1 if
anything is off by more than a millimetre, 0.05 degrees, a millisecond, or a thousandth of a shape key.
"""

from __future__ import annotations

import argparse
import base64
import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import environments

ROOT = environments.ROOT
READERS = ROOT / "scripts/readers"
PIP = (
    "pygltflib==1.16.5", "usd-core==26.11", "numpy==2.4.6", "array-api-compat==1.16.0", "bvhio==1.5.4", "pybvh==0.9.0",
    "bvhtoolbox==0.1.3", "setuptools==79.0.1",
)  # fmt: skip
NPM = (
    "three@0.187.0", "@pixiv/three-vrm@3.5.5", "@pixiv/three-vrm-animation@3.5.5", "gltf-validator@2.0.0-dev.3.10",
    "esbuild@0.25.0",
)  # fmt: skip
VRMS = ("mpfb_human.vrm", "univrm_humanik_vrm0.vrm")


def main() -> int:
    """Run all readers. Returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--blender", default="4.5", choices=[e.name for e in environments.BLENDERS])
    parser.add_argument("--keep", type=Path, help="work in this folder, and leave it")
    options = parser.parse_args()
    for program in ("npm", "node", "chromium"):
        if shutil.which(program) is None:
            print(f"{program} is not on PATH; install it (Debian: apt-get install {program})", file=sys.stderr)
            return 2
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        return _run(folder.resolve(), next(e for e in environments.BLENDERS if e.name == options.blender))


def _run(folder: Path, blender: environments.Environment) -> int:
    files, python = folder / "files", folder / "venv/bin/python"
    files.mkdir(exist_ok=True)
    if not python.exists():
        _call([sys.executable, "-m", "venv", str(folder / "venv")])
        _call([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PIP])
    if not (folder / "node_modules").is_dir():
        _call(["npm", "init", "--yes"], cwd=folder, quiet=True)
        _call(["npm", "install", "--silent", *NPM], cwd=folder)
    archive = subprocess.run(
        [sys.executable, str(ROOT / "scripts/build_extension.py")], capture_output=True, text=True, check=True
    ).stdout.strip()
    environment = {**os.environ, "BLENDER_USER_RESOURCES": str(folder / "blender")}
    made = [str(environments.ready(blender)), str(READERS / "make.py"), archive, str(files)]
    _call(made, quiet=True, env=environment)
    for name in ("three.mjs", "vrm.js"):
        shutil.copy(READERS / name, folder)
    with open(files / "three.json", "w", encoding="utf-8") as out:
        subprocess.run(["node", "three.mjs", str(files)], cwd=folder, stdout=out, check=True)
    bundle = ["npx", "esbuild", "vrm.js", "--bundle", "--outfile=bundle.js", "--log-level=error"]
    _call(bundle, cwd=folder)
    for vrm in VRMS:
        if (path := ROOT.parent / "shared/data/rigs" / vrm).exists():
            (files / f"browser-{path.stem}.json").write_text(_in_browser(folder, files, path), encoding="utf-8")
    return subprocess.run([str(python), str(READERS / "read.py"), str(files)], check=False).returncode


def _in_browser(folder: Path, files: Path, vrm: Path) -> str:
    """What the page writes: see `readers/vrm.js`."""
    about = json.loads((files / "about.json").read_text())

    def text(path: Path) -> str:
        return base64.b64encode(path.read_bytes()).decode()

    animations = {
        name: {
            "data": text(files / f"{name}.vrma"),
            "times": [(case["start"] + k) / case["fps"] for k in range(case["frames"])],
        }
        for name, case in about.items()
    }
    script = f"window.VRM={json.dumps(text(vrm))};window.ANIMATIONS={json.dumps(animations)};"
    (folder / "data.js").write_text(script, encoding="utf-8")
    page = folder / "page.html"
    page.write_text('<body><script src="data.js"></script><script src="bundle.js"></script></body>', encoding="utf-8")
    flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files"]
    flags += ["--virtual-time-budget=60000", f"--user-data-dir={folder / 'profile'}", "--dump-dom"]
    done = subprocess.run(["chromium", *flags, page.as_uri()], capture_output=True, text=True, check=True, timeout=300)
    found = re.search(r'<pre id="found">(.*?)</pre>', done.stdout, re.DOTALL)
    if found is None:
        raise SystemExit(f"the browser wrote nothing: {done.stderr[-500:]}")
    return html.unescape(found[1])


def _call(command: list[str], *, quiet: bool = False, **where: object) -> None:
    done = subprocess.run(command, capture_output=quiet, text=True, check=False, **where)  # type: ignore[call-overload]
    if done.returncode:
        said = f":\n{done.stdout[-1500:]}{done.stderr[-1500:]}" if quiet else ""
        raise SystemExit(f"{command[0]} failed{said}")


if __name__ == "__main__":
    sys.exit(main())
