"""Drives the add-on in a real Blender window, with the mouse, and takes pictures.

    python3 scripts/interface/run.py                             # Debian sid (Blender 5.2), interface scale 1
    python3 scripts/interface/run.py --suite trixie --scale 2    # Debian trixie (Blender 4.3), interface scale 2
    python3 scripts/interface/run.py --docs docs/images          # pictures for the manual, and the moving one
    python3 scripts/interface/run.py --all                       # both, at both scales

A virtual screen (Xvfb) and Debian's Blender run in a root folder that mmdebstrap makes the first time (one to three
minutes, 1.3 GB, under --cache); a run takes two to three minutes on two cores without a GPU. The zip is built from this
checkout unless --zip names one. Steps are in `steps.py`: each finds its button by reading the screen, clicks it, and
waits until Blender is in the expected state. The first step that fails ends the run with exit status 1.

Pictures, logs and `report.json` (the longest time that Blender was blocked in each relevant step) go to
OUTPUT/SUITE-SCALEx. Needs root, Linux, Python 3.11 and the package mmdebstrap; nothing else on the host.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
import wave
from pathlib import Path

import browser
from blender import Blender, BlenderError
from install_by_drop import install_by_drop
from pictures import for_docs
from root import SUITES, Root, RootError, enter_own_namespace, make
from screen import Screen, ScreenError
from steps import LONG_S, Session, StepError, run_all

HERE = Path(__file__).resolve().parent
SPEECH = HERE.parent / "sample" / "speech.wav"
DOCS = ("sid", 1.0)  # where the manual's pictures are taken
SIZE = (1600, 1000)  # at an interface scale of 1
ERRORS = (RootError, BlenderError, ScreenError, StepError, subprocess.SubprocessError)


def main() -> int:
    """Run what was requested. Returns 1 if a step failed."""
    arguments = parse()
    try:
        enter_own_namespace()
        archive = arguments.zip or build(arguments.output / "zip")
    except (RootError, subprocess.CalledProcessError) as error:
        say(error)
        return 1
    runs = [(s, f) for s in SUITES for f in (1.0, 2.0)] if arguments.all else [(arguments.suite, arguments.scale)]
    failed = [f"{suite} at {scale:g}x" for suite, scale in runs if not one(suite, scale, archive, arguments)]
    say(f"{len(runs) - len(failed)} passed, {len(failed)} failed" + (f": {', '.join(failed)}" if failed else ""))
    return 1 if failed else 0


def parse() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__.splitlines()[0], formatter_class=argparse.ArgumentDefaultsHelpFormatter
    )
    parser.add_argument("--suite", choices=SUITES, default="sid", help="Debian suite whose Blender to use")
    parser.add_argument("--scale", type=float, default=1.0, help="interface scale")
    parser.add_argument("--all", action="store_true", help="every suite at scales 1 and 2")
    parser.add_argument("--zip", type=Path, help="extension to install (default: built from this checkout)")
    parser.add_argument("--output", type=Path, default=Path("out/interface"), help="folder for pictures and reports")
    parser.add_argument("--docs", type=Path, help="folder for the manual's pictures, taken in sid at a scale of 1")
    parser.add_argument("--steps", nargs="*", help="only these steps, by name, in a scene with a character")
    cache = Path.home() / ".cache" / "audio2gestures" / "blender-window"
    parser.add_argument("--cache", type=Path, default=cache, help="folder of the root folders")
    parser.add_argument("--mirror", help="Debian mirror (default: mmdebstrap's own)")
    return parser.parse_args()


def say(text: object) -> None:
    """Tell the user."""
    print(text, flush=True)


def build(folder: Path) -> Path:
    """The extension's zip, built from this checkout."""
    command = [sys.executable, str(HERE.parent / "build_extension.py"), "--output", str(folder)]
    return Path(subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1])


def one(suite: str, scale: float, archive: Path, arguments: argparse.Namespace) -> bool:
    """One run from installation to playback. Returns whether every step succeeded."""
    start = time.monotonic()
    output = arguments.output / f"{suite}-{scale:g}x"
    size = tuple(round(side * scale) for side in SIZE)
    with tempfile.TemporaryDirectory(prefix="a2g-interface-") as scratch:
        shared = Path(scratch)
        report: dict[str, object] = {"suite": suite, "scale": scale, "error": ""}
        try:
            folder = make(suite, arguments.cache.expanduser().resolve(), arguments.mirror)
            speeches(shared)
            with Root(folder, shared) as root, Screen(root, *size, scale) as screen:
                use(root, screen, archive, report, arguments)
        except ERRORS as error:
            report["error"] = str(error)
        report["seconds"] = round(time.monotonic() - start, 1)
        collect(shared, output, report)
    say(f"{suite} at {scale:g}x: {report['error'] or 'every step succeeded'} ({report['seconds']} s); see {output}")
    return not report["error"]


def use(root: Root, screen: Screen, archive: Path, report: dict[str, object], arguments: argparse.Namespace) -> None:
    """Install the zip, start Blender, do every step, and add the measurements to the report."""
    browser.install(root)
    blender = Blender(root, screen.size)
    report["blender"] = blender.install(archive, screen.scale)
    say(f"{report['suite']} at {screen.scale:g}x: installed {archive.name} in Blender {report['blender']}")
    with blender:
        screen.settle = blender.settle
        session = Session(screen, blender, lambda text: say(f"  {text}"))
        report["measured"] = session.measured
        session.is_for_docs = bool(arguments.docs) and (report["suite"], screen.scale) == DOCS
        try:
            run_all(session, arguments.steps)
        except ERRORS:
            session.shoot("failed", is_settled=True)
            raise
        if "Traceback" in (words := (root.shared / "blender.log").read_text(errors="replace")):
            raise StepError(f"Python errors in blender.log: {words[words.index('Traceback') :][:500]}")
        if session.is_for_docs:
            for_docs(root, arguments.docs)
    if arguments.steps is None or install_by_drop.__name__ in arguments.steps:
        bare(root, screen, archive, session)


def bare(root: Root, screen: Screen, archive: Path, session: Session) -> None:
    """In a Blender whose user has nothing yet, drag the zip onto the window."""
    blender = Blender(root, screen.size, "bare")
    blender.set_up(screen.scale)
    with blender:
        screen.settle = blender.settle
        fresh = Session(screen, blender, session.say)
        try:
            install_by_drop(fresh, archive)
        except ERRORS:
            fresh.shoot("failed-drop", is_settled=True)
            raise


def speeches(shared: Path) -> None:
    """The sample speech, and an hour of its repetitions: long enough to be watched and cancelled."""
    shutil.copy(SPEECH, shared / "speech.wav")
    with wave.open(str(SPEECH)) as sample, wave.open(str(shared / "long.wav"), "wb") as long:
        long.setparams(sample.getparams())
        frames = sample.readframes(sample.getnframes())
        for _again in range(round(LONG_S * sample.getframerate() / sample.getnframes())):
            long.writeframesraw(frames)


def collect(shared: Path, output: Path, report: dict[str, object]) -> None:
    """Collect pictures, logs and the report for the user."""
    shutil.rmtree(output, ignore_errors=True)
    output.mkdir(parents=True)
    for file in sorted([*shared.glob("*.png"), *shared.glob("*.log"), *shared.glob("*.crash.txt")]):
        shutil.copy(file, output)
    (output / "report.json").write_text(json.dumps(report, indent=1))


if __name__ == "__main__":
    sys.exit(main())
