"""One input after another, in this process: what came of it, how long it took, and how much memory."""

from __future__ import annotations

import contextlib
import mmap
import os
import re
import resource
import signal
import tempfile
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from places import ROOT

from a2g_core.errors import A2GError

from .kinds import KINDS, Input, Kind, Odd, Refused

READ, REFUSED, FINDING = "read", "refused", "finding"
MOST_SECONDS, MOST_MB = 10.0, 1000.0


@dataclass(frozen=True)
class Outcome:
    """What came of an input. what: READ, REFUSED or FINDING. where: "file:line" of the refusal, and of the
    errors that led to it. why: of a finding."""

    kind: str
    number: int
    what: str
    seconds: float
    megabytes: float
    where: tuple[str, ...] = ()
    why: str = ""


class TooLongError(BaseException):
    """The time is over; nothing that catches errors catches this."""


class Slow(Kind):
    """Planted: takes its time."""

    def prepare(self) -> None:
        pass

    def damage(self, rng: Random) -> Input:
        return Input("planted", b"", "bin")

    def read(self, one: Input, path: Path) -> None:
        while True:
            time.sleep(0.01)


class Greedy(Slow):
    """Planted: takes much memory."""

    def read(self, one: Input, path: Path) -> None:
        # Pages the process never had: a bytearray may lie where another test's memory was, and then takes none.
        with mmap.mmap(-1, 200 << 20) as memory:
            for page in range(0, len(memory), mmap.PAGESIZE):
                memory[page] = 1


class Deadly(Slow):
    """Planted: ends every second process, as damaged software does."""

    def read(self, one: Input, path: Path) -> None:
        if int(path.stem.rpartition("-")[2]) % 2:
            os.kill(os.getpid(), signal.SIGKILL)


PLANTED: dict[str, type[Kind]] = {"slow": Slow, "greedy": Greedy, "deadly": Deadly}
"""Kinds that show whether a run finds what it is there to find."""


class Trials:
    """Inputs of one kind that follow from a seed. folder: for scratch; findings: where inputs of findings are kept."""

    def __init__(
        self, kind: Kind | str, seed: int, folder: Path, findings: Path | None = None, *,
        most_seconds: float = MOST_SECONDS, most_mb: float = MOST_MB,
    ) -> None:  # fmt: skip
        self.name = kind if isinstance(kind, str) else type(kind).__name__.lower()
        self.kind = (KINDS | PLANTED)[kind](folder / self.name) if isinstance(kind, str) else kind
        self.seed, self.folder, self.findings = seed, folder, findings
        self.most_seconds, self.most_mb = most_seconds, most_mb

    def run(self, number: int) -> Outcome:
        """Make and read one input."""
        one = self.kind.damage(Random(f"{self.seed} {self.name} {number}"))
        with tempfile.TemporaryDirectory(dir=self.folder, prefix="input-") as scratch:
            path = Path(scratch) / f"{self.name}-{self.seed}-{number}.{one.ending}"
            path.write_bytes(one.data)
            _reset_peak()
            before, began = _resident_mb("VmRSS"), time.perf_counter()
            what, where, why = self._read(one, path)
            seconds, megabytes = time.perf_counter() - began, max(0.0, _resident_mb("VmHWM") - before)
        if what != FINDING and seconds > self.most_seconds:
            what, why = FINDING, f"it took {seconds:.1f} s"
        if what != FINDING and megabytes > self.most_mb:
            what, why = FINDING, f"it took {megabytes:.0f} MB"
        if what == FINDING and self.findings is not None:
            self.findings.mkdir(parents=True, exist_ok=True)
            (self.findings / path.name).write_bytes(one.data)
        return Outcome(self.name, number, what, seconds, megabytes, where, f"{one.role}: {why}" if why else "")

    def _read(self, one: Input, path: Path) -> tuple[str, tuple[str, ...], str]:
        try:
            with _alarm(self.most_seconds):
                self.kind.read(one, path)
        except Refused as error:
            return REFUSED, _places(error.said), ""
        except A2GError as error:
            text = "".join(traceback.format_exception(error))
            chain = list(_chain(error))
            asked = any(isinstance(e, MemoryError) for e in chain)
            if asked or "\n" in str(error).strip():
                return FINDING, (), f"{'it asked for too much memory' if asked else 'not one sentence'}: {text[-1500:]}"
            frames = ["".join(traceback.format_tb(e.__traceback__)) for e in chain]
            return REFUSED, tuple(place for text in frames for place in _places(text)), ""
        except TooLongError as error:
            where = "".join(traceback.format_tb(error.__traceback__))[-1200:]
            return FINDING, (), f"it took more than {self.most_seconds:g} s\n{where}"
        except Odd as error:
            return FINDING, (), str(error)
        except Exception as error:
            return FINDING, (), "".join(traceback.format_exception(error))[-1800:]
        return READ, (), ""


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and those that led to it, whatever its own words are."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _places(text: str) -> tuple[str, ...]:
    """The file and line of a traceback's last frame in the product, if it has one."""
    found = re.findall(rf'File "{re.escape(str(ROOT))}/((?:a2g_core|blender_addon)/[^"]+)", line (\d+)', text)
    return (":".join(found[-1]),) if found else ()


@contextlib.contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    def ring(*_: object) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


# Memory, as Linux counts it -------------------------------------------------------------------------------------------


def limit_memory(megabytes: int) -> None:
    """Let this process have so much more address space than it has now, so that no input takes the whole machine."""
    now = _resident_mb("VmSize")
    resource.setrlimit(resource.RLIMIT_AS, (int(now + megabytes) << 20, resource.RLIM_INFINITY))


def _reset_peak() -> None:
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _resident_mb(name: str) -> float:
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:  # not Linux: the highest so far
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << (10 if os.name == "posix" else 20))
    return int(re.search(rf"^{name}:\s+(\d+) kB", status, re.MULTILINE).group(1)) / 1024
