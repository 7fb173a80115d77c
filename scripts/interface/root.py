"""A root folder with Debian's Blender, an X server and an OCR program, and commands run inside it.

Made once per suite by mmdebstrap (about 3 minutes, 1.3 GB), then reused. Everything is mounted in this process's own
mount namespace, so that nothing is visible outside or remains when the process ends, however it ends.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

SUITES = {"trixie": (), "sid": ("python3-cattr",)}  # sid's Blender needs python3-cattr for its extensions
_PACKAGES = (
    "blender", "python3-numpy", "python3-requests", "libgl1-mesa-dri", "libegl1", "libgl1", "fonts-dejavu-core",
    "ca-certificates", "xvfb", "xauth", "xdotool", "imagemagick", "tesseract-ocr", "tesseract-ocr-eng",
    "python3-xlib",  # for dragging a file onto the window
    "libopenblas0-pthread",  # as in blender.org's builds; the reference BLAS is 15 times slower
)  # fmt: skip
_OPTIONS = (
    '--aptopt=APT::Install-Recommends "false"',
    '--aptopt=Acquire::Check-Valid-Until "false"',  # sid's Release file is past its date on some mirrors
    "--dpkgopt=path-exclude=/usr/share/doc/*",
    "--dpkgopt=path-exclude=/usr/share/man/*",
    "--dpkgopt=path-exclude=/usr/share/locale/*",
    "--dpkgopt=force-unsafe-io",
)
_ENVIRONMENT = {
    "HOME": "/root",
    "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
    "LANG": "C.UTF-8",
    "LIBGL_ALWAYS_SOFTWARE": "1",
    "BLENDER_USER_RESOURCES": "/shared/user",
    "TMPDIR": "/shared",  # where Blender writes why it crashed
    "OMP_THREAD_LIMIT": "1",  # tesseract's threads only wait for each other on pictures this small
}
_OWN_NAMESPACE = "A2G_INTERFACE_NAMESPACE"


class RootError(Exception):
    """The root folder cannot be made. The message says why and what to do."""


def enter_own_namespace() -> None:
    """Restart this script in namespaces in which its mounts and processes end with it."""
    if os.environ.get(_OWN_NAMESPACE):
        return
    if os.geteuid() or not shutil.which("unshare"):
        raise RootError("root and util-linux's unshare are needed to run Blender in a folder of its own; use sudo.")
    unshare = ["unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child"]
    os.environ[_OWN_NAMESPACE] = "1"
    sys.stdout.flush()
    os.execvp("unshare", [*unshare, sys.executable, *sys.argv])


def make(suite: str, cache: Path, mirror: str | None) -> Path:
    """The suite's root folder, made if it does not exist."""
    folder = cache / suite
    stamp = folder / "etc" / "a2g-packages"
    packages = ",".join((*_PACKAGES, *SUITES[suite]))
    if stamp.is_file() and stamp.read_text() == packages:
        return folder
    if not shutil.which("mmdebstrap"):
        raise RootError("mmdebstrap is not installed; apt-get install mmdebstrap.")
    if folder.exists():
        raise RootError(f"{folder} was made with other packages; delete it.")
    cache.mkdir(parents=True, exist_ok=True)
    partial = cache / f"{suite}.partial"
    shutil.rmtree(partial, ignore_errors=True)  # mmdebstrap unmounts what it mounted there
    command = ["mmdebstrap", "--quiet", "--mode=root", "--variant=minbase", f"--include={packages}", *_OPTIONS]
    done = subprocess.run([*command, suite, str(partial), *([mirror] if mirror else [])], check=False)
    if done.returncode:
        raise RootError(f"mmdebstrap could not make {suite}; its output is above.")
    (partial / "etc" / "a2g-packages").write_text(packages)
    (partial / "shared").mkdir()
    partial.rename(folder)
    return folder


class Root:
    """The root folder while it is in use. Inside it, ``/shared`` is the folder `shared` of outside."""

    def __init__(self, folder: Path, shared: Path) -> None:
        self.folder, self.shared, self._mounted = folder, shared, []
        self.environment = dict(_ENVIRONMENT)

    def __enter__(self) -> Root:
        for arguments, target in (
            (["-t", "proc", "proc"], "proc"),
            (["--rbind", "/dev"], "dev"),
            (["-t", "tmpfs", "tmpfs"], "tmp"),
            (["--bind", str(self.shared)], "shared"),
        ):
            subprocess.run(["mount", *arguments, str(self.folder / target)], check=True)
            self._mounted.append(self.folder / target)
        return self

    def __exit__(self, *_error: object) -> None:
        for target in reversed(self._mounted):
            subprocess.run(["umount", "--recursive", "--lazy", str(target)], check=False)

    def start(self, *command: str, log: str) -> subprocess.Popen:
        """Start a command; its output goes to a file of this name in the shared folder."""
        with (self.shared / log).open("wb") as file:
            return subprocess.Popen(self._inside(command), stdout=file, stderr=subprocess.STDOUT)

    def run(self, *command: str, timeout_s: float = 180.0, check: bool = True) -> str:
        """Run a command to its end. Returns its standard output."""
        done = subprocess.run(
            self._inside(command), capture_output=True, text=True, timeout=timeout_s, check=False, errors="replace"
        )
        if check and done.returncode:
            raise RootError(f"{' '.join(command)} failed: {(done.stdout + done.stderr).strip()}")
        return done.stdout

    def _inside(self, command: tuple[str, ...]) -> list[str]:
        variables = [f"{name}={value}" for name, value in self.environment.items()]
        return ["chroot", str(self.folder), "env", "-i", *variables, *command]
