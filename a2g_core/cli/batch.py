"""`a2g batch`: the takes of a whole script, by several processes, of which only those are made that have changed.

Each line is what one call of `a2g generate` makes, to the byte, if NumPy computes on one thread there as it does here:
so neither the number of processes nor the order shows.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import multiprocessing
import os
import re
import shlex
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import cos, radians, sin
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from .. import __version__
from ..errors import A2GError, ConfigError
from ..files import exists
from ..formats.registry import writable
from ..outputs import check_folder
from ..script.ledger import NAME, Entry, digest_of, read_ledger, writing
from ..script.table import Line, Script, check_apart, read_script, same_name
from .ending import ends_tidily
from .scenes import check_arguments
from .values import number, whole

if TYPE_CHECKING:
    from ..model.checkpoint import Model
    from .research import Commands

_MOST_WORKERS, _MOST_TAKES = 256, 10_000
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def add_command(commands: Commands, generate: argparse.ArgumentParser) -> None:
    """Add the command to the parser's subcommands. generate: the parser of `a2g generate`."""
    c = commands.add_parser("batch", help="generate the takes of a whole script, those that have changed")
    c.add_argument(
        "script", type=Path, nargs="?",
        help="a table in CSV or JSON (columns: id, sound, and options of 'a2g generate'), or a folder of recordings",
    )  # fmt: skip
    c.add_argument("-o", "--output", type=Path, required=True, metavar="FOLDER", help="the folder of the takes")
    c.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE",
        help="an option of 'a2g generate' for the lines that do not say otherwise, such as fps=24 (repeatable)",
    )  # fmt: skip
    c.add_argument("--format", default="npz", choices=[ending.lstrip(".") for ending in writable()])
    c.add_argument(
        "--workers", type=whole("--workers", 1, _MOST_WORKERS), default=min(_cores(), _MOST_WORKERS),
        help="how many processes (default: one for each core)",
    )  # fmt: skip
    c.add_argument("--check", action="store_true", help="make nothing; say what is new, changed, wrong or left over")
    c.add_argument(
        "--longest", type=number("--longest", 0.1, 1e6), default=600.0, metavar="SECONDS",
        help="--check speaks of longer recordings (default 600)",
    )  # fmt: skip
    c.add_argument("--diff", type=Path, metavar="FOLDER", help="make nothing; compare with the takes in this folder")
    c.add_argument(
        "--commands", action="store_true",
        help="make only folders; print the 'a2g generate' of each line, for schedulers that run commands",
    )  # fmt: skip
    c.add_argument("--force", action="store_true", help="replace files that are there and that a2g did not make")
    c.add_argument("--json", action="store_true", help="print one machine-readable line for each line of the script")
    c.set_defaults(run=lambda options: _batch(options, generate))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True)
class _Task:
    """A line to be made, or only checked: all that a worker needs."""

    id: str
    arguments: tuple[str, ...]
    only_check: bool


def _batch(options: argparse.Namespace, generate: argparse.ArgumentParser) -> None:
    if options.diff:
        _diff(options)
        return
    if options.script is None:
        raise ConfigError("nothing is said what to make", "give a table of lines, or a folder of recordings")
    # Of a usage, [--name] and [--name VALUE]: what a parser knows is nowhere else to be asked.
    usage = dict(re.findall(r"\[--([a-z-]+)( [^\]]+)?\]", generate.format_usage().replace("\n", " ")))
    known = {name: bool(value) for name, value in usage.items()}
    script = _played(read_script(options.script, known, options.set, stage=("direction", "listener")))
    if script.unused and not options.json:
        print(f"a2g: not used: {', '.join(script.unused)}.", file=sys.stderr)
    check_apart(_files(options, script), NAME)
    check_folder(options.output)
    if options.commands:
        _make_folders(options, script)
        for line in script.lines:
            print(shlex.join(["a2g", "generate", *_task(options, line).arguments]))
    elif options.check:
        _check(options, script)
    else:
        _make_folders(options, script)
        _make(options, script)


