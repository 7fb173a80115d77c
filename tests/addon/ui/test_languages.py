"""Languages in Blender: what it is given, and errors as sentences. The wheels carry no languages to switch to."""

from __future__ import annotations

import importlib

import pytest

PACKAGE = "bl_ext.user_default.audio2gestures"


@pytest.fixture
def translations(addon):
    return importlib.import_module(f"{PACKAGE}.translations")


def test_blender_takes_the_languages_and_gives_them_back(translations):
    translations.unregister()
    translations.register()


def test_a_text_is_translated_as_a_label_of_an_operator_and_elsewhere(translations):
    table = translations.tables()["de_DE"]
    assert table["Operator", "Generate Gestures"] == table["*", "Generate Gestures"] == "Gesten erzeugen"


@pytest.fixture
def spoken(addon, translations, monkeypatch):
    """Has errors speak a language."""

    def speak(language: str) -> None:
        table = translations.LANGUAGES[language]
        monkeypatch.setattr(addon.sentences, "rpt_", lambda text: table.get(text, text))

    return speak


def test_an_error_is_a_sentence_in_the_artists_language(addon, spoken):
    error = addon.a2g_core.errors.A2GError("'{name}' is in Edit Mode", "leave it with Tab", name="Rig")
    assert addon.sentences.sentence(error) == "'Rig' is in Edit Mode; leave it with Tab."
    spoken("de_DE")
    assert addon.sentences.sentence(error) == "'Rig' ist im Bearbeitungsmodus; mit Tab verlassen."
    spoken("ja_JP")
    assert addon.sentences.sentence(error) == "「Rig」は編集モードです。Tabキーで終了してください。"
    spoken("fr_FR")
    assert addon.sentences.sentence(error) == "'Rig' est en mode édition ; le quitter avec Tab."
    assert str(error) == "'Rig' is in Edit Mode; leave it with Tab."


def test_a_sentence_with_an_unknown_half_is_english_as_a_whole(addon, spoken):
    spoken("zh_HANS")
    error = addon.a2g_core.errors.A2GError("the moon is {colour}", "restart the engine", colour="blue")
    assert addon.sentences.sentence(error) == "The moon is blue; restart the engine."


def test_values_may_hold_braces(addon, spoken):
    spoken("es")
    error = addon.a2g_core.errors.A2GError("'{name}' is in Edit Mode", "leave it with Tab", name="{hint}")
    assert addon.sentences.sentence(error) == "'{hint}' está en modo Edición; salir con Tab."


def test_lines_of_chinese_and_japanese_are_as_wide_as_others(addon):
    wrap = addon.sentences.wrap
    assert wrap("one two three", 8) == ["one two", "three"]
    text = "「Rig」は編集モードです。Tabキーで終了してください。"
    lines = wrap(text, 24)
    assert "".join(lines) == text
    assert 2 <= len(lines) <= 3
    assert not any(line[0] in "。」" for line in lines)
