#!/usr/bin/env bash
# A character of Blender with bones `hand.L` and `hand_L` goes to USD without a word, and comes back without a single bone.
#
# bpy 4.5.15 (its USD exporter and importer), usd-core 26.11.
# USD has no dots in names, and Blender writes them as underscores, each name for itself: two bones may become one joint
# path. The exporter says that it has finished, and OpenUSD opens the skeleton, of which no joint can be told from its twin any more.
# Blender's own importer finds the doubled path and then leaves out all bones, not just these two; it says so where few look,
# and finishes too. Control rigs meet it, which keep a name with a dot for the deform bone and one with an underscore for its helper;
# bones want names that stay apart without dots, dashes and spaces before USD is written.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"

python3.11 -m venv venv && venv/bin/pip --quiet --disable-pip-version-check install bpy==4.5.15 'numpy==1.26.4'
python3.11 -m venv usd && usd/bin/pip --quiet --disable-pip-version-check install usd-core==26.11

cat > export.py <<'PY'
import os, bpy

for name, hands in (("alike", ("hand.L", "hand_L")), ("apart", ("hand.L", "hand.R"))):
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    armature = bpy.data.armatures.new("Armature")
    character = bpy.data.objects.new("Character", armature)
    scene.collection.objects.link(character)
    bpy.context.view_layer.objects.active = character
    bpy.ops.object.mode_set(mode="EDIT")
    root = armature.edit_bones.new("root")
    root.tail = (0, 0, 1)
    for number, hand in enumerate(hands):
        bone = armature.edit_bones.new(hand)
        bone.head, bone.tail, bone.parent = (number, 0, 1), (number + 0.5, 0, 1), root
    bpy.ops.object.mode_set(mode="OBJECT")
    mesh = bpy.data.meshes.new("Triangle")
    mesh.from_pydata([(0, 0, 1), (1, 0, 1), (1, 0.1, 1)], [], [(0, 1, 2)])
    triangle = bpy.data.objects.new("Triangle", mesh)
    scene.collection.objects.link(triangle)
    triangle.parent = character
    for hand in hands:
        triangle.vertex_groups.new(name=hand).add([0, 1, 2], 0.5, "REPLACE")
        bone = character.pose.bones[hand]
        bone.rotation_mode = "XYZ"
        for frame, angle in ((1, 0), (31, 1)):
            bone.rotation_euler[0] = angle
            bone.keyframe_insert("rotation_euler", frame=frame)
    triangle.modifiers.new("Armature", "ARMATURE").object = character
    scene.frame_start, scene.frame_end = 1, 31
    written = bpy.ops.wm.usd_export(filepath=f"{name}.usda", export_animation=True, export_armatures=True)
    bpy.ops.wm.read_factory_settings(use_empty=True)
    read = bpy.ops.wm.usd_import(filepath=f"{name}.usda")
    bones = [bone.name for thing in bpy.data.objects if thing.type == "ARMATURE" for bone in thing.data.bones]
    with open("seen.txt", "a") as file:
        file.write(f"{name}: bones {hands[0]}, {hands[1]}: export {min(written)}, import {min(read)}, bones that came back: {len(bones)}\n")
os._exit(0)
PY
cat > read.py <<'PY'
from pxr import Usd, UsdSkel

for name in ("alike", "apart"):
    stage = Usd.Stage.Open(f"{name}.usda")
    skeleton = next(prim for prim in stage.Traverse() if prim.IsA(UsdSkel.Skeleton))
    print(f"{name}: joints in OpenUSD: {', '.join(UsdSkel.Skeleton(skeleton).GetJointsAttr().Get())}")
PY
venv/bin/python export.py > log 2>&1 || { cat log; exit 1; }
usd/bin/python read.py >> seen.txt 2> log || { cat log; exit 1; }
echo "bpy 4.5.15, usd-core 26.11"
cat seen.txt
echo "a good guess: three bones come back both times, or the export refuses"
grep -q "^alike: .*export FINISHED, import FINISHED, bones that came back: 0$" seen.txt && grep -q "^apart: .* bones that came back: 3$" seen.txt &&
  grep -q "^alike: joints in OpenUSD: root, root/hand_L, root/hand_L$" seen.txt || { echo "CHANGED"; exit 1; }
