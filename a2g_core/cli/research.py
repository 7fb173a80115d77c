"""The commands for researchers: `a2g train | export | corpus | evaluate | judges | study`. They need torch and more."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TypeAlias

from ..errors import A2GError, ConfigError
from ..files import is_file, new_folder
from ..outputs import check_new_folder
from ..speech.audio import SOUND_ENDINGS
from .values import number, seed, whole

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""What add_subparsers() returns, for which argparse has no public name."""

_MOST = 1_000_000
"""Of clips, trials and the like: more than anybody has."""

_FORMATS = ("beat2", "amass", "trinity", "zeggs", "zeggs-nc", "speech2gesture")


def add_commands(commands: Commands) -> None:
    """Add the commands to the parser's subcommands."""
    c = commands.add_parser("train", help="train a model (needs torch)")
    c.add_argument("--config", help="a named config (default: product)")
    c.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="change one setting (repeatable)")
    c.add_argument("--corpus", type=Path, required=True, help="a folder made by 'a2g corpus build' or 'import'")
    c.add_argument("--out", type=Path, required=True, help="folder for checkpoints, logs and the model")
    c.add_argument("--resume", action="store_true", help="continue from the last checkpoint in --out")
    c.add_argument("--device", default="auto", choices=("auto", "cpu", "cuda", "mps"))
    c.add_argument(
        "--precision", default="auto", choices=("auto", "float32", "bf16"),
        help="of the networks (auto: bf16 if the device computes in it)",
    )  # fmt: skip
    c.add_argument("--seed", type=seed, default=0)
    c.add_argument("--checkpoint-minutes", type=number("--checkpoint-minutes", 0, 1e6), default=10.0)
    c.add_argument("--validate-every", type=whole("--validate-every", 1, 10**9), default=500, metavar="STEPS")
    c.set_defaults(run=_train)

    c = commands.add_parser("corpus", help="make training data")
    _add_corpus_commands(c.add_subparsers(required=True, metavar="COMMAND"))

    c = commands.add_parser(
        "export", help="write the model of a training run, optionally with other settings of generation"
    )
    c.add_argument("trained", type=Path, metavar="RUN", help="the --out of 'a2g train', or a model file")
    c.add_argument("--corpus", type=Path, required=True, help="the corpus it was trained on")
    c.add_argument("-o", "--output", type=Path, required=True, help="model file")
    c.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="change one setting (repeatable)")
    c.add_argument("--half", action="store_true", help="half precision, at half the size")
    _add_force(c, "replace a file that is there and is no model")
    c.set_defaults(run=_export)

    c = commands.add_parser("evaluate", help="score models, or reproduce a table of the paper")
    c.add_argument("--corpus", type=Path, required=True, help="the corpus whose held-out split is measured on")
    c.add_argument(
        "--table", type=int, choices=(1, 2), help="score the rows of this table, from --runs or trained there"
    )
    c.add_argument(
        "--model", action="append", default=[], metavar="NAME=FILE", help="score this model file too (repeatable)"
    )
    c.add_argument("--out", type=Path, required=True, help="folder for report.html, scores.csv, scores.json")
    c.add_argument("--runs", type=Path, help="folder of the rows' training runs (default: OUT/runs)")
    c.add_argument("--budget", default="cpu", choices=("cpu", "paper"), help="how long rows are trained (default: cpu)")
    c.add_argument(
        "--samples",
        type=whole("--samples", 1, 1000),
        default=20,
        help="motions per recording (default 20, as in the paper)",
    )
    c.add_argument("--clips", type=whole("--clips", 1, _MOST), help="use only this many held-out recordings")
    c.add_argument(
        "--split", default="validation", choices=("validation", "stranger"),
        help="held-out speakers and gestures (default), or an unseen performer",
    )  # fmt: skip
    c.add_argument(
        "--people", type=Path, metavar="CORPUS", help="recordings of people, by 'a2g corpus import': a row of their own"
    )
    c.add_argument("--judges", type=Path, help="folder made by 'a2g judges' (default: the built-in judges)")
    c.add_argument(
        "--gate", type=Path, metavar="FILE", help="check each --model against these limits; exit with 1 if one fails"
    )
    c.add_argument(
        "--robustness",
        action="store_true",
        help="also measure bad sound, silence, ten minutes, other recordings of the same (implied by --gate)",
    )
    c.add_argument(
        "--speech",
        action="append",
        default=[],
        metavar="NAME=DIR",
        help="measure takes of these recordings too, for example of people whom nobody trained on (repeatable)",
    )
    c.add_argument("--device", default="auto", choices=("auto", "cpu", "cuda", "mps"), help="for training")
    c.add_argument("--seed", type=seed, default=0, help="seed of training")
    c.add_argument("--no-videos", action="store_true", help="leave the videos out of the report")
    _add_force(c, "replace files of these names that are no report")
    c.set_defaults(run=_evaluate)

    c = commands.add_parser(
        "judges", help="train new judges for 'a2g evaluate': FGD's encoder and the alignment scorer"
    )
    c.add_argument("--corpus", type=Path, required=True)
    c.add_argument("--out", type=Path, required=True, help="folder for the two files")
    c.add_argument("--seed", type=seed, default=0)
    _add_force(c, "replace files of these names that are no judges")
    c.set_defaults(run=_train_judges)

    c = commands.add_parser("study", help="ask people")
    _add_study_commands(c.add_subparsers(required=True, metavar="COMMAND"))


