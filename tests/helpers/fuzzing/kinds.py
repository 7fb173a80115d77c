"""The kinds of input: how each is damaged, and which of the product's readers it is given to."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random

import word_files
from bone_families import family

from a2g_core.body.recognise import recognise
from a2g_core.body.rig_map import FOLDER, map_data, parse_map
from a2g_core.cli.main import main
from a2g_core.cli.plans import save_plan, with_plan
from a2g_core.errors import A2GError
from a2g_core.evaluation.gate import load_gate
from a2g_core.evaluation.study.analyse import score
from a2g_core.evaluation.study.answers import read_key, read_participants
from a2g_core.formats.registry import load_motion
from a2g_core.live import lines, sounds
from a2g_core.model.checkpoint import load_model, save_model
from a2g_core.performing.generate import generate, plan_of
from a2g_core.performing.request import DEFAULT
from a2g_core.script.ledger import NAME, read_ledger
from a2g_core.script.table import read_script
from a2g_core.speech.audio import open_speech
from a2g_core.speech.heard import hear
from a2g_core.training.corpus import SPLITS, file_digest, load_corpus
from a2g_core.training.crops import open_crops
from a2g_core.training.data.bvh import load_bvh_recording
from a2g_core.training.data.speech2gesture import COLUMNS, import_speech2gesture, read_crop, read_rows
from a2g_core.training.data.zeggs import load_nine_joints
from a2g_core.training.judge_networks import AlignmentScorer, MotionEncoder, read_judge
from a2g_core.words.acoustics import FPS
from a2g_core.words.aligning import align
from a2g_core.words.reading import read_passages
from a2g_core.worker import packing, protocol
from a2g_core.worker.client import Worker

from . import arguments, mutations, seeds
from .blender import recipe_class
from .safetensors import damaged_safetensors

JUDGES = {judge.judge: judge for judge in (MotionEncoder, AlignmentScorer)}


class Odd(Exception):
    """A command ended in another way than with success, or with one sentence and exit code 2."""


@dataclass(frozen=True)
class Input:
    """One damaged input. role: which reader it is for. ending: of its file."""

    role: str
    data: bytes
    ending: str


class Kind:
    """A kind of input. folder: where its valid inputs are made, and where each damaged one is put while it is read."""

    share = 1.0
    """Of all inputs, beside the shares of the other kinds."""
    readers: tuple[str, ...] = ()
    """Modules whose refusals are counted, as paths in the repository."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    @cached_property
    def valid(self) -> list[Input]:
        """The inputs that are damaged."""
        raise NotImplementedError

    def prepare(self) -> None:
        """Make what is damaged, before the first is read."""
        _ = self.valid

    def damage(self, rng: Random) -> Input:
        """A damaged input."""
        one = rng.choice(self.valid)
        return Input(one.role, self.mutate(one, rng), one.ending)

    def mutate(self, one: Input, rng: Random) -> bytes:
        return mutations.damaged(one.data, rng, rng.choice(self.valid).data)

    def read(self, one: Input, path: Path) -> None:
        """Give the input, which is also the file at path, to the product."""
        raise NotImplementedError


def command(*arguments_: object) -> None:
    """Run `a2g`; an A2GError with its own traceback if it refuses, Odd if it ends in any other way."""
    out, err = io.StringIO(), io.StringIO()
    texts = [*map(str, arguments_), "--debug"]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main(texts)
        except SystemExit as stop:  # --help, --version
            code = int(stop.code or 0)
    said = err.getvalue()
    last = said.rstrip("\n").rpartition("\n")[2]
    if code == 0 and "Traceback" not in said and "Warning:" not in said:
        return
    if code != 2 or not re.fullmatch(r"a2g: .+\.", last) or "was not foreseen" in last or "too little memory" in last:
        raise Odd(f"exit code {code}: {said[-1500:]}")
    if re.search(r"^.*Warning: ", said, re.MULTILINE):
        raise Odd(f"a warning beside the sentence: {said[:600]}")
    raise Refused(said)


