#!/usr/bin/env bash
# From a scene of 29.97 frames a second Blender writes glTF that is 0.2 % too fast, and reads its own FBX 0.1 % too slow.
#
# bpy 4.5.15 (glTF exporter and importer, FBX exporter and both FBX importers); 4.2.23, 5.0.1 and 5.2.3 do the same.
# 29.97 is `fps` 30 with `fps_base` 1.001, and a second has fps / fps_base frames. The glTF add-on takes fps * fps_base, 30.03,
# wherever it turns frames into seconds: a minute ends 0.12 s early, and with 24 / 1.001 alike. Its importer makes the same
# mistake the other way round, so a round trip through Blender shows nothing. The FBX file itself is right, and the importer
# written in C++ reads it right; the older one sets the scene to 29.97 and places the keys at 30. Whoever moves gestures that
# belong to a sound meets it: after ten minutes a hand is 1.2 s before its word. USD from the same scene is right.
# A scene with a whole rate, or times multiplied by fps_base squared, mend the glTF.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"

python3.11 -m venv venv && venv/bin/pip --quiet --disable-pip-version-check install bpy==4.5.15 'numpy==1.26.4'

cat > rates.py <<'PY'
import json, os, struct, bpy, addon_utils

FRAMES = 1800

def empty_scene():
    bpy.ops.wm.read_factory_settings(use_empty=True)
    for name in ("io_scene_gltf2", "io_scene_fbx"):
        addon_utils.enable(name, default_set=True)
    scene = bpy.context.scene
    scene.render.fps, scene.render.fps_base = 30, 1.001
    return scene

def seconds_of_import(operator, path):
    empty_scene()
    operator(filepath=path)
    render = bpy.context.scene.render
    first, last = bpy.data.actions[0].frame_range
    return (last - first) * render.fps_base / render.fps

scene = empty_scene()
scene.frame_start, scene.frame_end = 0, FRAMES
hand = bpy.data.objects.new("hand", None)
scene.collection.objects.link(hand)
for frame, height in ((0, 0), (FRAMES, 1)):
    hand.location.z = height
    hand.keyframe_insert("location", frame=frame)
bpy.ops.export_scene.gltf(filepath="hand.glb", export_force_sampling=False)
bpy.ops.export_scene.fbx(filepath="hand.fbx", object_types={"EMPTY"}, bake_anim_step=10)

data = open("hand.glb", "rb").read()
document = json.loads(data[20:20 + struct.unpack("<I", data[12:16])[0]])
times = document["accessors"][document["animations"][0]["samplers"][0]["input"]]
lengths = {
    "in the scene": FRAMES * 1.001 / 30,
    "in the glTF file": times["max"][0] - times["min"][0],
    "glTF read by Blender": seconds_of_import(bpy.ops.import_scene.gltf, "hand.glb"),
    "FBX read by import_scene.fbx": seconds_of_import(bpy.ops.import_scene.fbx, "hand.fbx"),
    "FBX read by wm.fbx_import": seconds_of_import(bpy.ops.wm.fbx_import, "hand.fbx"),
}
with open("lengths.txt", "w") as file:
    for name, length in lengths.items():
        file.write(f"{name:30} {length:.2f} s\n")
os._exit(0)
PY
venv/bin/python rates.py > log 2>&1 || { cat log; exit 1; }
echo "bpy 4.5.15; 1800 frames at 30 / 1.001 frames a second"
cat lengths.txt
echo "a good guess: 60.06 s everywhere"
cat > expected.txt <<'TXT'
in the scene                   60.06 s
in the glTF file               59.94 s
glTF read by Blender           60.06 s
FBX read by import_scene.fbx   60.12 s
FBX read by wm.fbx_import      60.06 s
TXT
cmp -s lengths.txt expected.txt || { echo "CHANGED"; exit 1; }
