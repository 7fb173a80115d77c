"""A stand-in for the program `blender`: PyPI's bpy, with the add-on of this checkout unless --factory-startup is given.

It knows the arguments that the farm's files use: -b, -c, -o, -F, -x, -a, --python-expr and --python-exit-code.
"""

from __future__ import annotations

import os
import sys
import traceback

import bpy


def main(arguments: list[str]) -> int:
    command = None
    if "-c" in arguments:
        at = arguments.index("-c")
        arguments, command = arguments[:at], arguments[at + 1 :]
    addon = None
    if "--factory-startup" not in arguments:
        import blender_addon as addon

        addon.register()
    arguments = [argument for argument in arguments if argument != "--factory-startup"]
    while arguments:
        name = arguments.pop(0)
        if name == "-b":
            if arguments and not arguments[0].startswith("-"):
                bpy.ops.wm.open_mainfile(filepath=os.path.abspath(arguments.pop(0)), load_ui=False)
        elif name == "-o":
            bpy.context.scene.render.filepath = arguments.pop(0)
        elif name == "-F":
            bpy.context.scene.render.image_settings.file_format = arguments.pop(0)
        elif name in ("-x", "--python-exit-code"):
            arguments.pop(0)
        elif name == "--python-expr":
            exec(arguments.pop(0), {"bpy": bpy})
        elif name == "-a":
            bpy.ops.render.render(animation=True)
        else:
            raise SystemExit(f"the stand-in for blender does not know {name}")
    return addon.work.command_line.main(command[1:]) if addon and command else 0


if __name__ == "__main__":
    try:
        code = main(sys.argv[1:])
    except BaseException:
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    os._exit(code)  # bpy may hang at its end