def load_or_convert(one: Input, path: Path) -> None:
    """Read a motion; some by `a2g convert`, whose user sees warnings too."""
    if sum(one.data[-64:]) % 8 == 0:
        command("convert", path, path.with_name(f"converted{'.npz' if one.ending == 'bvh' else '.bvh'}"))
    else:
        load_motion(path)


class Refused(A2GError):
    """A command's refusal; said: what it wrote, with the traceback."""

    def __init__(self, said: str) -> None:
        super().__init__("refused", "see what was said")
        self.said = said


# ----------------------------------------------------------------------------------------------------------------------


class Sound(Kind):
    share = 2.0
    readers = tuple(
        f"a2g_core/speech/{name}.py" for name in ("audio", "ffmpeg", "headers", "heard", "libsndfile", "ogg")
    )

    @cached_property
    def valid(self) -> list[Input]:
        return [Input("speech", data, ending) for ending, data in seeds.sounds(self.folder)]

    def read(self, one: Input, path: Path) -> None:
        hear(open_speech(path), 30.0)


class Npz(Kind):
    share = 1.3
    readers = (
        "a2g_core/formats/smplx_npz.py", "a2g_core/formats/arrays.py", "a2g_core/training/data/zeggs.py",
        "a2g_core/training/data/speech2gesture.py",
    )  # fmt: skip

    @cached_property
    def valid(self) -> list[Input]:
        return [Input(role, data, "npz") for role, data in seeds.archives(self.folder)]

    def mutate(self, one: Input, rng: Random) -> bytes:
        if one.role == "clip" and rng.random() < 0.01:
            shape = f"({1 << 22}, 165)"
            header = f"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}".ljust(117) + "\n"
            return mutations.bomb("poses.npy", b"\x93NUMPY\x01\x00\x76\x00" + header.encode(), 165 << 24)
        return mutations.damaged_npz(one.data, rng, rng.choice(self.valid).data)

    def read(self, one: Input, path: Path) -> None:
        if one.role == "clip":
            load_or_convert(one, path)
        elif one.role == "nine":
            load_nine_joints(path)
        else:
            row = dict.fromkeys(COLUMNS, "") | {"pose_fn": path.name, "speaker": "x"}
            read_crop(path.parent, row | {"start": "0 days 00:00:00.000000", "end": "0 days 00:00:04.200000"})


class Bvh(Kind):
    share = 1.2
    readers = ("a2g_core/formats/bvh.py", "a2g_core/training/data/bvh.py")

    @cached_property
    def valid(self) -> list[Input]:
        return [Input(role, data, "bvh") for role, data in seeds.hierarchies(self.folder)]

    def mutate(self, one: Input, rng: Random) -> bytes:
        return mutations.damaged_text(one.data, rng, rng.choice(self.valid).data)

    def read(self, one: Input, path: Path) -> None:
        if one.role == "own":
            load_or_convert(one, path)
        else:
            load_bvh_recording(path)


class Vrma(Kind):
    share = 0.6
    readers = ("a2g_core/formats/vrma.py", "a2g_core/formats/gltf.py")

    @cached_property
    def valid(self) -> list[Input]:
        return [Input("own", data, "vrma") for data in seeds.animations(self.folder)]

    def mutate(self, one: Input, rng: Random) -> bytes:
        return mutations.damaged_glb(one.data, rng, rng.choice(self.valid).data)

    def read(self, one: Input, path: Path) -> None:
        load_or_convert(one, path)


class Model(Kind):
    share = 1.2
    readers = (
        "a2g_core/model/checkpoint.py", "a2g_core/model/settings.py", "a2g_core/model/config.py",
        "a2g_core/model/systems.py", "a2g_core/model/old_config.py", "a2g_core/training/judge_networks.py",
    )  # fmt: skip

    @cached_property
    def valid(self) -> list[Input]:
        return [Input(role, data, "safetensors") for role, data in seeds.models(self.folder)]

    @cached_property
    def heard(self):
        return seeds.heard()

    def mutate(self, one: Input, rng: Random) -> bytes:
        key = "audio2gestures" if one.role == "model" else "audio2gestures_judge"
        return damaged_safetensors(one.data, rng, rng.choice(self.valid).data, key=key)

    def read(self, one: Input, path: Path) -> None:
        if one.role in JUDGES:
            read_judge(path, JUDGES[one.role])
            return
        model = load_model(path)
        _ = model.styles
        heard = self.heard if model.fps == self.heard.fps else hear(seeds.babble(seeds.SECONDS), model.fps)
        generate(heard, model, fps=24.0)


