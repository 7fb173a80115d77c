"""What is released: from a clean commit only, under one version, with notes; and in full, as somebody downloads it."""

from __future__ import annotations

import hashlib
import subprocess
import zipfile
from pathlib import Path

import pytest
from places import ROOT


@pytest.fixture
def release(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "scripts")
    import release

    return release


def git(folder: Path, *arguments: str) -> None:
    command = ["git", "-C", str(folder), "-c", "user.name=N", "-c", "user.email=n@example.org", *arguments]
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository with one commit, that names one version."""
    folder = tmp_path / "checkout"
    (folder / "a2g_core").mkdir(parents=True)
    (folder / "a2g_core" / "__init__.py").write_text('__version__ = "1.2.3"\n')
    (folder / "blender_manifest.toml").write_text('version = "1.2.3"\n')
    (folder / "pyproject.toml").write_text('[project]\nversion = "1.2.3"\n')
    git(folder.parent, "init", "-q", str(folder))
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "first")
    return folder


def test_a_checkout_with_changes_is_refused_in_a_sentence(release, checkout):
    release.check_clean(checkout)
    (checkout / "stray.py").write_text("")
    with pytest.raises(release.ReleaseError, match=r"changes that no commit holds \(stray\.py\); commit them"):
        release.release(checkout, checkout / "dist", "")
    assert not (checkout / "dist").exists()


def test_versions_that_differ_are_refused(release, checkout):
    assert release.one_version(checkout) == "1.2.3"
    (checkout / "pyproject.toml").write_text('[project]\nversion = "1.2.4"\n')
    with pytest.raises(release.ReleaseError, match=r"1\.2\.4 in pyproject\.toml.*make them one"):
        release.one_version(checkout)


@pytest.mark.parametrize(
    ("origin", "page"),
    [
        ("https://example.org/some/repo.git", "https://example.org/some/repo"),
        ("https://user:word@example.org/some/repo", "https://example.org/some/repo"),
        ("git@example.org:some/repo.git", "https://example.org/some/repo"),
        ("ssh://git@example.org/some/repo.git", "https://example.org/some/repo"),
        ("/srv/repo.git", ""),
        ("", ""),
    ],
)
def test_the_website_is_where_git_says_without_anybodys_password(release, origin, page):
    assert release.address(origin) == page


def test_notes_are_those_of_the_version_and_say_so_if_there_is_more(release):
    done = "# Changelog\n\n## [1.2.3] - 2026-01-01\n\n- A thing.\n\n## [1.2.2] - 2025-01-01\n\n- Older.\n"
    told = release.notes(done, "1.2.3")
    assert "- A thing." in told and "Older" not in told and "preview" not in told
    assert "audio2gestures-1.2.3.zip" in told and "*Generate Gestures*" in told
    told = release.notes(done.replace("## [1.2.3]", "## [Unreleased]\n\n- Newer.\n\n## [1.2.3]"), "1.2.3")
    assert "- Newer." in told and "preview" in told and "- A thing." not in told
    with pytest.raises(release.ReleaseError, match="says nothing about 9"):
        release.notes(done, "9")


def test_the_website_gets_into_the_manifest_and_no_strange_one(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "scripts")
    import build_extension

    with pytest.raises(build_extension.BuildError, match="not an address of the web"):
        build_extension.build(tmp_path, "ftp://example.org")


@pytest.mark.slow
def test_a_clone_is_built_and_makes_a_take_wherever_it_is_installed(release, tmp_path):
    clone, out = tmp_path / "clone", tmp_path / "dist"
    git(tmp_path, "clone", "-q", "--no-local", str(ROOT), str(clone))
    release.release(clone, out, "https://example.org/a2g")
    archive, wheel = next(out.glob("*.zip")), next(out.glob("*.whl"))
    assert archive.stat().st_size < 10_000_000
    assert 'website = "https://example.org/a2g"' in zipfile.ZipFile(archive).read("blender_manifest.toml").decode()
    sums = dict(reversed(line.split("  ")) for line in (out / "SHA256SUMS").read_text().splitlines())
    assert sums == {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in (archive, wheel)}
    assert (out / "RELEASE.md").read_text(encoding="utf-8").startswith("# Audio2Gestures ")
