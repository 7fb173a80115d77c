"""A whole script by one command: the bytes of one line at a time, whatever stops it and however many work on it."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import numpy as np
import pytest
import soundfile
from places import ROOT
from small_models import random_model
from voices import babble
from waiting import wait_until

from a2g_core.cli.main import inputs_of, main, parsed
from a2g_core.errors import ConfigError
from a2g_core.model.checkpoint import save_model
from a2g_core.script.ledger import NAME, read_ledger
from a2g_core.script.table import read_script

A2G = [sys.executable, "-m", "a2g_core.cli"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
N = 8


@pytest.fixture
def script(tmp_path) -> Path:
    """Eight lines in two acts, some with a seed, a control or a partner."""
    save_model(random_model(), tmp_path / "model.safetensors")
    rows = []
    for k in range(N):
        soundfile.write(tmp_path / f"line {k}.wav", next(babble(0.5 + k / 10, seed=k).read()), 16000)
        row = {"id": f"act{k % 2}/line-{k}", "sound": f"line {k}.wav", "seed": k, "text": "Well, hello"}
        row |= {"energy": 1.2} if k == 3 else {"listen-to": "line 0.wav@30"} if k == 4 else {}
        rows.append(row)
    write(tmp_path / "script.csv", rows)
    return tmp_path / "script.csv"


def write(path: Path, rows: list[dict]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, ["id", "sound", "seed", "energy", "listen-to", "text"])
        table.writeheader()
        table.writerows(rows)


def rows_of(path: Path) -> list[dict]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def batch(script: Path, out: Path, *more: str) -> list[str]:
    return ["batch", str(script), "-o", str(out), "--set", f"model={script.parent / 'model.safetensors'}", *more]


def digests(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def said(capsys) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_each_take_is_what_one_command_makes(script, tmp_path, capsys):
    assert main(batch(script, tmp_path / "out", "--workers", "2", "--set", "fps=25", "--json")) == 0
    assert [line["id"] for line in said(capsys)] == [row["id"] for row in rows_of(script)]
    for k, more in ((2, []), (3, ["--energy", "1.2"]), (4, ["--listen-to", f"{tmp_path / 'line 0.wav'}@30"])):
        one = tmp_path / f"{k}.npz"
        command = [*A2G, "generate", tmp_path / f"line {k}.wav", "--seed", str(k), "--fps", "25", *more, "-o", one]
        subprocess.run([*command, "--model", tmp_path / "model.safetensors"], env=ENVIRONMENT, check=True)
        assert (tmp_path / f"out/act{k % 2}/line-{k}.npz").read_bytes() == one.read_bytes()


def test_neither_order_nor_number_of_workers_shows(script, tmp_path):
    assert main(batch(script, tmp_path / "one", "--workers", "1", "--format", "bvh")) == 0
    assert main(batch(script, tmp_path / "four", "--workers", "4", "--format", "bvh")) == 0
    assert digests(tmp_path / "one") == digests(tmp_path / "four") and len(digests(tmp_path / "one")) == N + 1
    write(tmp_path / "turned.csv", rows_of(script)[::-1])
    assert main(batch(tmp_path / "turned.csv", tmp_path / "turned", "--format", "bvh")) == 0
    takes, turned = ({n: d for n, d in digests(tmp_path / x).items() if n != NAME} for x in ("one", "turned"))
    assert takes == turned


def test_only_lines_that_changed_are_made_again(script, tmp_path, capsys):
    out, rows = tmp_path / "out", rows_of(script)
    assert main(batch(script, out)) == 0
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*.npz")}
    rows[1]["seed"], rows[2]["text"] = "77", "Another text, which no take is made of"
    soundfile.write(tmp_path / "line 5.wav", next(babble(1.0, seed=99).read()), 16000)
    (out / "act0/line-6.npz").unlink()
    write(script, rows[:7])  # the last line is gone
    shutil.move(script, tmp_path / "moved.csv")
    capsys.readouterr()
    assert main(batch(tmp_path / "moved.csv", out, "--json")) == 0
    states = {line["id"]: line["state"] for line in said(capsys)}
    made = {"act1/line-1", "act1/line-5", "act0/line-6"}
    assert {name for name, state in states.items() if state == "made"} == made and len(states) == 7
    after = {path: path.stat().st_mtime_ns for path in out.rglob("*.npz")}
    assert {path for path in after if after[path] != before.get(path)} == {out / f"{name}.npz" for name in made}
    assert list(read_ledger(out)) == [row["id"] for row in rows]  # what is left of the last line is known


def test_a_bad_line_does_not_stop_the_others(script, tmp_path, capsys):
    rows, out = rows_of(script), tmp_path / "out"
    rows[0]["sound"], rows[2]["seed"], rows[5]["energy"] = "nothing.wav", "one", "1e9"
    soundfile.write(tmp_path / "line 6.wav", np.zeros(16000), 16000)
    write(script, rows)
    assert main(batch(script, out, "--json")) == 2
    lines = said(capsys)
    assert lines.pop()["error"].startswith("4 of 8 lines were not made")
    assert [line["id"] for line in lines] == [row["id"] for row in rows]
    errors = {int(line["id"][-1]): line["error"] for line in lines if "error" in line}
    assert sorted(errors) == [0, 2, 5, 6] and "is silent" in errors[6] and "there is no file" in errors[0]
    assert len(list(out.rglob("*.npz"))) == 4 and not list(out.rglob(".*"))


def test_what_somebody_has_changed_is_kept(script, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(batch(script, out)) == 0
    theirs = out / "act1/line-1.npz"
    np.savez(theirs, poses=np.zeros((3, 165), np.float32), mocap_frame_rate=30.0)
    kept = theirs.read_bytes()
    assert main(batch(script, out)) == 2
    assert theirs.read_bytes() == kept and "was not made by this program" in capsys.readouterr().err
    assert main(batch(script, out, "--force")) == 0 and theirs.read_bytes() != kept


def test_what_is_missing_silent_too_long_or_left_over_is_said(script, tmp_path, capsys):
    out, rows = tmp_path / "out", rows_of(script)
    assert main(batch(script, out)) == 0 and main(batch(script, out, "--check", "--longest", "2")) == 0
    before = digests(out)
    (tmp_path / "line 1.wav").unlink()
    soundfile.write(tmp_path / "line 2.wav", np.zeros(8000), 16000)
    rows[3]["seed"] = "33"
    write(script, rows[:-1])
    capsys.readouterr()
    assert main(batch(script, out, "--check", "--longest", "1.0", "--json")) == 2
    lines = {line["id"]: line for line in said(capsys) if "id" in line}
    wrong = {1: "there is no file", 2: "is silent", 6: "it lasts 1 s", 7: "no line has this id"}
    for k, what in wrong.items():
        assert what in lines[f"act{k % 2}/line-{k}"]["error"]
    assert lines["act1/line-3"]["state"] == "changed" and lines["act0/line-4"]["state"] == "unchanged"
    assert digests(out) == before


def test_a_script_is_checked_before_its_first_batch(script, tmp_path, capsys):
    assert main(batch(script, tmp_path / "out/takes", "--check", "--json")) == 0
    assert {line["state"] for line in said(capsys)} == {"new"} and not (tmp_path / "out").exists()
    (tmp_path / "out").write_text("a file")
    assert main(batch(script, tmp_path / "out/takes", "--check")) == 2


def test_the_commands_of_the_lines_can_be_run_as_they_are_printed(script, tmp_path, capsys):
    assert main(batch(script, tmp_path / "once")) == 0
    capsys.readouterr()
    assert main(batch(script, tmp_path / "one by one", "--commands")) == 0
    commands = capsys.readouterr().out.splitlines()
    assert len(commands) == 8
    for command in commands:
        _a2g, *arguments = shlex.split(command)
        assert main(arguments) == 0
    once = digests(tmp_path / "once")
    once.pop(NAME)
    assert digests(tmp_path / "one by one") == once


def test_two_runs_are_compared(script, tmp_path, capsys):
    rows = rows_of(script)
    assert main(batch(script, tmp_path / "before")) == 0
    rows[0]["seed"] = "9"
    write(script, rows[:-1])
    assert main(batch(script, tmp_path / "after")) == 0
    capsys.readouterr()
    assert main(["batch", "-o", str(tmp_path / "after"), "--diff", str(tmp_path / "before"), "--json"]) == 0
    lines = {line["id"]: line for line in said(capsys)}
    assert lines["act0/line-0"]["notes"] == ["seed 0 -> 9"] and lines["act1/line-1"]["state"] == "the same"
    assert lines["act1/line-7"]["state"] == f"only in {tmp_path / 'before'}"


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="only Linux tells which processes a process has started")
def test_a_worker_that_dies_costs_its_line_alone(script, tmp_path):
    """And a batch that is told to end leaves no worker behind, and nothing half-made."""
    rows = rows_of(script)
    long = np.concatenate([next(babble(60).read())] * 60)
    soundfile.write(tmp_path / "line 1.wav", long, 16000)
    write(script, rows)
    command = [*A2G, *batch(script, tmp_path / "out", "--workers", "1", "--json")]
    with subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as done:
        assert json.loads(done.stdout.readline())["id"] == "act0/line-0"  # the long one is being made
        (worker,) = children(done.pid)
        os.kill(worker, signal.SIGKILL)
        lines = [json.loads(line) for line in done.stdout]
    assert done.returncode == 2 and "has ended (-9)" in lines[0]["error"]
    assert [line["id"] for line in lines[1:-1]] == [row["id"] for row in rows[2:]]
    left = set((tmp_path / "out").rglob(".*"))  # of the one that was killed; whoever makes that line next removes it
    with subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as done:
        while not (workers := children(done.pid)):
            time.sleep(0.05)
        done.terminate()
    assert done.returncode == 143
    # One that was told while it started ends with its pipe, a moment later.
    wait_until(lambda: not is_running(workers[0]))
    assert set((tmp_path / "out").rglob(".*")) <= left


def is_running(pid: int) -> bool:
    """Whether a process is there, and not only waits to be forgotten."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False


