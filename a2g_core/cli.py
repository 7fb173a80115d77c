"""The command line: `a2g generate | train | corpus build | inspect`. Exit code 0, or 2 with one sentence on stderr."""

from __future__ import annotations

import argparse
import json
import sys
import time
from importlib import import_module
from pathlib import Path
from types import ModuleType

from . import __version__
from .controls import NEUTRAL, RANGES, Controls
from .errors import A2GError, MotionError, PinError

_SPEECH_ENDINGS = (".wav", ".flac", ".mp3", ".ogg", ".opus", ".m4a")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except (A2GError, OSError) as error:
        message = (
            str(error)
            if isinstance(error, A2GError)
            else f"{error.strerror or error} ('{error.filename}'); check the path."
        )
        if getattr(options, "json", False):
            print(json.dumps({"error": message}))
        print(f"a2g: {message}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("a2g: stopped; nothing more was written.", file=sys.stderr)
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="a2g", description="Speech in, talking character out.")
    parser.add_argument("--version", action="version", version=f"a2g {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    c = commands.add_parser("generate", help="make a motion for a recording")
    c.add_argument("speech", type=Path, help="any audio file")
    c.add_argument("-o", "--output", type=Path, required=True, help=".npz (SMPL-X / AMASS) or .bvh")
    c.add_argument("--seed", type=int, default=0, help="another number, another performance")
    c.add_argument("--takes", type=int, default=1, help="how many performances; files are numbered")
    c.add_argument("--fps", type=float, help="frames a second of the result (the model's own without)")
    c.add_argument("--device", default="auto", choices=("auto", "numpy", "cpu", "cuda", "mps"))
    c.add_argument("--model", type=Path, help="a model file (the built-in one without)")
    for name, (low, high) in RANGES.items():
        default = getattr(NEUTRAL, name)
        c.add_argument(f"--{name}", type=float, default=default, help=f"{low:g} to {high:g} (default {default:g})")
    c.add_argument(
        "--pin", action="append", default=[], metavar="CLIP@SECONDS", help="a clip to follow from there (repeatable)"
    )
    c.add_argument("--pin-strength", type=float, default=1.0, help="0 loose, 1 close (default)")
    c.add_argument("--pin-fade", type=float, default=0.3, metavar="SECONDS", help="fade at a pin's ends (default 0.3)")
    c.add_argument("--json", action="store_true", help="print one machine-readable line")
    c.set_defaults(run=_generate)

    c = commands.add_parser("train", help="train a model (needs torch)")
    c.add_argument("--config", help="a named config (default product)")
    c.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="change one setting (repeatable)")
    c.add_argument("--corpus", type=Path, required=True, help="a folder made by 'a2g corpus build'")
    c.add_argument("--out", type=Path, required=True, help="folder for checkpoints, logs and the model")
    c.add_argument("--resume", action="store_true", help="go on from the last checkpoint in --out")
    c.add_argument("--device", default="auto", choices=("auto", "cpu", "cuda", "mps"))
    c.add_argument(
        "--precision", default="auto", choices=("auto", "float32", "bf16"), help="of the networks (auto: bf16 on cuda)"
    )
    c.add_argument("--seed", type=int, default=0)
    c.add_argument("--checkpoint-minutes", type=float, default=10.0)
    c.add_argument("--validate-every", type=int, default=500, metavar="STEPS")
    c.set_defaults(run=_train)

    c = commands.add_parser("corpus", help="make training data").add_subparsers(required=True, metavar="build")
    c = c.add_parser("build", help="place gesture clips on the emphases of speech")
    c.add_argument("--smartbody", type=Path, required=True, help="smartbody.tar.xz")
    c.add_argument(
        "--speech", type=Path, action="append", required=True, metavar="DIR", help="folder of recordings (repeatable)"
    )
    c.add_argument("--out", type=Path, required=True)
    c.add_argument("--hours", type=float, default=2.0)
    c.add_argument("--seed", type=int, default=0)
    c.set_defaults(run=_build_corpus)

    c = commands.add_parser("export", help="write the model of a training run, with other settings of generation")
    c.add_argument("run_folder", type=Path, metavar="RUN", help="the --out of 'a2g train'")
    c.add_argument("--corpus", type=Path, required=True, help="the corpus it was trained on")
    c.add_argument("-o", "--output", type=Path, required=True, help="model file")
    c.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="change one setting (repeatable)")
    c.add_argument("--half", action="store_true", help="half precision: half the size")
    c.set_defaults(run=_export)

    c = commands.add_parser("inspect", help="say what a model file holds")
    c.add_argument("model", type=Path, nargs="?", help="a model file (the built-in one without)")
    c.add_argument("--json", action="store_true", help="print one machine-readable line")
    c.set_defaults(run=_inspect)

    c = commands.add_parser("worker", help="serve a program on standard input and output (needs torch)")
    c.add_argument("--folder", type=Path, required=True, help="where arrays are exchanged; made by that program")
    c.set_defaults(run=_work)
    return parser