def _add_force(command: argparse.ArgumentParser, help: str) -> None:
    command.add_argument("--force", action="store_true", help=help)


def _add_corpus_commands(commands: Commands) -> None:
    c = commands.add_parser("build", help="place gesture clips on the accents of speech")
    c.add_argument("--smartbody", type=Path, required=True, help="smartbody.tar.xz")
    c.add_argument(
        "--speech", type=Path, action="append", required=True, metavar="DIR", help="folder of recordings (repeatable)"
    )
    c.add_argument("--out", type=Path, required=True)
    c.add_argument("--hours", type=number("--hours", 0.001, 1000), default=2.0)
    c.add_argument("--seed", type=seed, default=0)
    c.set_defaults(run=_build_corpus)

    c = commands.add_parser("import", help="make a corpus from recordings of speech with motion")
    c.add_argument("folder", type=Path, help="motion files and sounds")
    c.add_argument("--format", required=True, choices=_FORMATS)
    c.add_argument("--out", type=Path, required=True)
    c.set_defaults(run=_import_corpus)

    c = commands.add_parser(
        "flatten", help="convert a 3-D corpus to Speech2Gesture's 2-D data, projected from the front"
    )
    c.add_argument("corpus", type=Path)
    c.add_argument("--out", type=Path, required=True)
    c.add_argument(
        "--clips",
        type=whole("--clips", 1, _MOST),
        help="use only this many sequences of each split: crops overlap and take 3 GB per hour",
    )
    c.set_defaults(run=_flatten_corpus)