class State(Kind):
    share = 0.5
    readers = ("a2g_core/training/state.py", "a2g_core/training/export.py", "a2g_core/training/crops.py")

    @cached_property
    def corpus(self) -> Path:
        return seeds.corpus(self.folder)

    @cached_property
    def valid(self) -> list[Input]:
        return [Input("state", seeds.state(self.folder / "run", self.corpus), "safetensors")]

    def mutate(self, one: Input, rng: Random) -> bytes:
        return damaged_safetensors(one.data, rng, key="training")

    def read(self, one: Input, path: Path) -> None:
        run, out = path.parent / "run", path.parent / "out.safetensors"
        run.mkdir()
        shutil.copy(path, run / "state.safetensors")
        command("export", run, "--corpus", self.corpus, "-o", out)
        load_model(out)


class Manifest(Kind):
    share = 0.8
    readers = ("a2g_core/training/corpus.py", "a2g_core/evaluation/gate.py", "a2g_core/training/data/speech2gesture.py")

    @cached_property
    def valid(self) -> list[Input]:
        self.crops = self.folder / "s2g"
        endings = {"sequence": "npz", "table": "csv"}
        return [Input(role, data, endings.get(role, "json")) for role, data in seeds.manifests(self.folder)]

    def mutate(self, one: Input, rng: Random) -> bytes:
        how = {"sequence": mutations.damaged_npz, "table": mutations.damaged_text}
        return how.get(one.role, mutations.damaged_json)(one.data, rng)

    def read(self, one: Input, path: Path) -> None:
        home, crops = path.parent / "corpus", path.parent / "s2g"
        if one.role == "gate":
            load_gate(path)
        elif one.role in ("table", "said"):
            shutil.copytree(self.folder / "s2g", crops)
            shutil.copy(path, crops / ("train.csv" if one.role == "table" else "said.json"))
            read_rows(crops)
            import_speech2gesture(crops, home)
        else:
            shutil.copytree(self.folder / "corpus", home)
            if one.role == "manifest":
                shutil.copy(path, home / "manifest.json")
            else:
                shutil.copy(path, home / "00000.npz")
                told = json.loads((home / "manifest.json").read_text(encoding="utf-8"))
                # A manifest of version 3, whose digests are of files, fits whatever the file holds.
                told["version"] = 3
                for entry in told["sequences"]:
                    for kind in ("npz", "flac"):
                        entry[f"sha256_{kind}"] = file_digest((home / entry["file"]).with_suffix(f".{kind}"))
                (home / "manifest.json").write_text(json.dumps(told), encoding="utf-8")
            for split in SPLITS[:2]:
                load_corpus(home, split)
                open_crops(home, split, seeds.CROPPED)


class Recipe(Kind):
    share = 0.8
    readers = ("blender_addon/scene/recipe.py", "a2g_core/performing/request.py")

    @cached_property
    def valid(self) -> list[Input]:
        return [Input("recipe", data, "json") for data in seeds.recipes()]

    def mutate(self, one: Input, rng: Random) -> bytes:
        return mutations.damaged_json(one.data, rng, rng.choice(self.valid).data)

    def read(self, one: Input, path: Path) -> None:
        cls = recipe_class()
        recipe = cls.from_text(one.data.decode("utf-8", "surrogateescape"))
        assert cls.from_text(recipe.to_text()) == recipe
        _ = recipe.fps, len(recipe.checksums)


