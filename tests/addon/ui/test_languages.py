"""Languages in Blender: what it is given, and errors as sentences. The wheels carry no languages to switch to."""

from __future__ import annotations

import importlib

import bpy
import pytest


class _Blender:
    """Its languages, which the wheels have not: `locale` is the one that it speaks; what it is given, and None for what
    it gives back, goes to `given`."""

    def __init__(self, locale: str, given: list) -> None:
        self.app = self.translations = self
        self.locale, self._given = locale, given

    def register(self, _name: str, tables: dict) -> None:
        self._given.append(dict(tables))

    def unregister(self, _name: str) -> None:
        self._given.append(None)


PACKAGE = "bl_ext.user_default.audio2gestures"


@pytest.fixture
def translations(addon):
    return importlib.import_module(f"{PACKAGE}.translations")


def test_blender_takes_the_languages_and_gives_them_back(addon, translations, monkeypatch):
    given = []
    monkeypatch.setattr(translations, "bpy", _Blender("de_DE", given))
    translations.unregister()
    translations.register()
    assert given == [None, {}, None, {"de_DE": translations.table("de_DE")}]
    addon.owner.owned(translations.Translations).add(translations.LANGUAGES)
    assert given[-2] is None and list(given[-1]) == list(translations.LANGUAGES)
    given.clear()
    monkeypatch.undo()
    translations.unregister()
    translations.register()


@pytest.mark.parametrize(
    ("spoken", "language"), [("de_AT", "de_DE"), ("es_ES", "es"), ("zh_HANS", "zh_HANS"), ("en_US", None), ("", None)]
)
def test_an_operator_gives_blender_the_language_that_it_speaks_now(addon, translations, monkeypatch, spoken, language):
    given = []
    state = addon.owner.owned(translations.Translations)
    with monkeypatch.context() as patched:
        patched.setattr(translations, "bpy", _Blender(spoken, given))
        bpy.ops.a2g.add_character()
    assert given == ([] if language is None else [None, {language: translations.table(language)}])
    state.close()
    addon.owner.disown(translations.Translations)
    translations.register()


def test_a_text_is_translated_as_a_label_of_an_operator_and_elsewhere(translations):
    table = translations.table("de_DE")
    assert table["Operator", "Generate Gestures"] == table["*", "Generate Gestures"] == "Gesten erzeugen"


@pytest.fixture
def spoken(addon, translations, monkeypatch):
    """Has errors speak a language."""

    def speak(language: str) -> None:
        table = translations.messages(language)
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
