#!/usr/bin/env bash
# import-linter reports a contract kept that an import breaks, where the import goes through an extended __path__.
#
# import-linter 2.17 with grimp 3.20, mypy 2.4.1.
# A Blender add-on often keeps a library inside its package in the shipped zip, and beside it in the repository, and finds
# it by `__path__.append(...)` in its __init__. Python then runs `from .core import ...`. grimp reads imports without
# running them: the import is to a module that it does not know, and it is dropped without a word, so "the add-on never
# imports the core" is KEPT. mypy at least says that it cannot find the module. Whoever lints an add-on laid out so
# meets it; linting the tree as it is shipped shows the imports.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"

python3.11 -m venv venv
venv/bin/pip --quiet --disable-pip-version-check install import-linter==2.17 grimp==3.20 mypy==2.4.1

mkdir -p repository/addon repository/core
cat > repository/addon/__init__.py <<'PY'
from pathlib import Path
__path__.append(str(Path(__file__).parent.parent))
PY
echo 'from .core.secret import ANSWER' > repository/addon/panel.py
echo '' > repository/core/__init__.py
echo 'ANSWER = 42' > repository/core/secret.py
cat > contract.ini <<'INI'
[importlinter]
root_packages =
    addon
    core

[importlinter:contract:border]
name = The add-on never imports the core
type = forbidden
source_modules = addon
forbidden_modules = core
INI
# The same files as they are shipped: the core inside the add-on.
mkdir shipped && cp -r repository/addon shipped/addon && cp -r repository/core shipped/addon/core
sed -e '/^    core$/d' -e 's/^source_modules = .*/source_modules = addon.panel/' -e 's/^forbidden_modules = .*/forbidden_modules = addon.core/' contract.ini > shipped.ini

lint() { (cd "$1" && PYTHONPATH=. ../venv/bin/lint-imports "../$2" --no-cache --no-logo | grep -E 'KEPT|BROKEN' | head -1) || true; }
runs=$(cd repository && ../venv/bin/python -c 'import addon.panel; print(addon.panel.ANSWER)')
beside=$(lint repository contract.ini)
inside=$(lint shipped shipped.ini)
checked=$(cd repository && ../venv/bin/mypy -p addon | grep -o 'import-not-found' || true)
venv/bin/pip list 2> /dev/null | grep -E '^(import-linter|grimp|mypy) '
echo "python imports the core through the add-on: $runs"
echo "import-linter, core beside the add-on:      $beside"
echo "import-linter, core inside the add-on:      $inside"
echo "mypy, core beside the add-on:               $checked"
echo "a good guess:                               BROKEN twice, and a mypy that finds what Python finds"
[ "$runs" = 42 ] && [[ "$beside" == *KEPT ]] && [[ "$inside" == *BROKEN ]] && [ "$checked" = import-not-found ] ||
  { echo "CHANGED"; exit 1; }