def _files(options: argparse.Namespace, script: Script) -> Iterator[tuple[str, str]]:
    """Which lines are written to which files of the folder."""
    for line in script.lines:
        takes = dict(line.says).get("takes", "1")
        n = min(int(takes), _MOST_TAKES) if takes.isdecimal() else 1
        for k in range(n):
            yield line.id, f"{line.id}-{k + 1}.{options.format}" if n > 1 else f"{line.id}.{options.format}"


def _make_folders(options: argparse.Namespace, script: Script) -> None:
    for folder in {options.output, *((options.output / line.id).parent for line in script.lines)}:
        folder.mkdir(parents=True, exist_ok=True)


def _played(script: Script) -> Script:
    """The script with what its lines say of to whom they are spoken, and a line for each who listens."""
    lines, names = [], {same_name(line.id) for line in script.lines}
    for line in script.lines:
        stage, says, arguments = dict(line.stage), [*line.says], [*line.arguments]
        if direction := stage.get("direction"):
            says.append(("direction", direction))
            arguments.append(_spoken_to(direction))
        lines.append(replace(line, says=tuple(says), arguments=tuple(arguments)))
        if (listener := stage.get("listener")) and line.sound:
            name = f"{line.id}.{listener}"
            if same_name(name) in names or re.search(r"[\\/:*?\"<>|]", listener):
                raise ConfigError(
                    f"line '{line.id}' has the listener '{listener[:40]}'", "give the name of somebody else"
                )
            kept = [a for a in line.arguments if a.partition("=")[0] in _OF_LISTENERS]
            heard = ("listen-to", dict(line.says)["sound"])
            own = tuple(pair for pair in line.says if f"--{pair[0]}" in _OF_LISTENERS)
            lines.append(Line(name, (*own, heard), (f"--listen-to={line.sound}", *kept)))
    return replace(script, lines=tuple(lines))


_OF_LISTENERS = ("--seed", "--style", "--fps", "--model", "--device")
"""Options of a line that are those of its listener's take, too."""


def _spoken_to(direction: str) -> str:
    """The argument for a direction: degrees to the left in which the line is spoken, or a style."""
    try:
        yaw = radians(number("direction", -180, 180)(direction))
    except ConfigError:
        return f"--style={direction}"
    return f"--look-at={_AWAY_M * sin(yaw):.3f},0,{_AWAY_M * cos(yaw):.3f}"


_AWAY_M = 2.0


def _make(options: argparse.Namespace, script: Script) -> None:
    """Make the takes that have changed, and print what became of each line, in the order of the script."""
    lines = {line.id: line for line in script.lines}
    known, left, counts = read_ledger(options.output), deque(lines), dict.fromkeys(_SAID, 0)
    with writing(options.output, lines) as write:
        tasks = {name: _task(options, line) for name, line in lines.items()}
        keys = {name: _key(tasks[name].arguments, line, options) for name, line in lines.items()}
        results: dict[str, dict[str, Any]] = {
            name: {"state": "unchanged"}
            for name, (key, _) in keys.items() if _is_there(known.get(name), key, options.output)
        }  # fmt: skip

        def say() -> None:
            while left and left[0] in results:
                name = left.popleft()
                counts[_say(options, name, results.pop(name))] += 1

        todo = [task for name, task in tasks.items() if name not in results]
        say()
        for task, result in _worked(todo, options.workers):
            if "error" not in result:
                key, files = keys[task.id]
                about = {"id": task.id, "key": key, "says": dict(lines[task.id].says), "files": files}
                write(about | _lasting(result, options.output))
            results[task.id] = result
            say()
    if not options.json:
        print(", ".join(f"{n} {state}" for state, n in counts.items() if n))
    if counts["failed"]:
        raise ConfigError(f"{counts['failed']} of {len(script.lines)} lines were not made", "see what is said of them")