class RigMapFile(Kind):
    share = 0.5
    readers = ("a2g_core/body/rig_map.py",)

    @cached_property
    def valid(self) -> list[Input]:
        return [Input("rigmap", path.read_bytes(), "json") for path in sorted(FOLDER.glob("*.json"))]

    def mutate(self, one: Input, rng: Random) -> bytes:
        return mutations.damaged_json(one.data, rng, rng.choice(self.valid).data)

    def read(self, one: Input, path: Path) -> None:
        data = map_data(rig_map := parse_map(one.data, path.name))
        assert map_data(parse_map(json.dumps(data), path.name)) == data
        fit = recognise(family("unreal4"), stored=rig_map)
        assert set(fit.joints.values()) <= family("unreal4").keys()


class PlanFile(Kind):
    share = 0.5
    readers = ("a2g_core/cli/plans.py", "a2g_core/performing/plan.py", "a2g_core/performing/matching.py")

    @cached_property
    def model(self):
        return seeds.random_model(seeds.ACCENTED)

    @cached_property
    def valid(self) -> list[Input]:
        save_plan(self.folder / "plan.json", plan_of(seeds.heard(), self.model), DEFAULT)
        return [Input("plan", (self.folder / "plan.json").read_bytes(), "json")]

    def mutate(self, one: Input, rng: Random) -> bytes:
        return mutations.damaged_json(one.data, rng)

    def read(self, one: Input, path: Path) -> None:
        generate(seeds.heard(), self.model, with_plan(DEFAULT, path))


class ScriptFile(Kind):
    share = 0.5
    readers = ("a2g_core/script/table.py", "a2g_core/script/ledger.py")
    options = {"seed": True, "pin": True, "plan": True, "loop": False}

    @cached_property
    def valid(self) -> list[Input]:
        rows = [{"id": "act1/anna-1", "sound": "a.wav", "seed": 3, "pins": ["wave.npz@2.5", "b.npz@4"], "loop": False}]
        rows += [{"id": "ben", "sound": "b.flac", "text": "Hello"}]
        table = (
            'id,sound,seed,pins,loop,text\nact1/anna-1,a.wav,3,wave.npz@2.5|b.npz@4,no,\nben,b.flac,,,,"Hello, you"\n'
        )
        digest = "0" * 64
        entry = {"id": "ben", "key": digest, "says": {"sound": "b.flac"}, "outputs": {"ben.npz": digest}, "frames": 3}
        ledger = json.dumps(entry) + "\n" + json.dumps(entry | {"id": "act1/anna-1"}) + "\n"
        return [
            Input("json", json.dumps(rows).encode(), "json"), Input("csv", table.encode(), "csv"),
            Input("ledger", ledger.encode(), "jsonl"),
        ]  # fmt: skip

    def mutate(self, one: Input, rng: Random) -> bytes:
        return mutations.damaged_json(one.data, rng) if one.role == "json" else mutations.damaged(one.data, rng)

    def read(self, one: Input, path: Path) -> None:
        if one.role == "ledger":
            shutil.copy(path, path.parent / NAME)
            for entry in read_ledger(path.parent).values():
                assert all(isinstance(text, str) for text in (entry["key"], *entry["outputs"].values()))
        else:
            for line in read_script(path, self.options).lines:
                assert ".." not in Path(line.id).parts and not Path(line.id).is_absolute()


class WordsFile(Kind):
    share = 1.0
    readers = tuple(
        f"a2g_core/words/{name}.py" for name in ("aligning", "reading", "subtitles", "textgrid", "transcripts")
    )

    @cached_property
    def heard(self):
        return hear(seeds.babble(seeds.SECONDS), FPS)

    @cached_property
    def valid(self) -> list[Input]:
        texts = [(ending, text if isinstance(text, str) else json.dumps(text)) for ending, text in word_files.EVERY]
        return [Input(ending, text.encode(), ending) for ending, text in texts]

    def mutate(self, one: Input, rng: Random) -> bytes:
        if one.role == "json":
            return mutations.damaged_json(one.data, rng, rng.choice(self.valid).data)
        return rng.choice((mutations.damaged_text, mutations.damaged))(one.data, rng, rng.choice(self.valid).data)

    def read(self, one: Input, path: Path) -> None:
        words = align(read_passages(path), self.heard).words
        assert all(0 <= word.start_s <= word.end_s for word in words)