def _generate(options: argparse.Namespace) -> None:
    from .audio import open_speech
    from .checkpoint import load_model
    from .generate import generate, resolve_device
    from .motion_files import save_motion

    if options.takes < 1:
        raise MotionError(f"{options.takes} takes make no sense", "ask for 1 or more")
    if options.output.suffix.lower() not in (".npz", ".bvh"):
        raise MotionError(f"'{options.output.name}' is neither .npz nor .bvh", "use one of these two endings")
    began = time.perf_counter()
    model, speech = load_model(options.model), open_speech(options.speech)
    pins = [_parse_pin(text, options) for text in options.pin]
    controls = Controls(**{name: getattr(options, name) for name in RANGES})
    outputs = []
    for take in range(options.takes):
        path = options.output if options.takes == 1 else options.output.with_stem(f"{options.output.stem}-{take + 1}")
        motion = generate(
            speech, model, seed=options.seed, take=take, pins=pins, fps=options.fps, device=options.device,
            controls=controls,
            progress=_show_progress if sys.stderr.isatty() else None,
        )  # fmt: skip
        save_motion(motion, path)
        outputs.append(str(path))
    result = {
        "outputs": outputs, "frames": len(motion), "fps": motion.fps, "duration_s": speech.duration_s,
        "seed": options.seed, "device": resolve_device(options.device),
        "model": model.info.get("name"), "model_sha256": model.info["sha256"],
        "seconds": round(time.perf_counter() - began, 3),
    }  # fmt: skip
    print(json.dumps(result) if options.json else f"{len(motion)} frames at {motion.fps:g} fps: {', '.join(outputs)}")


def _parse_pin(text: str, options: argparse.Namespace):
    from .motion import Pin
    from .motion_files import load_motion

    clip, _, seconds = text.rpartition("@")
    try:
        start_s = float(seconds)
    except ValueError:
        clip = ""
    if not clip:
        raise PinError(f"the pin '{text}' cannot be read", "write CLIP@SECONDS, such as wave.npz@2.5")
    return Pin(load_motion(clip), start_s, options.pin_strength, options.pin_fade, options.pin_fade)


def _show_progress(phase: str, share: float) -> None:
    print(f"\r{phase} {share:4.0%}", end="\n" if share >= 1 else "", file=sys.stderr, flush=True)


def _changes(options: argparse.Namespace) -> dict[str, str]:
    """What --set asks for."""
    from .errors import ConfigError

    changes = dict(change.partition("=")[::2] for change in options.set)
    if not all(changes.values()):
        raise ConfigError("--set needs NAME=VALUE", "write, say, --set steps=2000")
    return changes


def _train(options: argparse.Namespace) -> None:
    from .config import named_config
    from .errors import ConfigError

    if options.resume and (options.config or options.set):
        raise ConfigError("--resume goes on with the run's own settings", "leave out --config and --set")
    config = named_config(options.config or "product").replace(**_changes(options))
    train = _needs_training_extras("train").train
    model = train(
        config, options.corpus, options.out, resume=options.resume, device=options.device, precision=options.precision,
        seed=options.seed, checkpoint_minutes=options.checkpoint_minutes, validate_every=options.validate_every,
    )  # fmt: skip
    print(model)


def _export(options: argparse.Namespace) -> None:
    export_run = _needs_training_extras("state").export_run
    export_run(options.run_folder, options.corpus, options.output, half=options.half, **_changes(options))
    print(options.output)


def _build_corpus(options: argparse.Namespace) -> None:
    build_corpus = _needs_training_extras("corpus").build_corpus
    load_clips = _needs_training_extras("data.smartbody").load_clips
    from tqdm import tqdm

    speech = sorted(f for folder in options.speech for f in folder.rglob("*") if f.suffix.lower() in _SPEECH_ENDINGS)
    with tqdm(total=100, unit="%", mininterval=2) as bar:
        manifest = build_corpus(
            speech, load_clips(options.smartbody), options.out, seconds=options.hours * 3600, seed=options.seed,
            progress=lambda share: bar.update(int(100 * share) - bar.n),
        )  # fmt: skip
    frames = sum(entry["frames"] for entry in manifest["sequences"])
    print(f"{len(manifest['sequences'])} sequences, {frames / manifest['fps'] / 3600:.2f} hours: {options.out}")


def _needs_training_extras(module: str) -> ModuleType:
    """A module of `a2g_core.training`, or what to install for it."""
    try:
        return import_module(f"{__package__}.training.{module}")
    except ImportError as error:
        raise A2GError(f"this needs '{error.name}'", "install it with: pip install 'audio2gestures[train]'") from None


def _work(options: argparse.Namespace) -> None:
    from .worker.server import serve

    if not options.folder.is_dir():
        raise A2GError("there is no folder '{path}'", "let the program make it first", path=options.folder)
    serve(options.folder)


def _inspect(options: argparse.Namespace) -> None:
    from .checkpoint import load_model

    model = load_model(options.model)
    about = {
        "info": model.info, "config": model.config.to_dict(), "bank_entries": len(model.bank),
        "parameters": int(sum(a.size for a in model.parameters.values())),
    }  # fmt: skip
    print(json.dumps(about) if options.json else json.dumps(about, indent=2))


if __name__ == "__main__":
    sys.exit(main())
