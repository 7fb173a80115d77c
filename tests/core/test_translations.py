"""The five languages against the source: complete, with the same placeholders, and in the style of tooltips."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest
from places import ROOT

SCRIPT = ROOT / "scripts" / "messages.py"


def _load_script():
    sys.path.insert(0, str(SCRIPT.parent))  # it imports its neighbours
    spec = importlib.util.spec_from_file_location("messages", SCRIPT)
    module = sys.modules["messages"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


messages = _load_script()
FOUND = messages.collect()
LANGUAGES = messages.languages()

# Words that a language shares with English.
SAME = {
    "de_DE": {"Hand", "Engine", "Filter", "Meshes", "Name", "Pin", "Take", "Takes", "Text", "Variation"},
    "es": {"Error", "Natural", "Torso", "no"},
    "fr_FR": {"Accents", "Influence", "Direction", "Page", "Phrases", "Posture", "Source", "Style", "Variation"},
}
# Names, units and patterns are the same anywhere.
SAME_ANYWHERE = {
    "Audio2Gestures {version}", "Hash: {digest}", "{n:.0f} min", "{problem}; {hint}.", "Godot", "Unreal",
    "Unity Humanoid", "three.js, VRM",
}  # fmt: skip


def write(folder: Path, addon: str, core: str = "") -> Path:
    """A repository with these sources."""
    for name, text in (
        ("blender_addon/sentences.py", 'PATTERN = "{problem}; {hint}."'),
        ("blender_addon/some.py", addon),
    ):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    (folder / "a2g_core" / "speech").mkdir(parents=True)
    (folder / "a2g_core" / "speech" / "audio.py").write_text(core)
    (folder / "a2g_core" / "errors.py").write_text("class A2GError(Exception): ...\nclass AudioError(A2GError): ...")
    return folder


def collected(folder: Path, addon: str, core: str = "") -> set[str]:
    """What is found in these sources, but for the pattern of errors."""
    return set(messages.collect(write(folder, addon, core)).messages) - {"{problem}; {hint}."}


# The collector --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ('class A2G_OT_x(Operator):\n    """A tip"""\n    bl_label = "Do It"', {"A tip", "Do It"}),
        ('class A2G_OT_x(Operator):\n    """Not shown"""\n    bl_description = "A tip"', {"A tip"}),
        ('class A2G_PT_x(Panel):\n    """Not shown"""\n    bl_label = "Gestures"', {"Gestures"}),
        ('seed: IntProperty(name="Seed", description="A number", default=1)', {"Seed", "A number"}),
        ('ITEMS = [("ONE", "First", "The first", "NONE", 0)]', {"First", "The first"}),
        ('layout.label(text="Some text", icon="ERROR")', {"Some text"}),
        ('layout.label(text="One way" if x else "Another way")', {"One way", "Another way"}),
        ('hint = "wait a little"\nraise A2GError("it is busy", hint)', {"wait a little", "it is busy"}),
        ('raise AudioError("no \'{name}\'", "choose one", name=name)', {"no '{name}'", "choose one"}),
        ('text = iface_("{n} takes").format(n=3)', {"{n} takes"}),
        ('self.report({"INFO"}, "It is done")', {"It is done"}),
        ('job.phase, job.fraction = "Writing keys", 1.0', {"Writing keys"}),
        ("def frames(n, phase=\"Generating\"):\n    tell(phase='Reading pins')", {"Generating", "Reading pins"}),
        ('layout.label(text=f"{first}-{last}")\nrow.label(text="")\nrow.label(text=name)', set()),
    ],
)
def test_texts_are_found(tmp_path: Path, source: str, texts: set[str]):
    assert collected(tmp_path, source) == texts


@pytest.mark.parametrize(
    "source",
    [
        'layout.label(text=f"{n} takes")',
        'layout.label(text="{n} takes".format(n=n))',
        'raise A2GError(f"no {name}", "choose one")',
        "raise A2GError(problem_of(x), hint)",
    ],
)
def test_a_text_that_cannot_be_translated_is_a_problem(tmp_path: Path, source: str):
    assert messages.collect(write(tmp_path, source)).problems


def test_an_error_of_the_core_with_values_inside_stays_english_as_a_whole(tmp_path: Path):
    core = 'raise AudioError(f"no {name}", "choose one")'
    found = messages.collect(write(tmp_path, "", core))
    assert set(found.messages) == {"{problem}; {hint}."}
    assert found.english == ["a2g_core/speech/audio.py:1"]
    assert not found.problems


def test_the_command_lists_texts_and_finds_nothing_missing():
    listed = subprocess.run([sys.executable, SCRIPT], capture_output=True, encoding="utf-8", check=True).stdout
    assert "'Generate Gestures'\n" in listed
    done = subprocess.run([sys.executable, SCRIPT, "--missing"], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (0, "Every language is complete.\n")


# The languages --------------------------------------------------------------------------------------------------------


def test_every_text_of_the_addon_can_be_translated():
    assert FOUND.problems == []
    assert len(FOUND.messages) > 400


def test_the_languages_are_five():
    assert sorted(LANGUAGES) == ["de_DE", "es", "fr_FR", "ja_JP", "zh_HANS"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_is_complete_and_has_nothing_else(language: str):
    table = LANGUAGES[language]
    assert sorted(FOUND.messages.keys() - table) == []
    assert sorted(table.keys() - FOUND.messages) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_kept_as_they_are(language: str):
    odd = {e: t for e, t in LANGUAGES[language].items() if messages.placeholders(e) != messages.placeholders(t)}
    assert odd == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_empty_or_left_in_english(language: str):
    table = LANGUAGES[language]
    assert [english for english, text in table.items() if not text.strip()] == []
    same = {english for english, text in table.items() if english == text}
    assert same <= SAME.get(language, set()) | SAME_ANYWHERE


@pytest.mark.parametrize("language", LANGUAGES)
def test_marks_at_the_end_are_those_of_the_english_text(language: str):
    for english, text in LANGUAGES[language].items():
        if not english.endswith("."):
            assert text[-1] not in ".。", text
        assert english.endswith("…") == text.endswith("…"), text
        assert text == text.strip(), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_that_hints_point_to_are_named_as_they_are_shown(language: str):
    table = LANGUAGES[language]
    named = (
        "Generate Gestures", "Set Up GPU", "Pin Selected Strips", "Relink Pin", "Remove Pin", "Update Take",
        "Copy Problem Report", "Push Down Action", "Add Character",
    )  # fmt: skip
    pointed_to = set()
    for english, text in table.items():
        for label in named:
            if label in english and english[0].islower():
                pointed_to.add(label)
                assert table[label].lower() in text.lower(), (label, text)
    assert pointed_to == set(named)
