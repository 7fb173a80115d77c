"""Checks the tree as the extension's zip lays it out: `.venv/bin/python scripts/staged.py types|contracts`.

In the repository the core is beside the add-on, which finds it by extending its `__path__`. Static tools do not see
that. In the zip the core is inside the add-on, and the border between the two is visible to them.

types: mypy over the staged tree, over the whole of a2g_core for the rooms that are not in the zip, and over the scripts
that everything else stands on.
contracts: import-linter over the staged tree, by scripts/staged_contracts.toml.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import stubs
from build_extension import ROOT, stage

PACKAGE = "audio2gestures"
SCRIPTS = ("build_extension", "demo", "environments", "manual", "release", "staged", "stubs", "test")
"""Those that build and check. Measuring and rendering scripts have annotations too, but nothing stands on them."""


def main() -> int:
    """Stage the tree, run one check over it, and return the check's exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("check", choices=("types", "contracts"))
    parser.add_argument("only", nargs="*", help="show only messages about these files and folders (types)")
    arguments = parser.parse_args()
    with staged_tree() as folder:
        return check_types(folder, arguments.only) if arguments.check == "types" else check_contracts(folder)


@contextmanager
def staged_tree() -> Iterator[Path]:
    """A folder with the package as in the zip and, beside it, the core as in the repository."""
    with tempfile.TemporaryDirectory(prefix="a2g-staged-") as scratch:
        folder = Path(scratch)
        stage(folder / PACKAGE, wheels=[])
        (folder / "a2g_core").symlink_to(ROOT / "a2g_core", target_is_directory=True)
        yield folder


def check_types(folder: Path, only: list[str]) -> int:
    """Run mypy, print what it says with the repository's paths, and return 0 if it says nothing."""
    stubs.write(folder / "stubs")
    command = [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml")]
    command += ["--cache-dir", str(ROOT / ".mypy_cache"), "-p", PACKAGE, "-p", "a2g_core"]
    command += [argument for script in SCRIPTS for argument in ("-m", script)]
    environ = {**os.environ, "MYPYPATH": os.pathsep.join((str(folder / "stubs"), str(ROOT / "scripts")))}
    done = subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)
    lines = list(_as_in_repository(done.stdout))
    shown = [line for line in lines if not only or line.startswith(tuple(only))]
    print("\n".join(shown))
    print(done.stderr, end="", file=sys.stderr)
    return int(any(": error:" in line for line in shown) or done.returncode > 1)


def _as_in_repository(output: str) -> Iterator[str]:
    """The messages with the repository's paths; a message about a core file that occurs in both places, once."""
    seen = set()
    for line in output.splitlines():
        if line.startswith(f"{PACKAGE}/"):
            line = line.replace(f"{PACKAGE}/a2g_core/", "a2g_core/", 1).replace(f"{PACKAGE}/", "blender_addon/", 1)
        line = line.replace(f"{ROOT}/", "", 1)
        if line not in seen:
            seen.add(line)
            yield line


def check_contracts(folder: Path) -> int:
    """Run import-linter, and return its exit status."""
    config = ROOT / "scripts" / "staged_contracts.toml"
    linter = Path(sys.executable).with_name("lint-imports")
    environ = {**os.environ, "PYTHONPATH": str(folder)}
    command = [str(linter), str(config), "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=folder, env=environ, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
