"""Where things are."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
FILES_0_2_0 = ROOT / "tests/files/0.2.0"