class Live(Kind):
    share = 0.5
    readers = ("a2g_core/live/lines.py", "a2g_core/live/sounds.py")

    @cached_property
    def valid(self) -> list[Input]:
        motion, file = seeds.motion(8), io.BytesIO()
        rows = (lines.head(motion), *lines.frames(motion, 0))
        seeds.soundfile.write(file, seeds.samples()[:4000], 16000, format="WAV", subtype="PCM_24")
        return [Input("poses", "\n".join((*rows, "")).encode(), "jsonl"), Input("pipe", file.getvalue(), "wav")]

    def mutate(self, one: Input, rng: Random) -> bytes:
        if one.role == "pipe":
            return mutations.damaged(one.data, rng)
        rows = one.data.splitlines()
        k = rng.randrange(len(rows))
        rows[k] = mutations.damaged_json(rows[k], rng)
        return b"\n".join((*rows, b""))

    def read(self, one: Input, path: Path) -> None:
        if one.role == "poses":
            for part in lines.read_lines(path):
                assert len(part)
        else:
            for block in sounds.of_pipe(io.BytesIO(one.data), path.name, None, 1).blocks(lambda: False):
                assert block.ndim == 1


class Edit(Kind):
    share = 0.4
    readers = ("a2g_core/cli/timeline.py",)

    @cached_property
    def valid(self) -> list[Input]:
        return [Input("otio", seeds.edit(self.folder), "otio"), Input("list", seeds.EDIT_LIST, "edl")]

    def mutate(self, one: Input, rng: Random) -> bytes:
        return (mutations.damaged_text if one.role == "list" else mutations.damaged_json)(one.data, rng)

    def read(self, one: Input, path: Path) -> None:
        shutil.copy(self.folder / "line.wav", path.parent)
        rate = ("--rate", "25") if one.role == "list" else ()
        command("timeline", path, "-o", path.with_name("script.csv"), *rate)
        read_script(path.with_name("script.csv"), ScriptFile.options)


class Arguments(Kind):
    share = 0.5
    readers = ("a2g_core/cli/main.py", "a2g_core/cli/research.py", "a2g_core/cli/values.py")

    @cached_property
    def valid(self) -> list[Input]:
        save_model(seeds.random_model(), self.folder / "model.safetensors")
        (self.folder / "clip.npz").write_bytes(next(iter(seeds.archives(self.folder)))[1])
        seeds.soundfile.write(self.folder / "speech.wav", seeds.samples(), 16000)
        return []

    def damage(self, rng: Random) -> Input:
        _ = self.valid
        return Input("arguments", json.dumps(arguments.drawn(rng)).encode(), "json")

    def read(self, one: Input, path: Path) -> None:
        home = os.getcwd()
        for name in ("model.safetensors", "clip.npz", "speech.wav"):
            os.link(self.folder / name, path.parent / name)
        os.chdir(path.parent)
        try:
            command(*json.loads(one.data))
        finally:
            os.chdir(home)


