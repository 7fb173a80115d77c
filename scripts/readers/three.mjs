// What three.js plays of each .glb and .fbx, and what the Khronos validator says of each .glb and .vrma: one JSON object.
import { readFileSync, readdirSync } from "node:fs";
import { AnimationMixer, Quaternion, Texture, Vector3 } from "three";
import { GLTFLoader } from "three/examples/jsm/loaders/GLTFLoader.js";
import { FBXLoader } from "three/examples/jsm/loaders/FBXLoader.js";
import { validateBytes } from "gltf-validator";

globalThis.self = globalThis.window = globalThis;
globalThis.document = { createElementNS: () => ({ addEventListener() {}, removeEventListener() {}, style: {} }) };
globalThis.createImageBitmap = undefined;
const folder = process.argv[2];
const about = JSON.parse(readFileSync(`${folder}/about.json`, "utf8"));
const bytes = (path) => { const b = readFileSync(path); return b.buffer.slice(b.byteOffset, b.byteOffset + b.length); };
const found = { played: {}, errors: {} };
for (const [name, { fps, start, frames }] of Object.entries(about)) {
  for (const ending of ["glb", "fbx"]) {
    const data = bytes(`${folder}/${name}.${ending}`);
    let scene, clips;
    if (ending === "glb") {
      const loader = new GLTFLoader();
      loader.register(() => ({ name: "without pictures", loadTexture: () => Promise.resolve(new Texture()) }));
      const gltf = await loader.parseAsync(data, "");
      [scene, clips] = [gltf.scene, gltf.animations];
    } else {
      scene = new FBXLoader().parse(data, "");
      clips = scene.animations;
    }
    const mixer = new AnimationMixer(scene);
    mixer.clipAction(clips[0]).play();
    const bones = {};
    scene.traverse((node) => { if (node.isBone || node.type === "Bone") bones[node.userData.name ?? node.name] = node; });
    const faces = [];
    scene.traverse((node) => { if (node.morphTargetDictionary) faces.push(node); });
    const shapes = {};
    const rows = Object.fromEntries(Object.keys(bones).map((bone) => [bone, []]));
    for (let k = 0; k < frames; k++) {
      mixer.setTime(Math.min((start + k) / fps, clips[0].duration - 1e-7));
      scene.updateMatrixWorld(true);
      for (const face of faces) for (const [shape, at] of Object.entries(face.morphTargetDictionary)) {
        (shapes[shape] ??= []).push(face.morphTargetInfluences[at]);
      }
      for (const [bone, node] of Object.entries(bones)) {
        const place = node.getWorldPosition(new Vector3()), turn = node.getWorldQuaternion(new Quaternion());
        rows[bone].push([place.x, place.y, place.z, turn.x, turn.y, turn.z, turn.w]);
      }
    }
    const key = clips[0].tracks.find((track) => track.times.length > 2);
    found.played[`${name}.${ending}`] = { clips: clips.length, first: key.times[0], last: key.times.at(-1), rows, shapes };
  }
}
for (const file of readdirSync(folder).filter((file) => /\.(glb|vrma)$/.test(file))) {
  const { issues } = await validateBytes(new Uint8Array(readFileSync(`${folder}/${file}`)));
  found.errors[file] = [issues.numErrors, issues.numWarnings, issues.messages.slice(0, 3).map((m) => m.code)];
}
console.log(JSON.stringify(found));
