#!/usr/bin/env bash
# Of an action that was made on another character, Blender 4.5 writes an FBX take that stands still or moves as another action does.
#
# bpy 4.2.23 and 4.5.15, and the FBX exporter of each with its own settings (All Actions). 5.0.1 and 5.2.3 write what 4.2.23 does.
# For each action in the file that would fit, the exporter assigns it to the character, bakes, and calls the take by its name. Since
# 4.4 an action has slots with names, and one whose only slot is called by another character's name is assigned without any slot.
# It then moves nothing, and what is baked under its name is the pose at hand, or whatever the NLA plays below it. On a strip the
# same action plays well on the same character, which is why nobody looks. Whoever keeps gestures as actions for several
# characters in one file meets it; renaming the slot, or an NLA strip for each action, gets the right takes.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"

cat > takes.py <<'PY'
import math, os, sys, bpy, addon_utils
from mathutils import Quaternion

def empty_scene():
    bpy.ops.wm.read_factory_settings(use_empty=True)
    addon_utils.enable("io_scene_fbx", default_set=True)

def character_with_action(name, action, angle):
    armature = bpy.data.armatures.new(name)
    character = bpy.data.objects.new(name, armature)
    bpy.context.scene.collection.objects.link(character)
    bpy.context.view_layer.objects.active = character
    bpy.ops.object.mode_set(mode="EDIT")
    bone = armature.edit_bones.new("arm")
    bone.head, bone.tail = (0, 0, 1), (0, 0, 2)
    bpy.ops.object.mode_set(mode="OBJECT")
    character.animation_data_create().action = bpy.data.actions.new(action)
    arm = character.pose.bones["arm"]
    arm.rotation_mode = "XYZ"
    for frame, turn in ((1, 0), (31, angle)):
        arm.rotation_euler.x = math.radians(turn)
        arm.keyframe_insert("rotation_euler", frame=frame)
    made = character.animation_data.action
    made.use_fake_user = True
    character.animation_data.action = None
    return character, made

def takes(on_strip):
    """The angle by which the arm turns in each take of Ann, whose own action turns it by 90 degrees, and Bob's by 40."""
    empty_scene()
    bpy.context.scene.frame_start, bpy.context.scene.frame_end = 1, 31
    ann, waves = character_with_action("Ann", "waves", 90)
    bob, nods = character_with_action("Bob", "nods", 40)
    bpy.data.objects.remove(bob)
    if on_strip:
        ann.animation_data.nla_tracks.new().strips.new("playing", 1, waves)
    else:
        ann.animation_data.action = waves
    bpy.context.scene.frame_set(1)
    bpy.ops.export_scene.fbx(filepath="ann.fbx")
    empty_scene()
    bpy.ops.import_scene.fbx(filepath="ann.fbx")
    found = {}
    for action in bpy.data.actions:
        curves = [curve for curve in action.fcurves if curve.data_path.endswith("rotation_quaternion")]
        first, last = (Quaternion([curve.evaluate(frame) for curve in curves]) for frame in action.frame_range)
        found[action.name.split("|")[-1]] = round(math.degrees(first.rotation_difference(last).angle))
    return f"waves {found['waves']}, nods {found['nods']}"

with open(sys.argv[1], "w") as file:
    print(f"waves is active      {takes(False)}", file=file)
    print(f"waves is on a strip  {takes(True)}", file=file)
os._exit(0)
PY
for version in 4.2.23 4.5.15; do
  python3.11 -m venv $version
  $version/bin/pip --quiet --disable-pip-version-check install bpy==$version 'numpy==1.26.4'
  $version/bin/python takes.py $version.txt > log 2>&1 || { cat log; exit 1; }
  echo "bpy $version: degrees of the arm in each take of the FBX file"
  cat $version.txt
done
echo "a good guess: waves 90, nods 40 in every line of both"
[ "$(grep -c 'waves 90, nods 40$' 4.2.23.txt)" = 2 ] || { echo "CHANGED"; exit 1; }
[ "$(sed 's/.*waves 9/waves 9/' 4.5.15.txt | paste -sd '|')" = "waves 90, nods 0|waves 90, nods 90" ] || { echo "CHANGED"; exit 1; }
