#!/usr/bin/env bash
# fake-bpy-module for Blender 4.5 and for 5.2, generated on one day, disagree about a function that did not change.
#
# fake-bpy-module-4.5 20260730, fake-bpy-module-5.2 20260730, mypy 2.4.1.
# `bpy.app.translations.pgettext_iface` returns the translated text in both Blenders. The stubs for 4.5 say that it returns
# None, those for 5.2 say str. The other way round, the argument of Panel.draw is a Context in the stubs for 4.5, and
# `Context | None` in those for 5.2, whose own text beside it says "(never None)": a panel that checks against 4.5 violates
# its base class against 5.2. Whoever checks the types of an add-on for several Blenders meets it.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"

cat > addon.py <<'PY'
import bpy

def length() -> int:
    return len(bpy.app.translations.pgettext_iface("Keep"))

class Panel(bpy.types.Panel):
    def draw(self, context: bpy.types.Context) -> None: ...
PY
check() {
  python3.11 -m venv "$1"
  "$1/bin/pip" --quiet --disable-pip-version-check install mypy==2.4.1 "fake-bpy-module-$1==20260730"
  "$1/bin/mypy" --strict addon.py | grep error: | grep -oE '^addon.py:[0-9]+|\[[a-z-]+\]$' | paste -sd ' ' || true
}
old=$(check 4.5)
new=$(check 5.2)
echo "mypy 2.4.1 --strict, fake-bpy-module 20260730; lines and kinds of error"
echo "for 4.5: $old"
echo "for 5.2: $new"
grep -A3 'def draw(self, context' 5.2/lib/python3.11/site-packages/bpy-stubs/types/__init__.pyi | grep -m1 'never None'
echo "a good guess: no error in either, or the same in both"
[[ "$old" == "addon.py:4 [func-returns-value]"* && "$old" != *"[override]"* ]] || { echo "CHANGED"; exit 1; }
[[ "$new" == "addon.py:7 [override]"* && "$new" != *"[func-returns-value]"* ]] || { echo "CHANGED"; exit 1; }
