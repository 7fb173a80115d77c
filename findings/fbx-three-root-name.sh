#!/usr/bin/env bash
# An FBX character of Blender whose armature object is called as its root bone shrinks and falls over in three.js; its GLB does not.
#
# bpy 4.5.15 (its FBX and glTF exporters), three 0.187.0 (FBXLoader, GLTFLoader).
# In Blender an object and a bone may well both be called `root`, as where an engine asks for a root bone. FBX and glTF tell nodes
# apart by number, so both files are right. three.js plays tracks by node name. GLTFLoader gives the bone another name first;
# FBXLoader leaves both alike, and the tracks of both go to the object, which gets their mean: half of the bone's turn, half
# of its own turn to Y up, and a scale of 50.5 between 100 and 1, while the bone stands still. There is no warning, and
# before the clip plays all looks right. Whoever sends one character to an engine and to the web meets it; the
# object wants a name that no bone has.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"

python3.11 -m venv venv && venv/bin/pip --quiet --disable-pip-version-check install bpy==4.5.15 'numpy==1.26.4'
npm init --yes > npm.log && npm install --silent three@0.187.0 >> npm.log

cat > export.py <<'PY'
import math, os, bpy, addon_utils

for name in ("Character", "root"):
    bpy.ops.wm.read_factory_settings(use_empty=True)
    for module in ("io_scene_fbx", "io_scene_gltf2"):
        addon_utils.enable(module, default_set=True)
    scene = bpy.context.scene
    armature = bpy.data.armatures.new("Armature")
    character = bpy.data.objects.new(name, armature)
    scene.collection.objects.link(character)
    bpy.context.view_layer.objects.active = character
    bpy.ops.object.mode_set(mode="EDIT")
    parent = None
    for bone_name, head, tail in (("root", (0, 0, 0), (0, 0.2, 0)), ("hips", (0, 0, 1), (0, 0, 1.5)), ("hand", (0.7, 0, 1.5), (0.9, 0, 1.5))):
        bone = armature.edit_bones.new(bone_name)
        bone.head, bone.tail, bone.parent = head, tail, parent
        parent = bone
    bpy.ops.object.mode_set(mode="OBJECT")
    mesh = bpy.data.meshes.new("Triangle")
    mesh.from_pydata([(0.7, 0, 1.5), (0.9, 0, 1.5), (0.9, 0.1, 1.5)], [], [(0, 1, 2)])
    triangle = bpy.data.objects.new("Triangle", mesh)
    scene.collection.objects.link(triangle)
    triangle.parent = character
    triangle.vertex_groups.new(name="hand").add([0, 1, 2], 1, "REPLACE")
    triangle.modifiers.new("Armature", "ARMATURE").object = character
    for bone_name, axis in (("root", 2), ("hips", 0)):
        bone = character.pose.bones[bone_name]
        bone.rotation_mode = "XYZ"
        for frame, angle in ((1, 0), (31, 60)):
            bone.rotation_euler[axis] = math.radians(angle)
            bone.keyframe_insert("rotation_euler", frame=frame)
    scene.frame_start, scene.frame_end = 1, 31
    bpy.ops.export_scene.fbx(filepath=f"{name}.fbx", add_leaf_bones=False)
    bpy.ops.export_scene.gltf(filepath=f"{name}.glb")
    scene.frame_set(31)
    x, y, z = (character.matrix_world @ character.pose.bones["hand"].matrix).translation
    with open("seen.txt", "a") as file:
        file.write(f"object '{name}' in Blender: {x:.2f} {z:.2f} {-y:.2f}\n")
os._exit(0)
PY
cat > read.mjs <<'JS'
import { readFileSync } from "node:fs";
import { AnimationMixer, Vector3 } from "three";
import { FBXLoader } from "three/examples/jsm/loaders/FBXLoader.js";
import { GLTFLoader } from "three/examples/jsm/loaders/GLTFLoader.js";
globalThis.self = globalThis.window = globalThis;
const bytes = (path) => { const b = readFileSync(path); return b.buffer.slice(b.byteOffset, b.byteOffset + b.length); };
for (const name of ["Character", "root"]) {
  const gltf = await new GLTFLoader().parseAsync(bytes(`${name}.glb`), "");
  const fbx = new FBXLoader().parse(bytes(`${name}.fbx`), "");
  for (const [format, scene, clip, unit] of [["glb", gltf.scene, gltf.animations[0], 1], ["fbx", fbx, fbx.animations[0], 0.01]]) {
    const mixer = new AnimationMixer(scene);
    mixer.clipAction(clip).play();
    mixer.setTime(clip.duration - 1e-6);
    scene.updateMatrixWorld(true);
    const hand = scene.getObjectByName("hand").getWorldPosition(new Vector3()).multiplyScalar(unit);
    console.log(`object '${name}' as ${format} in three.js: ${hand.toArray().map((x) => x.toFixed(2)).join(" ")}`);
  }
}
JS
venv/bin/python export.py > log 2>&1 || { cat log; exit 1; }
node read.mjs >> seen.txt 2> log || { cat log; exit 1; }
echo "bpy 4.5.15, three 0.187.0; where the hand is on the last frame, metres, Y up"
cat seen.txt
echo "a good guess: one place in every line"
right=$(head -1 seen.txt | sed 's/.*: //')
[ "$(grep -c ": $right$" seen.txt)" = 5 ] && ! grep -q "^object 'root' as fbx .*: $right$" seen.txt || { echo "CHANGED"; exit 1; }