_SAID = ("made", "unchanged", "failed")


def _say(options: argparse.Namespace, name: str, result: dict[str, Any]) -> str:
    """Print what became of a line. Returns it in a word."""
    if options.json:
        print(json.dumps({"id": name, **result}), flush=True)
    elif "error" in result:
        print(f"a2g: {name}: {result['error']}", file=sys.stderr, flush=True)
    else:
        notes = "".join(f"; {note}" for note in result.get("notes", ()))
        print(f"{name}: {result['state']}{notes}", flush=True)
    return "failed" if "error" in result else str(result["state"])


def _task(options: argparse.Namespace, line: Line, only_check: bool = False) -> _Task:
    """The arguments of `a2g generate` for a line."""
    output = options.output / f"{line.id}.{options.format}"
    force = ["--force"] if options.force else []
    return _Task(line.id, (*line.arguments, "-o", str(output), *force), only_check)


def _key(arguments: Sequence[str], line: Line, options: argparse.Namespace) -> tuple[str, list[tuple[str, str]]]:
    """A digest of all that a line's take depends on, and the names and digests of the files among it."""
    from .main import inputs_of, parsed

    try:
        given = parsed(arguments)
        files = [(path.name, digest_of(path)) for path in inputs_of(given)]
        model = _model(given.model).info["sha256"]
    except A2GError:  # which is said when it is made
        return "", []
    content = [__version__, options.format, line.says, [digest for _, digest in files], model]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest(), files


def _is_there(entry: Entry | None, key: str, folder: Path) -> bool:
    """Whether a line's takes are as they were made, and would be made so again."""
    if entry is None or entry["key"] != key or not entry["outputs"]:
        return False
    return all(digest_of(folder / name) == digest for name, digest in entry["outputs"].items())


def _lasting(result: dict[str, Any], folder: Path) -> dict[str, Any]:
    """What is kept of a result: nothing that another run would find otherwise."""
    names = {Path(path).relative_to(folder).as_posix(): digest for path, digest in result["outputs"].items()}
    kept = ("frames", "fps", "duration_s", "seeds", "styles", "notes", "model_sha256")
    return {"outputs": names, **{name: result[name] for name in kept}}


# Workers --------------------------------------------------------------------------------------------------------------


def _worked(tasks: Sequence[_Task], n_workers: int) -> Iterator[tuple[_Task, dict[str, Any]]]:
    """Each task with its result, as they are done: what is reported of the take, or an error."""
    waiting, busy = deque(tasks), dict[Any, tuple[_Task, Any]]()
    try:
        for _ in range(min(n_workers, len(tasks))):
            _begin(waiting, busy, *_started())
        while busy:
            for pipe in wait(list(busy)):
                task, process = busy.pop(pipe)
                try:
                    result = _received(pipe)
                except (EOFError, OSError):
                    process.join()
                    result = {"error": f"the process that made it has ended ({process.exitcode}); try again."}
                    pipe, process = _started()
                _begin(waiting, busy, pipe, process)
                yield task, result
    finally:
        for pipe, (_, process) in busy.items():
            process.terminate()
            process.join()
            pipe.close()


def _received(pipe: Any) -> dict[str, Any]:
    result: dict[str, Any] = pipe.recv()
    return result


def _begin(waiting: deque[_Task], busy: dict[Any, tuple[_Task, Any]], pipe: Any, process: Any) -> None:
    """Give a worker the next task; without one it ends."""
    if waiting:
        busy[pipe] = waiting[0], process
        pipe.send(waiting.popleft())
    else:
        pipe.close()
        process.join()


