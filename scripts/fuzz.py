"""Gives damaged input to every reader of the product: `.venv/bin/python scripts/fuzz.py [--inputs 10000] [--seed 0]`.

Valid inputs of every kind are damaged and forged, and read by the product's own readers and commands. Right is success,
or an error of ours, which is one sentence. Anything else is a finding, and so is what takes more than 10 s or 1 GB.
An input follows from seed, kind and number: `--only KIND --number N` repeats one, and shows what came of it.

A child process reads; if it dies, or hangs, another one goes on. Inputs that end a process are not kept.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from itertools import accumulate
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "helpers")]
os.environ.setdefault("OMP_NUM_THREADS", "1")

from fuzzing import summary, trial  # noqa: E402
from fuzzing.kinds import KINDS  # noqa: E402
from fuzzing.processes import watched  # noqa: E402


def main() -> int:
    """Run, print the table and the findings; 1 if there are any."""
    options = _options()
    tasks = _tasks(options.inputs, options.only)
    if options.number is not None:
        tasks = [(options.only[0], options.number)]
    began = time.monotonic()
    outcomes: list[trial.Outcome] = []
    for outcome in watched(tasks, options.seed, options.findings):
        outcomes.append(outcome)
        if outcome.what == trial.FINDING or options.number is not None:
            print(f"{outcome.kind} {outcome.number}: {outcome.what} {' '.join(outcome.where)}{outcome.why}", flush=True)
    for kind in dict.fromkeys(kind for kind, _ in tasks) if options.missing else ():
        print("\n".join(summary.not_reached(kind, [o for o in outcomes if o.kind == kind])))
    print(summary.table(outcomes))
    found = sum(o.what == trial.FINDING for o in outcomes)
    print(f"{len(outcomes)} inputs, {found} findings, {time.monotonic() - began:.0f} s, seed {options.seed}")
    return 1 if found else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--inputs", type=int, default=10_000, help="how many, of all kinds together (default 10000)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", action="append", choices=sorted(KINDS), help="this kind alone (repeatable)")
    parser.add_argument("--number", type=int, help="with --only: this input alone")
    parser.add_argument("--missing", action="store_true", help="list the refusals that no input led to")
    parser.add_argument(
        "--findings",
        type=Path,
        default=ROOT / "build" / "fuzz",
        help="folder for inputs of findings (default build/fuzz)",
    )
    options = parser.parse_args()
    if options.number is not None and len(options.only or ()) != 1:
        parser.error("--number needs one --only")
    return options


def _tasks(inputs: int, only: list[str] | None) -> list[tuple[str, int]]:
    """(kind, number) of every input: each kind has its share."""
    kinds = {name: kind for name, kind in KINDS.items() if not only or name in only}
    ends = list(accumulate((kind.share for kind in kinds.values()), initial=0.0))
    numbers = [round(inputs * end / ends[-1]) for end in ends]
    return [(name, n) for name, first, end in zip(kinds, numbers, numbers[1:]) for n in range(end - first)]


if __name__ == "__main__":
    sys.exit(main())