def _add_study_commands(commands: Commands) -> None:
    c = commands.add_parser("make", help="make a web page that asks people, with the videos in it")
    c.add_argument(
        "--system", action="append", required=True, metavar="NAME=DIR", help="a folder of a system's motions or videos"
    )
    c.add_argument("--speech", type=Path, required=True, help="recordings, with the same names as the motions")
    c.add_argument("--out", type=Path, required=True, help="folder for study.html and key.json")
    c.add_argument("--mode", default="realism", choices=("realism", "alignment", "rating"))
    c.add_argument("--seconds", type=number("--seconds", 0.2, 120), default=10.0, help="length of a video (default 10)")
    c.add_argument("--clips", type=whole("--clips", 1, _MOST), help="at most so many recordings, drawn by --seed")
    c.add_argument("--trials", type=whole("--trials", 1, _MOST), help="how many questions each participant answers")
    c.add_argument(
        "--checks", type=whole("--checks", 0, 10), help="attention checks among them (default 2, or 1 among ratings)"
    )
    c.add_argument(
        "--size",
        type=whole("--size", 64, 2048),
        default=480,
        help="width and height of a video in pixels (default 480)",
    )
    c.add_argument("--sound", action="store_true", help="let realism be judged with sound")
    c.add_argument("--title", default="Movements of a talking character")
    c.add_argument("--return-to", default="the person who sent you this page", help="who gets the answers")
    c.add_argument("--seed", type=seed, default=0)
    _add_force(c, "replace a study that nobody has the page of")
    c.set_defaults(run=_make_study)

    c = commands.add_parser("analyse", help="answers to ratings with confidence intervals, and the chart of Fig. 4")
    c.add_argument("answers", type=Path, nargs="+", help="answer files, or folders of them")
    c.add_argument("--key", type=Path, required=True, help="key.json of 'a2g study make'")
    c.add_argument(
        "--misses-allowed",
        type=whole("--misses-allowed", 0, _MOST),
        default=0,
        help="attention checks that a participant may fail (default 0)",
    )
    c.add_argument("--out", type=Path, required=True)
    _add_force(c, "replace files of these names that are no results of a study")
    c.set_defaults(run=_analyse_study)


def _changes(options: argparse.Namespace) -> dict[str, str]:
    """The changes requested by --set."""
    changes = dict(change.partition("=")[::2] for change in options.set)
    if not all(changes.values()):
        raise ConfigError("--set needs NAME=VALUE", "write for example --set steps=2000")
    return changes


def _train(options: argparse.Namespace) -> None:
    from ..model.systems import named_config

    if options.resume and (options.config or options.set):
        raise ConfigError("--resume uses the run's own settings", "leave out --config and --set")
    config = named_config(options.config or "product").replace(**_changes(options))
    training = _needs_extras("training.train")
    loop = {name: getattr(options, name) for name in ("device", "precision", "checkpoint_minutes", "validate_every")}
    if options.resume:
        print(training.resume(options.corpus, options.out, **loop))
    else:
        print(training.train(config, options.corpus, options.out, seed=options.seed, **loop))


def _export(options: argparse.Namespace) -> None:
    export_run = _needs_extras("training.export").export_run
    export_run(
        options.trained, options.corpus, options.output, half=options.half, force=options.force, **_changes(options)
    )
    print(options.output)


def _build_corpus(options: argparse.Namespace) -> None:
    check_new_folder(options.out)
    corpus = _needs_extras("training.synthetic")
    if is_file(options.smartbody):
        corpus.check_sources([options.smartbody])
    load_clips = _needs_extras("training.data.smartbody").load_clips
    speech = sorted(f for folder in options.speech for f in folder.rglob("*") if f.suffix.lower() in SOUND_ENDINGS)
    with _bar() as progress:
        manifest = corpus.build_corpus(
            speech, load_clips(options.smartbody), options.out, seconds=options.hours * 3600, seed=options.seed,
            progress=progress,
        )  # fmt: skip
    frames = sum(entry["frames"] for entry in manifest["sequences"])
    print(f"{len(manifest['sequences'])} sequences, {frames / manifest['fps'] / 3600:.2f} hours: {options.out}")


def _needs_extras(module: str) -> ModuleType:
    """Import a module of training or evaluation. Raises A2GError that says what to install."""
    try:
        return import_module(f"a2g_core.{module}")
    except ImportError as error:
        extras = f"'audio2gestures[{'train' if module.startswith('training') else 'evaluate'}]'"
        raise A2GError(f"this needs '{error.name}'", f"install it with: pip install {extras}") from None


def _import_corpus(options: argparse.Namespace) -> None:
    import_corpus = _needs_extras("training.importing").import_corpus
    with _bar() as progress:
        report = import_corpus(options.folder, options.format, options.out, progress=progress)
    print(report)


