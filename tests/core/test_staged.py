"""The checks of the tree as the zip lays it out notice what they are there for."""

from __future__ import annotations

import pytest
from places import ROOT


@pytest.fixture
def staged(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "scripts")
    import staged

    return staged


def _append(path, line):
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "line", "broken"),
    [
        ("panels/common.py", "from ..a2g_core.performing.generate import generate", "Only the work room has motions"),
        ("operators/base.py", "from ..a2g_core.model.network import decode", "What is inside the core"),
        ("ui/state.py", "from ..a2g_core.body.rotations import slerp", "Only the scene room knows how"),
        ("scene/keys.py", "from ..work import jobs", "Each room of the add-on stands"),
        ("a2g_core/body/motion.py", "from ...log import __name__ as _", "Each room of the add-on stands"),
        ("a2g_core/body/motion.py", "import bpy", "The core never imports Blender"),
        ("work/jobs.py", "import scipy", "Inside Blender NumPy is enough"),
    ],
)
def test_an_import_across_the_border_breaks_a_contract(staged, capfd, file, line, broken):
    with staged.staged_tree() as folder:
        _append(folder / staged.PACKAGE / file, line)
        assert staged.check_contracts(folder) == 1
    said = " ".join(capfd.readouterr().out.split())
    assert broken in said.partition("Broken contracts")[2]


def test_a_wrong_type_across_the_border_is_an_error_in_the_repositorys_words(staged, capfd):
    with staged.staged_tree() as folder:
        _append(
            folder / staged.PACKAGE / "panels/common.py", "from ..a2g_core import __version__\n_N: int = __version__"
        )
        assert staged.check_types(folder, []) == 1
    said = capfd.readouterr().out
    assert "blender_addon/panels/common.py:" in said and "[assignment]" in said
    assert "audio2gestures/" not in said


def test_stubs_say_what_blender_never_lacks_and_what_the_add_on_registers(staged, tmp_path):
    import stubs

    stubs.write(tmp_path)
    text = (tmp_path / "bpy/types/__init__.pyi").read_text(encoding="utf-8")
    context = text.partition("\nclass Context(")[2].partition("\nclass ")[0]
    assert "def scene(self) -> Scene:" in context and "def area(self) -> Area | None" in context
    assert "    a2g_seed: int\n" in text.partition("\nclass Object(")[2].partition("\nclass ")[0]
    with pytest.raises(stubs.StubError, match="has no class Context"):
        stubs.correct(text.replace("class Context(", "class Contexts("))