class Protocol(Kind):
    share = 1.2
    readers = ("a2g_core/worker/protocol.py", "a2g_core/worker/packing.py", "a2g_core/worker/client.py")

    @cached_property
    def valid(self) -> list[Input]:
        lines = [
            protocol.Generate(3, "task-3.npz", "model-1.npz", "motion-3.npz", "cpu"), protocol.Cancel(3),
            protocol.Ping(4), protocol.Stop(), protocol.FreeMemory(5),
            protocol.Hello("1.0", protocol.PROTOCOL, "3.12.1", "2.13.0", ["cpu"], "cpu", {"cpu": "Chip"}),
            protocol.Progress(2, "Generating", 0.25), protocol.Done(2), protocol.Stopped(2),
            protocol.Failed(2, "PinError", "a {name} is {n:.2f}", "mend it", {"name": "pin", "n": 3.0}),
        ]  # fmt: skip
        found = [Input("line", protocol.encode(line).encode(), "json") for line in lines]
        found += [Input("stream", b"".join(i.data for i in found[5:]), "jsonl")] * 3
        return found + [Input(role, data, "npz") for role, data in seeds.exchanged(self.folder)] * 4

    @cached_property
    def model(self):
        return seeds.random_model()

    @cached_property
    def heard(self):
        return seeds.heard()

    def mutate(self, one: Input, rng: Random) -> bytes:
        if one.role == "line":
            return mutations.damaged_json(one.data.rstrip(b"\n"), rng) + b"\n"
        if one.role == "stream":
            lines = one.data.splitlines()
            for _ in range(rng.choice((0, 1, 2))):
                k = rng.randrange(len(lines))
                lines[k] = mutations.damaged_json(lines[k], rng).replace(b"\n", b" ")
            return b"\n".join(lines[: rng.choice((1, 3, len(lines)))]) + b"\n"
        return mutations.damaged_npz(one.data, rng)

    def read(self, one: Input, path: Path) -> None:
        if one.role == "line":
            self._line(one.data.decode("utf-8", "replace").rstrip("\n"))
        elif one.role == "stream":
            self._stream(path)
        elif one.role == "task":
            task = packing.load_task(path)
            generate(task.heard, self.model, task.request)
        elif one.role == "model":
            generate(self.heard, packing.load_model(path))
        else:
            packing.load_motion(path)

    def _line(self, line: str) -> None:
        message = protocol.decode(line, (*protocol.REQUESTS, *protocol.ANSWERS))
        protocol.encode(message)
        if isinstance(message, protocol.Failed):
            str(protocol.unpack_error(message)).encode()
        if isinstance(message, protocol.Generate):
            protocol.file_in(Path("folder"), message.task)

    def _stream(self, path: Path) -> None:
        """To a client, as what its worker says."""
        engine = path.parent / "engine"
        engine.write_text(f"#!/bin/sh\nexec cat '{path}'\n", encoding="utf-8")
        engine.chmod(0o755)
        worker = Worker(engine)
        try:
            worker.start(timeout_s=3)
            worker.generate(self.heard, self.model)
        finally:
            worker.kill()


class Answers(Kind):
    share = 0.7
    readers = ("a2g_core/evaluation/study/answers.py", "a2g_core/evaluation/study/analyse.py")

    @cached_property
    def studies(self) -> dict[str, tuple[bytes, list[bytes]]]:
        return {mode: seeds.study(mode) for mode in ("realism", "alignment", "rating")}

    @cached_property
    def valid(self) -> list[Input]:
        found = []
        for mode, (key, answers) in self.studies.items():
            found += [Input(f"{mode} key", key, "json"), Input(f"{mode} answers", answers[0], "json")]
        return found

    def mutate(self, one: Input, rng: Random) -> bytes:
        return mutations.damaged_json(one.data, rng, rng.choice(self.valid).data)

    def read(self, one: Input, path: Path) -> None:
        mode, _, what = one.role.partition(" ")
        key, answers = self.studies[mode]
        files = dict(zip(("key.json", "ann.json", "bob.json"), (key, *answers)))
        files["key.json" if what == "key" else "ann.json"] = one.data
        for name, data in files.items():
            (path.parent / name).write_bytes(data)
        if sum(one.data[-64:]) % 40 == 0:
            people = [path.parent / "ann.json", path.parent / "bob.json"]
            command("study", "analyse", *people, "--key", path.parent / "key.json", "--out", path.parent / "out")
            return
        known = read_key(path.parent / "key.json")
        score(read_participants([path.parent / "ann.json", path.parent / "bob.json"], known), known)


KINDS: dict[str, type[Kind]] = {
    "sound": Sound, "npz": Npz, "bvh": Bvh, "vrma": Vrma, "model": Model, "state": State,
    "manifest": Manifest, "recipe": Recipe, "rigmap": RigMapFile, "plan": PlanFile, "script": ScriptFile,
    "arguments": Arguments, "protocol": Protocol, "answers": Answers, "live": Live,
    "words": WordsFile, "edit": Edit,
}  # fmt: skip