def children(pid: int) -> list[int]:
    """The workers of a batch: Python's own resource tracker is none."""
    found = map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
    return [child for child in found if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


def killed_at_random(command: list[str], times: int, most_lines: int, seed: int, most_wait_s: float = 0.05) -> None:
    """Run a command that is killed so often, each time soon after it has made so many lines; then to its end.

    Where that comes first, it is killed less often, but it is killed.
    """
    rng, killed = Random(seed), 0
    for _ in range(times):
        left = rng.randint(0, most_lines) if killed else 0  # at first before a line is made: surely in time
        with subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True) as done:
            while left and (line := done.stdout.readline()):
                left -= json.loads(line)["state"] == "made"
            time.sleep(rng.uniform(0, most_wait_s))
            if done.poll() == 0:
                break
            done.kill()
            killed += 1
    assert killed
    subprocess.run(command, env=ENVIRONMENT, check=True, stdout=subprocess.DEVNULL)


def test_a_batch_that_is_killed_goes_on(script, tmp_path):
    assert main(batch(script, tmp_path / "whole")) == 0
    command = [*A2G, *batch(script, tmp_path / "out", "--workers", "2", "--json")]
    killed_at_random(command, 3, 2, 0, most_wait_s=0.002)  # eight lines take some 50 ms
    with (tmp_path / "out" / NAME).open("ab") as log:
        log.write(b'{"id": "act0/line-0", "key": "half a li')  # as a kill in mid-write leaves it
    subprocess.run(command, env=ENVIRONMENT, check=True, capture_output=True)
    assert digests(tmp_path / "out") == digests(tmp_path / "whole")


