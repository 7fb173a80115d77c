"""Damaged input of every kind ends in a sentence; and what is there to notice anything else notices it.

The whole run, 10 000 inputs, is `scripts/fuzz.py`. Here are 500 of them, and faults planted to be found.
"""

from __future__ import annotations

import gc
import json
import os
import re
import subprocess
import sys
import tempfile

import pytest
from fuzzing import kinds, summary
from fuzzing.kinds import KINDS
from fuzzing.processes import watched
from fuzzing.trial import FINDING, READ, REFUSED, Trials
from places import ROOT

from a2g_core.cli import main as command_module

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="alarms and limits of memory are POSIX")


def test_500_damaged_inputs_are_read_or_refused_in_one_sentence(tmp_path):
    script = [sys.executable, str(ROOT / "scripts" / "fuzz.py"), "--inputs", "500", "--findings", str(tmp_path)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    done = subprocess.run(script, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    rows = {row[0]: row for row in map(str.split, done.stdout.splitlines()) if row and row[0] in KINDS}
    assert rows.keys() == KINDS.keys()
    assert sum(int(row[1]) for row in rows.values()) == 500
    for kind, (_, inputs, read, refused, findings, *_rest) in rows.items():
        assert int(read) + int(refused) == int(inputs) and findings == "0"
        assert int(read) > 0 and int(refused) > int(inputs) / 5, f"{kind}: damage that is never, or always, noticed"


def _outcomes(kind: str, folder, numbers: int = 30, **limits):
    trials = Trials(kind, 0, folder, folder / "findings", **limits)
    return [trials.run(number) for number in range(numbers)]


def test_an_input_follows_from_its_number(tmp_path):
    from random import Random

    kind = KINDS["answers"](tmp_path)
    made = [kind.damage(Random("0 answers 3")) for _ in range(2)]
    assert made[0] == made[1] != kind.damage(Random("0 answers 4"))


def test_a_reader_that_believes_what_it_reads_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(kinds, "read_key", lambda path: json.loads(path.read_bytes())["trials"]["none"])
    found = [o for o in _outcomes("answers", tmp_path) if o.what == FINDING]
    assert found and all("KeyError" in o.why or "JSONDecodeError" in o.why or "Error" in o.why for o in found)
    kept = sorted(path.name for path in (tmp_path / "findings").iterdir())
    assert kept == sorted(f"answers-0-{o.number}.json" for o in found)


def test_a_command_that_only_the_last_net_catches_is_found(tmp_path, monkeypatch):
    def fail(*_):
        raise ZeroDivisionError("planted")

    monkeypatch.setattr(command_module, "load_motion", fail)
    monkeypatch.setattr(kinds.arguments, "drawn", lambda rng: [
        "generate", "speech.wav", "-o", "a.npz", "--model", "model.safetensors", "--pin", "clip.npz@0"])  # fmt: skip
    (outcome,) = _outcomes("arguments", tmp_path, 1)
    assert outcome.what == FINDING and "ZeroDivisionError: planted" in outcome.why


def test_what_takes_too_long_or_too_much_memory_is_found(tmp_path):
    (slow,) = _outcomes("slow", tmp_path, 1, most_seconds=0.2)
    assert slow.what == FINDING and "more than 0.2 s" in slow.why
    if sys.platform == "linux":
        gc.collect()  # what other tests have left would be freed within the trial, and make up for what it takes
        (greedy,) = _outcomes("greedy", tmp_path, 1, most_mb=100)
        assert greedy.what == FINDING and re.search(r"it took \d+ MB", greedy.why)
    assert _outcomes("greedy", tmp_path, 1)[0].what == READ


def test_what_ends_its_process_is_found_and_not_kept_and_the_next_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    outcomes = list(watched([("deadly", n) for n in range(3)], 0, tmp_path / "findings"))
    assert [o.what for o in outcomes] == [READ, FINDING, READ]
    assert "exit code -9" in outcomes[1].why and not list(tmp_path.iterdir())


def test_refusals_that_were_reached_are_counted(tmp_path):
    outcomes = _outcomes("answers", tmp_path, 60)
    assert {o.what for o in outcomes} == {READ, REFUSED}
    reached, every = summary.refusals("answers", outcomes)
    assert 2 < len(reached) < len(every) and len(summary.not_reached("answers", outcomes)) == len(every - reached)
    assert str(len(reached)) in summary.table(outcomes).splitlines()[1]
