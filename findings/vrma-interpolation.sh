#!/usr/bin/env bash
# A held pose in a .vrma does not hold, and its splines play their tangents: both readers take every rotation for LINEAR.
#
# @pixiv/three-vrm-animation 3.5.5 with three 0.187.0, bpy-vrm-format 4.10.2 (the VRM add-on) in bpy 5.0.1.
# A .vrma is a glTF animation of human bones, and glTF has three interpolations. three.js' own loader plays all of them.
# `createVRMAnimationClip` builds the rotations anew from times and values and leaves the interpolation behind (hips' translation
# it clones, and that stays right): STEP becomes a slow turn, and of CUBICSPLINE, which has three values a key, it plays the
# in-tangents; where those are zero the bone never leaves its rest. The add-on's import does not read the interpolation at all:
# STEP turns slowly there too, and of CUBICSPLINE it takes the first third of the values for its keys. The file passes the Khronos
# validator, and nobody says a word. Whoever writes stepped poses or splines to a .vrma meets it; one linear key a frame is safe.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"

python3.11 -m venv venv && venv/bin/pip --quiet --disable-pip-version-check install bpy-vrm-format==4.10.2 bpy==5.0.1 'numpy==1.26.4'
npm init --yes > npm.log
npm install --silent three@0.187.0 @pixiv/three-vrm@3.5.5 @pixiv/three-vrm-animation@3.5.5 gltf-validator@2.0.0-dev.3.10 >> npm.log

# The left upper arm at 0, 1 and 2 s: 0, 90 and 90 degrees about the axis that points forward. Splines have tangents of zero.
cat > make.py <<'PY'
import json, math, struct

BONES = "hips spine head leftUpperLeg leftLowerLeg leftFoot rightUpperLeg rightLowerLeg rightFoot leftUpperArm leftLowerArm leftHand rightUpperArm rightLowerArm rightHand".split()
PARENTS = [None, 0, 1, 0, 3, 4, 0, 6, 7, 1, 9, 10, 1, 12, 13]
PLACES = [(0, 1, 0), (0, .2, 0), (0, .4, 0), (.1, 0, 0), (0, -.45, 0), (0, -.45, 0), (-.1, 0, 0), (0, -.45, 0), (0, -.45, 0),
          (.2, .3, 0), (.3, 0, 0), (.25, 0, 0), (-.2, .3, 0), (-.3, 0, 0), (-.25, 0, 0)]
half = math.sqrt(0.5)
keys = [(0, 0, 0, 1), (0, 0, half, half), (0, 0, half, half)]
for interpolation in ("LINEAR", "STEP", "CUBICSPLINE"):
    zero = (0, 0, 0, 0)
    values = [value for key in keys for value in ((zero, key, zero) if interpolation == "CUBICSPLINE" else (key,))]
    binary = struct.pack("<3f", 0, 1, 2) + b"".join(struct.pack("<4f", *value) for value in values)
    nodes = [{"name": name, "translation": place} for name, place in zip(BONES, PLACES)]
    for child, parent in enumerate(PARENTS):
        if parent is not None:
            nodes[parent].setdefault("children", []).append(child)
    document = {
        "asset": {"version": "2.0"}, "scene": 0, "scenes": [{"nodes": [0]}], "nodes": nodes,
        "buffers": [{"byteLength": len(binary)}],
        "bufferViews": [{"buffer": 0, "byteLength": 12}, {"buffer": 0, "byteOffset": 12, "byteLength": len(binary) - 12}],
        "accessors": [{"bufferView": 0, "componentType": 5126, "count": 3, "type": "SCALAR", "min": [0], "max": [2]},
                      {"bufferView": 1, "componentType": 5126, "count": len(values), "type": "VEC4"}],
        "animations": [{"samplers": [{"input": 0, "output": 1, "interpolation": interpolation}],
                        "channels": [{"sampler": 0, "target": {"node": BONES.index("leftUpperArm"), "path": "rotation"}}]}],
        "extensionsUsed": ["VRMC_vrm_animation"],
        "extensions": {"VRMC_vrm_animation": {"specVersion": "1.0", "humanoid": {
            "humanBones": {name: {"node": index} for index, name in enumerate(BONES)}}}},
    }
    text = json.dumps(document).encode()
    text += b" " * (-len(text) % 4)
    with open(f"{interpolation}.vrma", "wb") as file:
        file.write(struct.pack("<5I", 0x46546C67, 2, 28 + len(text) + len(binary), len(text), 0x4E4F534A))
        file.write(text + struct.pack("<2I", len(binary), 0x4E4942) + binary)