@pytest.mark.thorough
def test_two_hundred_lines_killed_twenty_times(tmp_path):
    """Of LibriSpeech and LJ Speech, with the model that ships."""
    data = ROOT.parent / "shared/data/ship"
    sounds = [sound for part in ("librispeech", "ljspeech") for sound in sorted(data.glob(f"{part}/*.flac"))[:100]]
    if len(sounds) < 200:
        pytest.skip("no recordings beside the repository")
    rows = [{"id": f"{k}", "sound": str(sound), "seed": str(k)} for k, sound in enumerate(sounds)]
    write(tmp_path / "script.csv", rows)

    def command(out: str, *more: str) -> list[str]:
        return [*A2G, "batch", str(tmp_path / "script.csv"), "-o", str(tmp_path / out), "--json", *more]

    for out, workers in (("one", "1"), ("four", "4")):
        subprocess.run(command(out, "--workers", workers), env=ENVIRONMENT, check=True, stdout=subprocess.DEVNULL)
    whole = digests(tmp_path / "one")
    assert len(whole) == 201 and digests(tmp_path / "four") == whole
    killed_at_random(command("killed"), 20, 8, 1)
    assert digests(tmp_path / "killed") == whole
    for k in (3, 90, 199):
        rows[k]["seed"] = "1000"
    write(tmp_path / "script.csv", rows)
    done = subprocess.run(command("killed"), env=ENVIRONMENT, check=True, capture_output=True, text=True)
    made = [line["id"] for line in map(json.loads, done.stdout.splitlines()) if line["state"] == "made"]
    assert made == ["3", "90", "199"]


