// In a browser: plays a .vrma on a VRM, and writes where its normalized bones rest and are into the page.
import { AnimationMixer } from "three";
import { GLTFLoader } from "three/examples/jsm/loaders/GLTFLoader.js";
import { VRMLoaderPlugin } from "@pixiv/three-vrm";
import { createVRMAnimationClip, VRMAnimationLoaderPlugin } from "@pixiv/three-vrm-animation";

const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer;
const loader = new GLTFLoader();
loader.register((parser) => new VRMLoaderPlugin(parser));
loader.register((parser) => new VRMAnimationLoaderPlugin(parser));
async function main() {
  const vrm = (await loader.parseAsync(bytes(window.VRM), "")).userData.vrm;
  const found = {};
  for (const [name, { data, times }] of Object.entries(window.ANIMATIONS)) {
    const animation = (await loader.parseAsync(bytes(data), "")).userData.vrmAnimations[0];
    const clip = createVRMAnimationClip(animation, vrm);
    const mixer = new AnimationMixer(vrm.scene);
    const nodes = vrm.humanoid.normalizedHumanBones;
    vrm.humanoid.resetNormalizedPose();
    const bones = {};
    for (const [bone, { node }] of Object.entries(nodes)) {
      let above = node.parent, parent = null;
      for (const [other, found] of Object.entries(nodes)) if (found.node === above) parent = other;
      bones[bone] = { parent, rest: node.position.toArray(), turns: [], places: [] };
    }
    mixer.clipAction(clip).play();
    for (const time of times) {
      mixer.setTime(Math.min(time, clip.duration - 1e-7));
      vrm.scene.updateMatrixWorld(true);
      vrm.humanoid.normalizedHumanBonesRoot.updateMatrixWorld(true);
      for (const [bone, { node }] of Object.entries(nodes)) {
        bones[bone].turns.push(node.quaternion.toArray());
        bones[bone].places.push([...node.matrixWorld.elements.slice(12, 15)]);
      }
    }
    mixer.stopAllAction();
    found[name] = { version: vrm.meta.metaVersion, bones, first: clip.tracks[0].times[0], last: clip.tracks[0].times.at(-1) };
  }
  return JSON.stringify(found);
}
main().catch((error) => JSON.stringify({ error: String(error.stack) })).then((text) => {
  const pre = document.createElement("pre");
  pre.id = "found";
  pre.textContent = text;
  document.body.appendChild(pre);
});
