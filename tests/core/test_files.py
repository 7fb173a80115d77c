"""Files are written whole, whoever else writes there, and asked for without errors."""

from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from moments import PART
from places import ROOT
from waiting import LIMIT_S

from a2g_core import files
from a2g_core.errors import OutputError
from a2g_core.outputs import check_file, check_folder, check_new_folder

OURS = {"is_ours": lambda path: path.read_bytes().startswith(b"ours")}


@pytest.fixture
def umask():
    before = os.umask(0o027)
    yield 0o027
    os.umask(before)


def _write(path: Path, text: str = "new") -> None:
    with files.replacing(path) as part:
        part.write_text(text)


# Whether there is anything --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", [PermissionError(13, "denied"), OSError(116, "stale file handle"), OSError(5, "I/O")])
def test_what_cannot_be_reached_is_not_there(monkeypatch, tmp_path, error):
    def refuse(path, *_arguments, **_options):
        raise error

    monkeypatch.setattr(os, "stat", refuse)
    monkeypatch.setattr(os, "listdir", refuse)
    assert not files.is_file(tmp_path / "a") and not files.is_folder(tmp_path) and not files.exists(tmp_path)
    assert files.size_of(tmp_path / "a") == 0 and files.listed(tmp_path) == [] and not files.same(tmp_path, tmp_path)


def test_nor_is_a_name_that_no_file_can_have(tmp_path):
    for name in ("a\0b", "x" * 5000):
        assert not files.is_file(tmp_path / name) and not files.exists(tmp_path / name)
        assert files.listed(tmp_path / name) == []


def test_nobody_asks_in_another_way():
    """`Path.is_file()` raises PermissionError, and shutil.which() finds what lies in the current folder on Windows."""
    asked = re.compile(r"\.is_file\(\)|\.is_dir\(\)|shutil\.which|\bmkstemp\b|os\.replace\(|os\.rename\(")
    before_import = ROOT / "blender_addon/__init__.py"
    for folder in ("a2g_core", "blender_addon"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if path not in (ROOT / "a2g_core/files.py", before_import):
                assert not asked.search(path.read_text(encoding="utf-8")), path


def test_a_program_in_the_current_folder_is_never_found(monkeypatch, tmp_path):
    (tmp_path / "tool").write_text("#!/bin/sh\n")
    (tmp_path / "tool").chmod(0o755)
    monkeypatch.chdir(tmp_path)
    for places in ("", ".", os.pathsep, os.path.relpath(tmp_path, tmp_path)):
        monkeypatch.setenv("PATH", places)
        assert files.find_program("tool") is None
    monkeypatch.setenv("PATH", os.pathsep.join((".", str(tmp_path))))
    assert files.find_program("tool") == tmp_path / "tool" and files.find_program("tools") is None
    (tmp_path / "tool").chmod(0o644)
    assert files.find_program("tool") is None


# Writing --------------------------------------------------------------------------------------------------------------


def test_a_new_file_has_the_mode_of_umask_and_an_old_one_keeps_its_own(tmp_path, umask):
    path = tmp_path / "take.npz"
    _write(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~umask
    path.chmod(0o604)
    _write(path, "newer")
    assert (stat.S_IMODE(path.stat().st_mode), path.read_text()) == (0o604, "newer")
    assert os.listdir(tmp_path) == ["take.npz"]


def test_a_link_stays_and_what_it_leads_to_is_replaced(tmp_path):
    (tmp_path / "there").mkdir()
    target = tmp_path / "there/take.npz"
    target.write_text("old")
    for link, to in (("link.npz", target), ("none.npz", tmp_path / "there/none.npz")):
        (tmp_path / link).symlink_to(to)
        _write(tmp_path / link)
        assert (tmp_path / link).is_symlink() and to.read_text() == "new"
    assert sorted(os.listdir(tmp_path / "there")) == ["none.npz", "take.npz"]


def test_a_pipe_gets_the_bytes_when_they_are_complete(tmp_path):
    pipe, read = tmp_path / "pipe.npz", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    check_file(pipe, **OURS)
    _write(pipe)
    reader.join(LIMIT_S)
    assert read == [b"new"] and stat.S_ISFIFO(pipe.stat().st_mode) and os.listdir(tmp_path) == ["pipe.npz"]
    _write(Path(os.devnull))


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), ValueError("bad"), KeyboardInterrupt()])
def test_whatever_goes_wrong_the_old_file_stays(tmp_path, error):
    path = tmp_path / "take.npz"
    path.write_text("old")
    with pytest.raises(type(error)) as caught, files.replacing(path) as part:
        part.write_text("half")
        raise error
    assert path.read_text() == "old" and os.listdir(tmp_path) == ["take.npz"]
    assert not isinstance(error, OSError) or caught.value.filename == str(path)  # not the part, of which nobody knows


