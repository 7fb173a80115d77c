#!/usr/bin/env bash
# A character exported from Blender to FBX as "-Y forward, Z up", the axes that Blender itself has, faces backwards in other programs.
#
# bpy 4.5.15 (its FBX exporter and importer), three 0.187.0 (FBXLoader, GLTFLoader).
# A character of Blender looks along -Y, with Z up, and other programs of that kind are asked for by "Z up". Whoever then
# chooses "-Y Forward" gets a file in which everything is turned by 180 degrees about the vertical: the setting names the axis that
# Blender's +Y becomes, so that "Y Forward" is the one which turns nothing. It cannot be seen by a round trip: Blender's
# importer reads the axes that the file declares and turns all back, while three.js looks at the up axis at most. Whoever
# sends gestures to an engine that wants Z up meets it: the character walks on backwards, and its left hand waves on the right.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"

python3.11 -m venv venv && venv/bin/pip --quiet --disable-pip-version-check install bpy==4.5.15 'numpy==1.26.4'
npm init --yes > npm.log && npm install --silent three@0.187.0 >> npm.log

cat > export.py <<'PY'
import os, bpy, addon_utils

AXES = {"standard": ("-Z", "Y"), "minus": ("-Y", "Z"), "plus": ("Y", "Z")}

def fresh():
    bpy.ops.wm.read_factory_settings(use_empty=True)
    for module in ("io_scene_fbx", "io_scene_gltf2"):
        addon_utils.enable(module, default_set=True)

def nose():
    mesh = next(thing for thing in bpy.context.scene.objects if thing.type == "MESH")
    x, y, z = mesh.matrix_world @ mesh.data.vertices[0].co
    return f"{x:.2f} {y:.2f} {z:.2f}"

fresh()
mesh = bpy.data.meshes.new("Face")
mesh.from_pydata([(0.1, -0.5, 1.6), (0.3, -0.5, 1.6), (0.2, -0.5, 1.8)], [], [(0, 1, 2)])  # in front, on its left
bpy.context.scene.collection.objects.link(bpy.data.objects.new("Face", mesh))
with open("seen.txt", "a") as file:
    file.write(f"in Blender, Z up: {nose()}\n")
for name, (forward, up) in AXES.items():
    bpy.ops.export_scene.fbx(filepath=f"{name}.fbx", axis_forward=forward, axis_up=up)
bpy.ops.export_scene.gltf(filepath="face.glb")
for name in AXES:
    fresh()
    bpy.ops.import_scene.fbx(filepath=f"{name}.fbx")
    with open("seen.txt", "a") as file:
        file.write(f"{name} back in Blender, Z up: {nose()}\n")
os._exit(0)
PY
cat > read.mjs <<'JS'
import { readFileSync } from "node:fs";
import { Vector3 } from "three";
import { FBXLoader } from "three/examples/jsm/loaders/FBXLoader.js";
import { GLTFLoader } from "three/examples/jsm/loaders/GLTFLoader.js";
globalThis.self = globalThis.window = globalThis;
const bytes = (path) => { const b = readFileSync(path); return b.buffer.slice(b.byteOffset, b.byteOffset + b.length); };
const tell = (name, scene, unit) => {
  scene.updateMatrixWorld(true);
  let mesh; scene.traverse((thing) => { if (thing.isMesh) mesh ??= thing; });
  const nose = new Vector3().fromBufferAttribute(mesh.geometry.attributes.position, 0).applyMatrix4(mesh.matrixWorld).multiplyScalar(unit);
  console.log(`${name}: ${nose.toArray().map((x) => x.toFixed(2)).join(" ")}`);
};
tell("glb in three.js, Y up", (await new GLTFLoader().parseAsync(bytes("face.glb"), "")).scene, 1);
for (const name of ["standard", "minus", "plus"]) tell(`${name} in three.js`, new FBXLoader().parse(bytes(`${name}.fbx`), ""), 0.01);
JS
venv/bin/python export.py > log 2>&1 || { cat log; exit 1; }
node read.mjs >> seen.txt 2> log || { cat log; exit 1; }
echo "bpy 4.5.15, three 0.187.0; where the tip of the nose is, metres"
cat seen.txt
echo "a good guess: one place in Blender and one in three.js, whatever axes are chosen"
[ "$(grep -c "back in Blender, Z up: 0.10 -0.50 1.60$" seen.txt)" = 3 ] && [ "$(grep -c "in three.js.*: 0.10 1.60 0.50$" seen.txt)" = 3 ] &&
  grep -q "^minus in three.js: -0.10 1.60 -0.50$" seen.txt || { echo "CHANGED"; exit 1; }