PY
cat > read.mjs <<'JS'
import { readFileSync } from "node:fs";
import { AnimationMixer, Object3D } from "three";
import { GLTFLoader } from "three/examples/jsm/loaders/GLTFLoader.js";
import { VRMHumanoid } from "@pixiv/three-vrm";
import { createVRMAnimationClip, VRMAnimationLoaderPlugin } from "@pixiv/three-vrm-animation";
import { validateBytes } from "gltf-validator";
globalThis.self = globalThis;
// The angle that is seen, from the matrix: that of a quaternion of zeros is no turn.
const degrees = (bone) => {
  bone.updateMatrix();
  const [x, , , , , y, , , , , z] = bone.matrix.elements;
  return Math.round((Math.acos((x + y + z - 1) / 2) * 180) / Math.PI);
};
const play = (root, clip, bone) => {
  const mixer = new AnimationMixer(root);
  mixer.clipAction(clip).play();
  return [0, 0.5, 1, 1.5].map((time) => { mixer.setTime(time); return degrees(bone); });
};
for (const interpolation of ["LINEAR", "STEP", "CUBICSPLINE"]) {
  const bytes = readFileSync(`${interpolation}.vrma`);
  const { issues } = await validateBytes(new Uint8Array(bytes));
  const loader = new GLTFLoader();
  loader.register((parser) => new VRMAnimationLoaderPlugin(parser));
  const load = () => loader.parseAsync(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length), "");
  const plain = await load(), body = await load();
  const bones = {};
  body.scene.traverse((node) => { if (node.name && node.parent !== null) bones[node.name] = { node }; });
  const humanoid = new VRMHumanoid(bones);
  body.scene.add(humanoid.normalizedHumanBonesRoot);
  const clip = createVRMAnimationClip(body.userData.vrmAnimations[0], { humanoid, meta: { metaVersion: "1" }, scene: body.scene });
  const row = (name, angles) => console.log(`${interpolation.padEnd(12)}${name.padEnd(22)}${angles.join(" ")}`);
  row("validator's errors", [issues.numErrors]);
  row("three.js", play(plain.scene, plain.animations[0], plain.scene.getObjectByName("leftUpperArm")));
  row("three-vrm-animation", play(body.scene, clip, humanoid.getNormalizedBoneNode("leftUpperArm")));
}
JS
cat > addon.py <<'PY'
import math, os, bpy, io_scene_vrm

io_scene_vrm.register()
with open("addon.txt", "w") as file:
    for interpolation in ("LINEAR", "STEP", "CUBICSPLINE"):
        bpy.ops.wm.read_factory_settings(use_empty=True)
        bpy.context.scene.render.fps = 20
        bpy.ops.icyp.make_basic_armature()
        character = next(obj for obj in bpy.data.objects if obj.type == "ARMATURE")
        bpy.ops.import_scene.vrma(filepath=f"{interpolation}.vrma", armature_object_name=character.name)
        angles = []
        for time in (0, 0.5, 1, 1.5):
            bpy.context.scene.frame_set(int(time * 20) + 1)
            angles.append(round(math.degrees(character.pose.bones["upper_arm.L"].matrix_basis.to_quaternion().angle)))
        file.write(f"{interpolation:12}{'VRM add-on':22}{' '.join(map(str, angles))}\n")
os._exit(0)
PY
python3.11 make.py
node read.mjs > web.txt 2> log || { cat log; exit 1; }
venv/bin/python addon.py > log 2>&1 || { cat log; exit 1; }
echo "bpy-vrm-format 4.10.2 (bpy 5.0.1), @pixiv/three-vrm-animation 3.5.5, three 0.187.0, gltf-validator 2.0.0-dev.3.10"
echo "degrees of the left upper arm at 0, 0.5, 1 and 1.5 s"
sort -s -k1,1 web.txt addon.txt | tee seen.txt
echo "a good guess: LINEAR and CUBICSPLINE 0 45 90 90, STEP 0 0 90 90, by all three"
cat > expected.txt <<'TXT'
CUBICSPLINE validator's errors    0
CUBICSPLINE three.js              0 45 90 90
CUBICSPLINE three-vrm-animation   0 0 0 0
CUBICSPLINE VRM add-on            180 90 0 90
LINEAR      validator's errors    0
LINEAR      three.js              0 45 90 90
LINEAR      three-vrm-animation   0 45 90 90
LINEAR      VRM add-on            0 45 90 90
STEP        validator's errors    0
STEP        three.js              0 0 90 90
STEP        three-vrm-animation   0 45 90 90
STEP        VRM add-on            0 45 90 90
TXT
cmp -s seen.txt expected.txt || { echo "CHANGED"; exit 1; }