def _flatten_corpus(options: argparse.Namespace) -> None:
    check_new_folder(options.out)
    data, corpus = _needs_extras("training.data.speech2gesture"), _needs_extras("training.corpus")
    splits = {
        name: corpus.load_corpus(options.corpus, split)[: options.clips]
        for name, split in (("train", corpus.TRAIN), ("dev", corpus.VALIDATION))
    }
    manifest = corpus.load_manifest(options.corpus)
    said = {name: manifest[name] for name in ("notice", "attributions")}
    with _bar() as progress, new_folder(options.out) as made:
        crops = data.write_speech2gesture(made, data.export_speech2gesture(splits, progress))
        (made / data.SAID).write_text(json.dumps(said, indent=1), encoding="utf-8")
    print(f"{crops} crops: {options.out}")


def _evaluate(options: argparse.Namespace) -> None:
    evaluate = _needs_extras("evaluation.evaluate").evaluate
    if options.table is None and not options.model:
        raise ConfigError("there is nothing to evaluate", "give --table 1, --table 2, or --model NAME=FILE")
    evaluation = evaluate(
        options.corpus, options.out, table=options.table, models=_named_paths("--model", options.model),
        runs=options.runs, budget=options.budget, samples=options.samples, most_clips=options.clips,
        judges=options.judges, device=options.device, seed=options.seed, videos=not options.no_videos,
        gate=options.gate, robustness=options.robustness, speech=_named_paths("--speech", options.speech),
        split=options.split, people=options.people, force=options.force,
    )  # fmt: skip
    if tables := evaluation.tables:
        print(_needs_extras("evaluation.beside").as_text(tables), end="\n\n")
    print(options.out / "report.html")
    if evaluation.checks:
        print(_needs_extras("evaluation.gate").as_text(evaluation.checks))
        if not all(c.holds for c in evaluation.checks):
            sys.exit(1)


def _train_judges(options: argparse.Namespace) -> None:
    train_judges = _needs_extras("training.judges").train_judges
    for name, sha256 in train_judges(options.corpus, options.out, seed=options.seed, force=options.force).items():
        print(f"{options.out / name}  {sha256[:16]}")


def _make_study(options: argparse.Namespace) -> None:
    make_study = _needs_extras("evaluation.study.make").make_study
    with _bar() as progress:
        study = make_study(
            _named_paths("--system", options.system), options.speech, options.out, mode=options.mode,
            seconds=options.seconds, clips=options.clips, pairs_per_participant=options.trials,
            attention_checks=options.checks, size=(options.size, options.size), sound=options.sound,
            seed=options.seed, title=options.title, return_to=options.return_to,
            progress=lambda phase, share: progress(share), force=options.force,
        )  # fmt: skip
    print(
        f"{study.videos} videos, {study.trials} questions: {study.page} is for participants, {study.key} stays with you"
    )
    if study.left_out:
        print(f"left out because a system lacks them: {', '.join(study.left_out)}")


def _analyse_study(options: argparse.Namespace) -> None:
    analyse_study = _needs_extras("evaluation.study.analyse").analyse_study
    result = analyse_study(
        options.answers, options.key, options.out, misses_allowed=options.misses_allowed, force=options.force
    )
    for score in result.scores:
        print(f"{score.question:12} {score.system:24} {score.value:8.1f}  ({score.low:.1f} to {score.high:.1f})")
    dropped = f", {len(result.dropped)} dropped for missed attention checks" if result.dropped else ""
    print(f"{len(result.participants)} participants{dropped}: {options.out / 'report.html'}")


def _named_paths(option: str, texts: list[str]) -> dict[str, Path]:
    pairs = [text.partition("=")[::2] for text in texts]
    if not all(name and path for name, path in pairs) or len({name for name, _ in pairs}) < len(pairs):
        raise ConfigError(
            f"{option} needs NAME=PATH, each with a name of its own", f"write for example {option} ours=PATH"
        )
    return {name: Path(path) for name, path in pairs}


@contextmanager
def _bar() -> Iterator[Callable[[float], None]]:
    """A progress bar; yields a function that sets the fraction done."""
    from tqdm import tqdm

    with tqdm(total=100, unit="%", mininterval=2) as bar:

        def show(share: float) -> None:
            bar.update(int(100 * share) - bar.n)

        yield show