OPTIONS = {"seed": True, "pin": True, "loop": False, "plan": True}


def test_a_script_in_csv_json_or_a_folder(tmp_path):
    (tmp_path / "sounds/deep").mkdir(parents=True)
    for name in ("b.wav", "a.FLAC", "deep/c.mp3", ".hidden.wav", "notes.txt"):
        (tmp_path / "sounds" / name).touch()
    found = read_script(tmp_path / "sounds", OPTIONS, ["seed=4"])
    assert [line.id for line in found.lines] == ["a", "b", "deep/c"]
    assert found.lines[2].arguments == (str(tmp_path / "sounds/deep/c.mp3"), "--seed=4")
    (tmp_path / "wave.npz").touch()
    (tmp_path / "s.csv").write_text("\ufeffID;Sound;pins;Seed;Mood\nx;a.wav;wave.npz@2.5|gone.npz@3;;glad\n\n", "utf-8")
    row = {"id": "x", "sound": "a.wav", "pins": ["wave.npz@2.5", "gone.npz@3"], "seed": None, "mood": "glad"}
    (tmp_path / "s.json").write_text(json.dumps({"lines": [row]}))
    scripts = [read_script(tmp_path / name, OPTIONS) for name in ("s.csv", "s.json")]
    assert scripts[0] == scripts[1] and scripts[0].unused == ("mood",)
    pins = (f"--pin={tmp_path / 'wave.npz@2.5'}", "--pin=gone.npz@3")
    assert scripts[0].lines[0].arguments == (str(tmp_path / "a.wav"), *pins)
    (tmp_path / "s.json").write_text('[{"id": "x", "loop": true, "seed": 3}, {"id": "y", "loop": false}]')
    assert [line.arguments for line in read_script(tmp_path / "s.json", OPTIONS).lines] == [("--loop", "--seed=3"), ()]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "is not a script"), ("id,sound\n", "has no lines"), ("name,sound\nx,a.wav\n", "is not a script"),
        ("id,id\nx,y\n", "is not a script"), ("id,sound\nx,a.wav,more\n", "is not a script"),
        ("id,sound\n,a.wav\n", "line 1 has the id ''"), ("id\n../x\n", "has the id '../x'"),
        ("id\na/../../x\n", "has the id"), ("id\n/etc/x\n", "has the id"), ("id\nCON\n", "has the id"),
        ("id\nx:y\n", "has the id"), ("id\nx\nX\n", "two lines of 's.csv' have the id 'X'"),
        ("id,loop\nx,perhaps\n", "has 'perhaps' for loop"), ("[1]", "is not a script"), ("{}", "is not a script"),
        ("id,sound\ne\u0301,a.wav\n\u00e9,a.wav\n", "two lines of 's.csv' have the id"),
        ('[{"id": "x", "Id": "y"}]', "says the same thing twice"),
        ('[{"id": {}}]', "is not a script"), ("[" * 100_000, "is not a script"), ('id\n"x', "is not a script"),
    ],
)  # fmt: skip
def test_a_script_that_cannot_be_read_is_refused(tmp_path, text, what):
    (tmp_path / "s.csv").write_text(text)
    with pytest.raises(ConfigError, match=what.replace("(", r"\(")):
        read_script(tmp_path / "s.csv", OPTIONS)


