#!/usr/bin/env bash
# A BVH file that Blender exports stands at twice its height in three.js: a root bone one metre above the floor is at two.
#
# bpy 4.5.15 (its own BVH exporter), three 0.187.0 (BVHLoader), bvhio 1.5.4.
# A joint with position channels has its place said twice, in OFFSET and in the channels. Blender writes the rest position
# as OFFSET and the whole position into the channels, which replace it; so do bvhio and Blender's own importer read them.
# three.js adds the two, for every joint that has position channels, which Blender by default gives to all that are not
# connected to their parent's tail. Whoever moves gestures between Blender and the web meets it. A file reads alike
# everywhere when its root has OFFSET 0 0 0 and no other joint has position channels.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"

python3.11 -m venv blender && blender/bin/pip --quiet --disable-pip-version-check install bpy==4.5.15 'numpy==1.26.4'
python3.11 -m venv reader && reader/bin/pip --quiet --disable-pip-version-check install bvhio==1.5.4
npm init --yes > npm.log && npm install --silent three@0.187.0 >> npm.log

cat > export.py <<'PY'
import os, bpy, addon_utils
bpy.ops.wm.read_factory_settings(use_empty=True)
addon_utils.enable("io_anim_bvh")
armature = bpy.data.armatures.new("Armature")
character = bpy.data.objects.new("Character", armature)
bpy.context.scene.collection.objects.link(character)
bpy.context.view_layer.objects.active = character
bpy.ops.object.mode_set(mode="EDIT")
hips = armature.edit_bones.new("hips")
hips.head, hips.tail = (0, 0, 1), (0, 0, 1.25)
chest = armature.edit_bones.new("chest")
chest.head, chest.tail, chest.parent = (0, 0, 1.5), (0, 0, 2), hips
bpy.ops.object.mode_set(mode="OBJECT")
bpy.context.scene.frame_start = bpy.context.scene.frame_end = 1
bpy.ops.export_anim.bvh(filepath="rest.bvh")
os._exit(0)
PY
cat > three.mjs <<'JS'
import { readFileSync } from "node:fs";
import { AnimationMixer, Vector3 } from "three";
import { BVHLoader } from "three/examples/jsm/loaders/BVHLoader.js";
const { skeleton, clip } = new BVHLoader().parse(readFileSync("rest.bvh", "utf8"));
const mixer = new AnimationMixer(skeleton.bones[0]);
mixer.clipAction(clip).play();
mixer.setTime(0);
skeleton.bones[0].updateMatrixWorld(true);
const heights = ["hips", "chest"].map((name) => skeleton.getBoneByName(name).getWorldPosition(new Vector3()).z);
console.log(heights.map((z) => z.toFixed(2)).join(" "));
JS
cat > bvhio.py <<'PY'
import bvhio as library
root = library.readAsHierarchy("rest.bvh")
root.loadPose(0)
print(" ".join(f"{joint.PositionWorld.z:.2f}" for joint, _, _ in root.layout()))
PY
mv bvhio.py read.py

blender/bin/python export.py > export.log 2>&1
in_three=$(node three.mjs)
in_bvhio=$(reader/bin/python read.py)
echo "bpy 4.5.15, three 0.187.0, bvhio 1.5.4; Z up, metres; hips at 1.00, chest at 1.50"
grep -A2 ROOT rest.bvh | tail -1; tail -1 rest.bvh
echo "heights of hips and chest in bvhio:    $in_bvhio"
echo "heights of hips and chest in three.js: $in_three"
echo "a good guess:                          1.00 1.50 in both"
[ "$in_bvhio" = "1.00 1.50" ] && [ "$in_three" = "2.00 3.00" ] || { echo "CHANGED"; exit 1; }
