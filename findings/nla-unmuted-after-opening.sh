#!/usr/bin/env bash
# A file saved with all its NLA tracks muted: after opening it, unmuting one by script plays nothing.
#
# bpy 4.2.23 (plays), 4.5.15 (frozen); 5.0.1 and 5.2.3 are frozen too.
# In the session that muted it, the same line brings the motion back. After saving and opening, `track.mute = False` leaves the
# character in the pose in which it was, at every frame, without a word; tagging it, updating the view layer and toggling the
# track again do not help. Something that rebuilds the dependency graph does: linking an object, or giving the character an
# action and taking it away; so does saving and opening once more. Whoever renders or exports takes out of one file by script
# (one track a take, all muted, one unmuted at a time) meets it, and gets a still.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"

cat > takes.py <<'PY'
import math, os, sys, bpy

def angles():
    """The angle of the arm at the first and the last frame, as it is evaluated."""
    found = []
    for frame in (1, 31):
        bpy.context.scene.frame_set(frame)
        pose = bpy.data.objects["Character"].evaluated_get(bpy.context.evaluated_depsgraph_get()).pose
        found.append(round(math.degrees(pose.bones["arm"].matrix_basis.to_quaternion().angle)))
    return "{} to {}".format(*found)

def track():
    return bpy.data.objects["Character"].animation_data.nla_tracks[0]

bpy.ops.wm.read_factory_settings(use_empty=True)
armature = bpy.data.armatures.new("Armature")
character = bpy.data.objects.new("Character", armature)
bpy.context.scene.collection.objects.link(character)
bpy.context.view_layer.objects.active = character
bpy.ops.object.mode_set(mode="EDIT")
bone = armature.edit_bones.new("arm")
bone.head, bone.tail = (0, 0, 1), (0, 0, 2)
bpy.ops.object.mode_set(mode="OBJECT")
arm = character.pose.bones["arm"]
arm.rotation_mode = "XYZ"
for frame, angle in ((1, 0), (31, 90)):
    arm.rotation_euler.x = math.radians(angle)
    arm.keyframe_insert("rotation_euler", frame=frame)
animation = character.animation_data
animation.nla_tracks.new().strips.new("take", 1, animation.action)
animation.action = None

lines = [f"unmuted at first          {angles()}"]
track().mute = True
angles()
track().mute = False
lines.append(f"muted and unmuted         {angles()}")
track().mute = True
bpy.context.scene.frame_set(1)
bpy.ops.wm.save_as_mainfile(filepath="takes.blend")
bpy.ops.wm.open_mainfile(filepath="takes.blend")
track().mute = False
bpy.context.view_layer.update()

lines.append(f"opened, unmuted           {angles()}")
bpy.context.scene.collection.objects.link(bpy.data.objects.new("Empty", None))
lines.append(f"an empty object linked    {angles()}")
print("\n".join(lines), file=open(sys.argv[1], "w"))
os._exit(0)
PY
for version in 4.2.23 4.5.15; do
  python3.11 -m venv $version
  $version/bin/pip --quiet --disable-pip-version-check install bpy==$version 'numpy==1.26.4'
  $version/bin/python takes.py $version.txt > log 2>&1 || { cat log; exit 1; }
  echo "bpy $version: degrees of the arm, first frame to last"
  cat $version.txt
done
echo "a good guess: 0 to 90 in every line of both"
[ "$(grep -c '0 to 90$' 4.2.23.txt)" = 4 ] || { echo "CHANGED"; exit 1; }
[ "$(grep -c '0 to 90$' 4.5.15.txt)" = 3 ] && ! grep -q '^opened, unmuted .*0 to 90$' 4.5.15.txt || { echo "CHANGED"; exit 1; }
