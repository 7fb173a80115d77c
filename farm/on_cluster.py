"""The lines of a script on a Dask or Ray cluster whose workers have `a2g` and see the same folders.

python farm/on_cluster.py dask tcp://scheduler:8786 script.csv out
python farm/on_cluster.py ray auto script.csv out
"""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path


def commands(script: str, output: str) -> list[str]:
    """The `a2g generate` of each line, with whole paths: workers run it elsewhere."""
    ask = [sys.executable, "-m", "a2g_core.cli", "batch", Path(script).resolve(), "-o", Path(output).resolve()]
    return subprocess.run([*ask, "--commands"], check=True, capture_output=True, text=True).stdout.splitlines()


def run(command: str) -> int:
    """One of them, on whatever machine this is. Returns its exit code."""
    _, *arguments = shlex.split(command)
    return subprocess.run([sys.executable, "-m", "a2g_core.cli", *arguments], check=False).returncode


def main(kind: str, address: str, script: str, output: str) -> int:
    """Run all lines. Returns the number of those that failed."""
    if kind == "dask":
        from dask.distributed import Client

        with Client(address) as client:
            codes = client.gather(client.map(run, commands(script, output), pure=False))
    else:
        import ray

        ray.init(address=address)
        codes = ray.get([ray.remote(run).remote(command) for command in commands(script, output)])
    return sum(code != 0 for code in codes)


if __name__ == "__main__":
    sys.exit(min(main(*sys.argv[1:]), 100))