def test_a_name_of_two_hundred_and_fifty_letters(tmp_path):
    for letter in ("n", "€"):
        path = tmp_path / (letter * (80 if letter == "€" else 250) + ".npz")
        _write(path)
        assert path.read_text() == "new"


def test_what_a_killed_process_left_goes_with_the_next_and_what_a_living_one_writes_stays(tmp_path):
    path, code = tmp_path / "take.npz", "import sys, time; from a2g_core import files\n"
    code += "with files.replacing(sys.argv[1]) as part:\n    print(part, flush=True)\n    time.sleep(600)\n"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    def start() -> tuple[subprocess.Popen, Path]:
        process = subprocess.Popen(
            [sys.executable, "-c", code, path], env=environment, stdout=subprocess.PIPE, text=True
        )
        return process, Path(process.stdout.readline().strip())

    (killed, left), (living, part) = start(), start()
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    (foreign := tmp_path / ".take.npz.old.part.npz").write_text("not ours")
    assert left.is_file() and PART.fullmatch(left.name) and files.is_being_made(path)
    _write(path)
    assert not left.exists() and part.is_file() and foreign.is_file() and path.read_text() == "new"
    living.kill()
    living.wait()
    assert not files.is_being_made(path)
    files.remove_abandoned_in(tmp_path)
    assert sorted(os.listdir(tmp_path)) == [foreign.name, path.name]


def test_many_writers_at_once(tmp_path):
    """None of them takes another's part for left behind."""
    path, texts = tmp_path / "take.npz", [str(k) * 10_000 for k in range(8)]

    def write(text: str) -> None:
        for _ in range(20):
            _write(path, text)

    threads = [threading.Thread(target=write, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        time.sleep(0.01)
        assert not path.exists() or path.read_text() in texts
    assert path.read_text() in texts and os.listdir(tmp_path) == ["take.npz"]


def test_a_folder_appears_whole_or_not_at_all(tmp_path):
    out = tmp_path / "new/corpus"
    with pytest.raises(ValueError), files.new_folder(out) as made:
        (made / "a").write_text("a")
        raise ValueError
    assert os.listdir(tmp_path / "new") == []
    out.mkdir()
    with files.new_folder(out) as made:
        (made / "a").write_text("a")
        assert os.listdir(out) == [] and files.is_being_made(out)
    assert (out / "a").read_text() == "a" and os.listdir(tmp_path / "new") == ["corpus"]
    with pytest.raises(OSError) as caught, files.new_folder(out) as made:  # somebody else was there first
        (made / "b").write_text("b")
    assert caught.value.filename == str(out) and os.listdir(out) == ["a"] and os.listdir(tmp_path / "new") == ["corpus"]


# What is checked before the work --------------------------------------------------------------------------------------


def test_each_place_that_cannot_be_written_is_named(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("theirs")
    (tmp_path / "ours").write_text("ours")
    (tmp_path / "empty").touch()
    for name in ("new", "ours", "empty"):
        check_file(tmp_path / name, **OURS)
    check_file(tmp_path / "file", **OURS, force=True)
    refused = {
        "none/take": "there is no folder '.+none'; check the path", "file/take": "'.+file' is not a folder",
        "file": "'.+file' is there already and was not made by this program; .*--force", ".": "is a folder",
    }  # fmt: skip
    for name, why in refused.items():
        with pytest.raises(OutputError, match=why):
            check_file(tmp_path / name, **OURS)
    (tmp_path / "link").symlink_to(tmp_path / "ours")
    os.link(tmp_path / "ours", tmp_path / "hard")
    for name in ("ours", "link", "hard"):
        with pytest.raises(OutputError, match="is read by the same command"):
            check_file(tmp_path / "ours", **OURS, inputs=[tmp_path / name], force=True)
    check_folder(tmp_path / "a/b/c")
    with pytest.raises(OutputError, match=r"'.+file' is not a folder"):
        check_folder(tmp_path / "file/b")
    with pytest.raises(OutputError, match="is not empty; write to another folder, or empty it first"):
        check_new_folder(tmp_path)
    (tmp_path / "current").mkdir()
    monkeypatch.chdir(tmp_path / "current")
    with pytest.raises(OutputError, match="name a new folder in it"):
        check_new_folder(Path("."))
    assert not [name for name in os.listdir(tmp_path) if PART.fullmatch(name)]


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), OSError(30, "Read-only file system")])
def test_a_folder_that_takes_no_file_is_found_out_by_trying(tmp_path, monkeypatch, error):
    real = os.open

    def refuse(path, flags, *arguments, **options):
        if flags & os.O_CREAT:
            raise error
        return real(path, flags, *arguments, **options)

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(OutputError, match=rf"'.+take' cannot be written \({error.strerror}\); write to another place"):
        check_file(tmp_path / "take", **OURS)
    with pytest.raises(OutputError, match="cannot be written"):
        check_folder(tmp_path / "new")
