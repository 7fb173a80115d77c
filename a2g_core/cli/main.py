"""The command line: `a2g generate | batch | stream | timeline | words | gestures | convert | export-motion | inspect |
worker`, and the commands of `research`.

Exit codes: 0 for success, 1 if a gate is not passed, 2 for an error, which is one sentence on stderr; 130 if it was
interrupted, 143 if it was told to end, 141 if nobody reads its output any more. With --debug the traceback comes before
the sentence.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import json
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from .. import __version__
from ..body.motion import Pin
from ..errors import A2GError, ConfigError, MotionError, PinError
from ..files import is_folder, replacing
from ..formats.registry import describe, format_to_write, load_motion, readable, save_motion, writable
from ..formats.smplx_npz import sign_npz
from ..outputs import check_file
from ..performing.request import Request
from ..performing.sampling import style_of
from . import gestures, performances, scenes
from .ending import ends_tidily
from .plans import is_plan, save_plan, with_plan
from .values import accent, number, whole

if TYPE_CHECKING:
    from ..model.checkpoint import Model
    from ..performing.session import Progress
    from .research import Commands


_MOST_TAKES = 10_000


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Returns the exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    for terminal in (sys.stdout, sys.stderr):  # a name may hold what the terminal cannot show
        if hasattr(terminal, "reconfigure"):
            terminal.reconfigure(errors="backslashreplace")
    try:
        if any("\0" in argument for argument in arguments):
            raise ConfigError("an argument holds a null character", "leave it out")
        options = _parser(next(iter(arguments), "")).parse_args(arguments)
        # NumPy's own warnings of numbers that are not finite would stand beside our sentence, which refuses them.
        with ends_tidily(), np.errstate(all="ignore"):
            options.run(options)
        sys.stdout.flush()
    except KeyboardInterrupt:
        print("a2g: interrupted.", file=sys.stderr)
        return 130
    except BrokenPipeError:  # nobody reads on, as in `a2g inspect | head`
        _silence()
        return 141
    except Exception as error:  # the last net: whatever a reader of damaged input has let through
        try:
            return _refuse(error, arguments)
        except BrokenPipeError:
            _silence()
            return 141
    return 0


def _refuse(error: Exception, arguments: list[str]) -> int:
    """Say what is wrong in one sentence. Returns the exit code."""
    if "--debug" in arguments:
        traceback.print_exception(error)
    message = sentence(error)
    if "--json" in arguments:
        print(json.dumps({"error": message}))
    print(f"a2g: {message}", file=sys.stderr)
    return 2


def sentence(error: Exception) -> str:
    """What is wrong and what to do about it, on one line."""
    return " ".join(_sentence(error).split())


def _sentence(error: Exception) -> str:
    if isinstance(error, A2GError):
        return str(error)
    if isinstance(error, MemoryError):
        return "there is too little memory for this; close other programs, or give less at once."
    if isinstance(error, OSError):
        what = error.strerror or str(error) or type(error).__name__
        hint = "check the path" if error.filename else "check files and disk"
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            hint = "free some space on the disk"
        return f"{what} ('{error.filename}'); {hint}." if error.filename else f"{what}; {hint}."
    return f"this was not foreseen ({type(error).__name__}: {error}); add --debug and report what it prints."


def _silence() -> None:
    """Let what is left of the output go nowhere, so that Python does not complain of it when it ends."""
    with contextlib.suppress(OSError):  # a stream without a file
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for terminal in (sys.stdout, sys.stderr):
            os.dup2(nowhere, terminal.fileno())
        os.close(nowhere)


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with the arguments in one sentence; every command knows --debug."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.add_argument(
            "--debug", action="store_true", default=argparse.SUPPRESS, help="print the traceback of an error"
        )

    def error(self, message: str) -> NoReturn:
        raise ConfigError(message, f"see '{self.prog} --help'")


def _parser(command: str = "") -> argparse.ArgumentParser:
    """The parser of this command alone, so that nobody waits for what another one imports; of all if it is none."""
    parser: argparse.ArgumentParser = _Parser(prog="a2g", description="Speech in, talking character out.")
    parser.add_argument("--version", action="version", version=f"a2g {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    is_known = any(command in names for names in _COMMANDS)
    for names, add in _COMMANDS.items():
        if command in names or not is_known:
            add(commands)
    return parser


def _add_generate(commands: Commands) -> argparse.ArgumentParser:
    c = commands.add_parser("generate", help="generate motion for a recording")
    scenes.add_arguments(c)
    gestures.add_arguments(c)
    c.add_argument("-o", "--output", type=Path, required=True, help=f"the motion, as {describe(writable())}")
    performances.add_arguments(c)
    c.add_argument(
        "--takes",
        type=whole("--takes", 1, _MOST_TAKES),
        default=1,
        help="how many takes, of the seeds S, S+1, ... from --seed on; files are numbered from 1",
    )
    c.add_argument("--device", default="auto", choices=("auto", "numpy", "cpu", "cuda", "mps"))
    c.add_argument(
        "--accent",
        type=accent,
        action="append",
        default=[],
        metavar="STRENGTH@SECONDS",
        help="move so many times as far around an accent there, 0 (rest) to 2 (repeatable)",
    )
    c.add_argument(
        "--pin",
        action="append",
        default=[],
        metavar="CLIP@SECONDS",
        help=f"a clip to follow from there (repeatable), as {describe(readable())}",
    )
    c.add_argument(
        "--pin-strength", type=number("--pin-strength", 0, 1), default=1.0, help="0 (loose) to 1 (exact, default)"
    )
    c.add_argument(
        "--pin-fade",
        type=number("--pin-fade", 0, 60),
        default=0.3,
        metavar="SECONDS",
        help="fade at each end of a pin (default 0.3)",
    )
    c.add_argument("--write-plan", type=Path, metavar="FILE", help="also write what is performed where, for --plan")
    c.add_argument(
        "--plan",
        type=Path,
        metavar="FILE",
        help="perform what --write-plan wrote, with the same seed and style: in another recording of the line, what is "
        "still said keeps its gestures",
    )
    c.add_argument("--force", action="store_true", help="replace a file that is there and that a2g did not make")
    c.add_argument("--json", action="store_true", help="print one machine-readable line")
    c.set_defaults(run=_generate)
    return c


def _add_batch(commands: Commands) -> None:
    from . import batch

    others: argparse.ArgumentParser = _Parser(prog="a2g")
    batch.add_command(commands, _add_generate(others.add_subparsers()))


def _add_stream(commands: Commands) -> None:
    from . import stream

    stream.add_command(commands)


def _add_timeline(commands: Commands) -> None:
    from . import timeline

    timeline.add_command(commands)


def _add_words(commands: Commands) -> None:
    from . import words

    words.add_command(commands)


def _add_convert(commands: Commands) -> None:
    from . import convert

    convert.add_commands(commands)


def _add_research(commands: Commands) -> None:
    from . import research

    research.add_commands(commands)


def _add_inspect(commands: Commands) -> None:
    c = commands.add_parser("inspect", help="describe a model file")
    c.add_argument("model", type=Path, nargs="?", help="a model file (default: the built-in one)")
    c.add_argument("--json", action="store_true", help="print one machine-readable line")
    c.set_defaults(run=_inspect)


def _add_worker(commands: Commands) -> None:
    c = commands.add_parser("worker", help="serve another program through standard input and output (needs torch)")
    c.add_argument("--folder", type=Path, required=True, help="folder for exchanging arrays; made by that program")
    c.set_defaults(run=_work)


_COMMANDS: dict[tuple[str, ...], Callable[[Commands], object]] = {
    ("generate",): _add_generate,
    ("batch",): _add_batch,
    ("stream",): _add_stream,
    ("timeline",): _add_timeline,
    ("words",): _add_words,
    ("gestures",): gestures.add_command,
    ("convert", "export-motion"): _add_convert,
    ("train", "corpus", "export", "evaluate", "judges", "study"): _add_research,
    ("inspect",): _add_inspect,
    ("worker",): _add_worker,
}
"""What adds which commands, in the order in which help shows them."""


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """The options of `a2g generate` with these arguments. ConfigError for others."""
    return _generate_parser().parse_args(["generate", *arguments])


@cache
def _generate_parser() -> argparse.ArgumentParser:
    return _parser("generate")


def _generate(options: argparse.Namespace) -> None:
    from ..model.checkpoint import load_model

    check_outputs(options)
    model = load_model(options.model)
    _report(options, made(options, model, _show_progress if sys.stderr.isatty() else None))


def made(options: argparse.Namespace, model: Model, progress: Progress | None = None) -> dict[str, Any]:
    """Make the takes that options of `a2g generate` ask for. Returns what is reported of them.

    To be called after `check_outputs`. Raises A2GError, OSError.
    """
    from ..model.device import resolve_device
    from ..performing.generate import generate_long, plan_of

    began = time.perf_counter()
    if model.config.architecture.dimensions == 2:
        return _keypoints_made(options, model)
    ears = scenes.Ears()
    request, takes = _request(options, model, ears), {}
    for path, (heard, take) in zip(_output_paths(options), _takes(options, model, request, ears)):
        motion = generate_long(heard, model, take, device=options.device, progress=progress)
        save_motion(motion, path, sign=True)
        takes[path] = take
    if options.write_plan:
        save_plan(options.write_plan, plan_of(heard, model, request), request)
    return _result(options, model, takes) | {
        "frames": len(motion), "fps": motion.fps, "duration_s": heard.duration_s, "style": options.style,
        "device": resolve_device(options.device), "seconds": round(time.perf_counter() - began, 3),
        "notes": list(map(str, heard.notes)),
    }  # fmt: skip


def checked(options: argparse.Namespace, model: Model) -> float:
    """Read all that `made` reads, and make nothing. Returns how long the speech is, in seconds. A2GError, OSError."""
    ears = scenes.Ears()
    return max(heard.duration_s for heard, _ in scenes.parts(options, model.fps, _request(options, model, ears), ears))


def _request(options: argparse.Namespace, model: Model, ears: scenes.Ears) -> Request:
    if options.write_plan and not model.pieces_digest:
        raise ConfigError("this model makes no plans", "leave --write-plan out, or choose another model")
    pins = (*(_parse_pin(text, options) for text in options.pin), *gestures.pins(options, ears))
    request = replace(performances.request_of(options), pins=pins, accents=tuple(options.accent))
    return with_plan(request, options.plan) if options.plan else request


def _takes(options: argparse.Namespace, model: Model, request: Request, ears: scenes.Ears) -> Iterator[scenes.Part]:
    """What each take is made from, one after the other."""
    for heard, own in scenes.parts(options, model.fps, request, ears):
        for take in own.series(options.takes):
            yield scenes.Part(heard, take)


def _keypoints_made(options: argparse.Namespace, model: Model) -> dict[str, Any]:
    """Write 2-D key points: `pose` (T, 2, 49) as in the Speech2Gesture data, in shoulder widths, and `fps`."""
    import numpy as np

    from ..performing.generate import generate_channels
    from ..speech.audio import open_speech

    if len(options.speech) != 1 or options.listen_to or options.idle is not None:
        raise ConfigError("a 2-D model speaks alone", "give one recording, without --idle and --listen-to")
    speech = open_speech(options.speech[0])
    steered = options.style or options.plan or options.write_plan or performances.controls_of(options).changed()
    steered = steered or options.look_at or options.jaw or options.seated or options.accent
    if options.output.suffix.lower() != ".npz" or options.pin or steered or options.fps not in (None, model.fps):
        raise MotionError(
            "a 2-D model writes .npz at its own rate, without pins, style, plan or controls", "leave them out"
        )
    takes = dict(zip(_output_paths(options), Request(seed=options.seed).series(options.takes)))
    for path, take in takes.items():
        channels = generate_channels(speech, model, take, device=options.device)
        pose = channels.reshape(len(channels), model.config.architecture.joints, 2).transpose(0, 2, 1)
        with replacing(path) as part:
            np.savez(part, pose=pose, fps=np.float64(model.fps))
            sign_npz(part)
    about = {"frames": len(pose), "fps": model.fps, "duration_s": speech.duration_s}
    return _result(options, model, takes) | about | {"notes": list(map(str, speech.notes))}


def inputs_of(options: argparse.Namespace) -> list[Path]:
    """The files that takes are made from."""
    inputs = [*scenes.inputs(options), *(_clip_and_start(text)[0] for text in options.pin)]
    inputs += [path for path in (options.model, options.plan, options.words) if path]
    return inputs + performances.inputs(options)


def check_outputs(options: argparse.Namespace) -> None:
    """A2GError if a take cannot be written, or would destroy what a take must not."""
    format_ = format_to_write(options.output)
    scenes.check_arguments(options)
    inputs = inputs_of(options)
    for path in _output_paths(options):
        check_file(path, is_ours=format_.is_signed, inputs=inputs, force=options.force)
    if options.takes > 1 and (options.plan or options.write_plan):
        raise ConfigError("a plan is of one take, but --takes asks for more", "leave one of the two out")
    if options.write_plan:
        check_file(options.write_plan, is_ours=is_plan, inputs=inputs, force=options.force)
        if options.write_plan.absolute() == options.output.absolute():
            raise ConfigError(f"'{options.output}' cannot be both take and plan", "write the plan to another file")


def _result(options: argparse.Namespace, model: Model, takes: dict[Path, Request]) -> dict[str, Any]:
    """What was written, and the seed and the style of each take."""
    return {
        "outputs": [str(path) for path in takes], "seed": options.seed,
        "seeds": [take.seed for take in takes.values()],
        "styles": [take.style or style_of(model, take.seed, take.take) for take in takes.values()],
        "model": model.info.get("name"), "model_sha256": model.info["sha256"],
    }  # fmt: skip


def _report(options: argparse.Namespace, result: dict[str, Any]) -> None:
    if options.json:
        print(json.dumps(result))
    else:
        said = zip(result["outputs"], result["seeds"], result["styles"])
        written = ", ".join(f"{path} (seed {seed}{style and f', {style}'})" for path, seed, style in said)
        print(f"{result['frames']} frames at {result['fps']:g} fps: {written}")


def _output_paths(options: argparse.Namespace) -> list[Path]:
    """The output of each take: of a dialogue, those of the first recording, then those of the second."""
    path = options.output
    n = options.takes * max(1, len(options.speech))
    return [path] if n == 1 else [path.with_stem(f"{path.stem}-{k + 1}") for k in range(n)]


def _clip_and_start(text: str) -> tuple[Path, float]:
    """The clip and the start in seconds of CLIP@SECONDS."""
    clip, _, seconds = text.rpartition("@")
    try:
        start_s = float(seconds)
    except ValueError:
        clip = ""
    if not clip:
        raise PinError(f"the pin '{text}' cannot be read", "write CLIP@SECONDS, such as wave.npz@2.5")
    return Path(clip), start_s


def _parse_pin(text: str, options: argparse.Namespace) -> Pin:
    clip, start_s = _clip_and_start(text)
    return Pin(load_motion(clip), start_s, options.pin_strength, options.pin_fade, options.pin_fade)


def _show_progress(phase: str, share: float) -> None:
    print(f"\r{phase} {share:4.0%}", end="\n" if share >= 1 else "", file=sys.stderr, flush=True)


def _work(options: argparse.Namespace) -> None:
    from ..worker.server import serve

    if not is_folder(options.folder):
        raise A2GError("there is no folder '{path}'", "let the program make it first", path=options.folder)
    serve(options.folder)


def _inspect(options: argparse.Namespace) -> None:
    from ..model.checkpoint import load_model

    model = load_model(options.model)
    about = {
        "info": model.info, "config": model.config.to_dict(), "bank_entries": len(model.bank),
        "parameters": int(sum(a.size for a in model.parameters.values())),
    }  # fmt: skip
    print(json.dumps(about) if options.json else json.dumps(about, indent=2))
