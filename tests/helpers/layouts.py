"""A layout that can be drawn on without a window."""

from __future__ import annotations

from types import SimpleNamespace

import bpy


class Layout:
    """Stands in for bpy.types.UILayout, which exists only while a window draws; every name used must be real."""

    def __init__(self, texts: list[str], icons: list[str] | None = None) -> None:
        """texts, icons: where what is shown is added."""
        self.texts, self.icons = texts, [] if icons is None else icons
        self.functions = bpy.types.UILayout.bl_rna.functions

    def __getattr__(self, name: str):
        assert name in self.functions, f"UILayout has no {name}"
        parameters = self.functions[name].parameters

        def call(*args, **options):
            assert set(options) <= set(parameters.keys()), (name, options)
            if icon := options.get("icon"):
                assert icon in parameters["icon"].enum_items, icon
                self.icons.append(icon)
            if name in {"prop", "prop_search"}:
                assert args[1] in args[0].bl_rna.properties, args
            if name == "prop_search":
                assert args[3] in args[2].bl_rna.properties, args
            if name in {"menu", "popover"}:
                assert hasattr(bpy.types, args[0]), args
            if name in {"operator", "operator_menu_enum"}:
                module, _, function = args[0].partition(".")
                getattr(getattr(bpy.ops, module), function).get_rna_type()
            if name == "panel":  # its header, and its body as while it is open
                return Layout(self.texts, self.icons), Layout(self.texts, self.icons)
            self.texts.append(str(options.get("text") or (args[0] if name.startswith("operator") else "")))
            return Layout(self.texts, self.icons)

        return call


def drawn(panel, fails: bool = False) -> str:
    """Every text and operator that a panel or a menu shows. fails: whether a part of it cannot be drawn."""
    texts: list[str] = []
    panel.draw(SimpleNamespace(layout=Layout(texts)), bpy.context)
    text = " ".join(filter(None, texts))
    assert ("unexpected error" in text) == fails, text
    return text