def _started() -> tuple[Connection, Any]:
    """A worker, which ends with its pipe, and so with this process."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    try:
        process = context.Process(target=_work, args=(theirs,), daemon=True)
        process.start()
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            os.environ.update({name: value} if value is not None else {})
    theirs.close()
    return ours, process


def _work(pipe: Connection) -> None:
    """A worker: does tasks until nobody gives it one any more."""
    logging.disable(logging.WARNING)  # notes are part of the result
    try:
        with ends_tidily(), np.errstate(all="ignore"):
            while True:
                pipe.send(_done(pipe.recv()))
    except (EOFError, OSError, KeyboardInterrupt):
        pass


def _done(task: _Task) -> dict[str, Any]:
    from .main import check_outputs, checked, made, parsed, sentence

    try:
        options = parsed(task.arguments)
        if task.only_check and not exists(options.output.parent):  # which a batch makes
            check_folder(options.output.parent)
            check_arguments(options)
        else:
            check_outputs(options)
        if task.only_check:
            return _estimated(checked(options, _model(options.model)), options.takes)
        result = made(options, _model(options.model))
        result["outputs"] = {path: digest_of(Path(path)) for path in result["outputs"]}
    except Exception as error:  # a line that cannot be made does not stop the others
        return {"error": sentence(error)}
    return {"state": "made", **result}


def _estimated(duration_s: float, n_takes: int) -> dict[str, Any]:
    """How long a line is, and about what its takes need of one core and of memory: as measured on a machine of 2026."""
    seconds, memory_mb = n_takes * (0.15 + duration_s / 400), 80 + duration_s / 60
    return {"duration_s": duration_s, "seconds": round(seconds, 2), "memory_mb": round(memory_mb)}


@lru_cache(maxsize=4)
def _model(path: Path | None) -> Model:
    from ..model.checkpoint import load_model

    return load_model(path)


# Without making anything ----------------------------------------------------------------------------------------------


def _check(options: argparse.Namespace, script: Script) -> None:
    """Print the state of each line, and what is left of lines that are gone."""
    tasks, known = (
        {line.id: _task(options, line, only_check=True) for line in script.lines},
        read_ledger(options.output),
    )
    found, wrong = {task.id: result for task, result in _worked([*tasks.values()], options.workers)}, 0
    for line in script.lines:
        result, entry = found[line.id], known.get(line.id)
        if result.get("duration_s", 0.0) > options.longest:
            result = {"error": f"it lasts {result['duration_s']:.0f} s; split it, or allow more with --longest."}
        if "error" not in result:
            key, _ = _key(tasks[line.id].arguments, line, options)
            state = "unchanged" if _is_there(entry, key, options.output) else "changed" if entry else "new"
            result = {"state": state, **result}
        wrong += "error" in result
        _say(options, line.id, result)
    for name in sorted(known.keys() - tasks.keys()):
        wrong += 1
        files = ", ".join(known[name]["outputs"])
        _say(options, name, {"error": f"no line has this id any more; {files} can be deleted."})
    if wrong:
        raise ConfigError(f"{wrong} lines are not as they should be", "see what is said of them")


def _diff(options: argparse.Namespace) -> None:
    """Print how the lines of two folders differ."""
    here, there = read_ledger(options.output), read_ledger(options.diff)
    for folder, entries in ((options.output, here), (options.diff, there)):
        if not entries:
            raise ConfigError(f"'{folder}' holds no takes of a batch", "give a folder that 'a2g batch' wrote")
    for name in sorted(here.keys() | there.keys()):
        one, other = here.get(name), there.get(name)
        if one is None or other is None:
            _say(options, name, {"state": f"only in {options.diff if one is None else options.output}"})
        elif one["outputs"] == other["outputs"]:
            _say(options, name, {"state": "the same"})
        else:
            why = [
                f"{column} {other['says'].get(column, '-')} -> {one['says'].get(column, '-')}"
                for column in sorted(one["says"].keys() | other["says"].keys())
                if one["says"].get(column) != other["says"].get(column)
            ]
            why += ["the model"] if one.get("model_sha256") != other.get("model_sha256") else []
            why += ["a file"] if not why and one.get("files") != other.get("files") else []
            _say(options, name, {"state": "differs", "notes": why})
