"""What tests in Blender share: the extension's zip."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from places import ROOT


@pytest.fixture(scope="session")
def extension_zip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip of A2G_EXTENSION_ZIP, or one built now."""
    if "A2G_EXTENSION_ZIP" not in os.environ:
        output = tmp_path_factory.mktemp("zip")
        command = [sys.executable, str(ROOT / "scripts" / "build_extension.py"), "--output", str(output)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        os.environ["A2G_EXTENSION_ZIP"] = done.stdout.strip()
    return Path(os.environ["A2G_EXTENSION_ZIP"])