@pytest.mark.parametrize(
    "data",
    [
        "\ufeffid,sound\r\nx,a.wav\r\n", "\r\n\r\nid,sound\r\nx,a.wav\r\n", "id,sound,,\nx,a.wav,,\n",
        "sep=;\r\nid;sound\r\nx;a.wav\r\n", '"sep=;",\nid;sound\nx;a.wav\n', "id,sound\rx,a.wav\r",
        "id\tsound\r\nx\ta.wav\r\n".encode("utf-16"), b"\xfe\xff" + "id,sound\nx,a.wav\n".encode("utf-16-be"),
    ],
)  # fmt: skip
def test_a_table_as_spreadsheets_save_it(tmp_path, data):
    (tmp_path / "s.csv").write_bytes(data if isinstance(data, bytes) else data.encode())
    (line,) = read_script(tmp_path / "s.csv", OPTIONS).lines
    assert (line.id, line.arguments) == ("x", (str(tmp_path / "a.wav"),))


@pytest.mark.skipif(os.sep == "\\", reason="there it is how paths are written")
def test_a_table_from_windows_names_its_files_elsewhere_too(tmp_path):
    for path in ("a/b.wav", "a/wave.npz", "odd\\name.wav"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).touch()
    text = "id,sound,pin\nx,a\\b.wav,a\\wave.npz@2.5\ny,odd\\name.wav,gone\\wave.npz@1\n"
    (tmp_path / "s.csv").write_text(text)
    here, other = read_script(tmp_path / "s.csv", OPTIONS).lines
    assert here.arguments == (str(tmp_path / "a/b.wav"), f"--pin={tmp_path / 'a/wave.npz'}@2.5")
    assert other.arguments == (str(tmp_path / "odd\\name.wav"), "--pin=gone\\wave.npz@1")


@pytest.mark.parametrize(
    ("ids", "why"),
    [
        (["x", "x-2"], "both be written to 'x-2.npz'"), (["X.npz/y", "x"], "called as the file 'X.npz' of 'x'"),
        (["a2g-batch.jsonl/x"], "called as the file 'a2g-batch.jsonl'"),
    ],
)  # fmt: skip
def test_lines_that_would_be_in_each_others_way_are_refused(script, tmp_path, capsys, ids, why):
    rows = [
        row | {"id": name, "takes": "2" if name == "x" and "x-2" in ids else ""}
        for name, row in zip(ids, rows_of(script))
    ]
    with script.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, rows[0])
        table.writeheader()
        table.writerows(rows)
    assert main(batch(script, tmp_path / "out")) == 2
    assert why in capsys.readouterr().err and not (tmp_path / "out").exists()


def test_options_that_lines_do_not_have_are_refused(tmp_path, script, capsys):
    for setting in ("sed=1", "seed", "output=x", "force=yes"):
        assert main(batch(script, tmp_path / "out", "--set", setting)) == 2
        assert f"--set {setting} cannot be read" in capsys.readouterr().err
    assert main(["batch", str(tmp_path / "none.csv"), "-o", str(tmp_path / "out")]) == 2
    assert main(["batch", "-o", str(tmp_path / "out")]) == 2
    assert not (tmp_path / "out").exists()


def test_every_file_that_a_take_is_made_from_is_known():
    """Else a batch would not see that one has changed, and a take could replace it."""
    files = {"--listen-to": "b.wav", "--pin": "c.npz@1", "--plan": "d.json", "--words": "e.txt", "--seated": "f.npz"}
    given = parsed(["a.wav", *(x for pair in files.items() for x in pair), "--model", "g", "-o", "take.npz"])
    assert {str(path) for path in inputs_of(given)} == {"a.wav", "b.wav", "c.npz", "d.json", "e.txt", "f.npz", "g"}
