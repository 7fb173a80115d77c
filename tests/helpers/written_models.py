"""Model files of random numbers, written without the safetensors library, which Blender lacks."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

NARROW = dict.fromkeys(("audio_channels", "motion_channels", "decoder_channels"), (8, 8, 8, 8))
SMALL = {
    "audio2gestures": {"joints": 52, **NARROW},
    "body": {"joints": 22, **NARROW},
    "stitched": {
        "joints": 22,
        "mapping_net": False,
        "signal": "pieces",
        "piece_s": 2.0,
        "piece_candidates": 8,
        **NARROW,
    },
    "planned": {"joints": 22, "mapping_net": False, "signal": "accent_pieces", **NARROW},
    "no split": {"joints": 22, "split_codes": False, "mapping_net": False, "weight_bicycle": 0.0, **NARROW},
    "speech2gesture": {"audio_width": 4, "unet_width": 8},
    "stylegestures": {"flow_steps": 2, "hidden_size": 8, "history_frames": 3, "lookahead_frames": 4, "audio_size": 5},
    "2-D": {"audio_width": 4, "unet_width": 8, "dimensions": 2, "joints": 49},
}
SYSTEM = {
    "body": "audio2gestures",
    "stitched": "audio2gestures",
    "planned": "audio2gestures",
    "no split": "audio2gestures",
    "2-D": "speech2gesture",
}


def write_model(addon, path: Path, config, seed: int) -> Path:
    """A model file with random numbers in it: the safetensors library is not in Blender. One that stitches pieces of
    codes has the styles Near and Far.
    """
    rng, tensors, architecture = np.random.default_rng(seed), {}, config.architecture
    for name, shape in addon.a2g_core.model.systems.parameter_shapes(config).items():
        tensors[name] = rng.standard_normal(shape) * (np.sqrt(2 / shape[0]) if len(shape) == 2 else 0.1)
        if name.endswith(("gain", "variance")):
            tensors[name] = rng.uniform(0.5, 1.5, shape)
        if name.endswith((".lower", ".upper")):
            tensors[name] = 0.05 * rng.standard_normal(shape)
        if name.endswith(".sign"):
            tensors[name] = np.sign(tensors[name])
        if name.endswith(".permutation"):
            tensors[name] = rng.permutation(architecture.motion_size)
    usual = [0, 0]
    if architecture.dimensions == 3:
        usual = {"sixd": [1, 0, 0, 0, 1, 0], "rotvec": [0, 0, 0]}[architecture.channels]
    tensors |= {"stats.feature_mean": np.full(64, -50), "stats.feature_std": np.full(64, 15),
                "stats.motion_mean": np.tile(usual, architecture.joints),
                "stats.motion_std": np.full(architecture.motion_size, 0.1)}  # fmt: skip
    if config.has_codes:
        tensors["stats.bank"] = np.abs(rng.standard_normal((5, 2, architecture.code_size)))
    info = {"name": f"my {config.name}"}
    if (layout := addon.a2g_core.model.checkpoint.pieces_of(config)) is not None:
        stored = 2 if layout.kind == "pieces" else 1
        tensors["stats.pieces"] = np.cumsum(rng.standard_normal((200, stored, architecture.code_size)), axis=0) / 5
        tensors["stats.sequences"] = [(0, 0), (120, 1)]
        info["styles"] = ["Near", "Far"]
        if layout.kind == "accent_pieces":
            at, contours = np.arange(2, 198, 4), rng.uniform(0, 1, (49, layout.contour_points))
            tensors["stats.moments"] = np.column_stack([at, np.tile([0, 0, 0, 1, -1, 2, -2], 7), contours])
            n_stances = -(-120 // layout.codes_a_stance) - (-80 // layout.codes_a_stance)
            tensors["stats.stances"] = 0.05 * rng.standard_normal((n_stances, len(architecture.standing_channels)))
    kinds = {"stats.pieces": "<f2", "stats.stances": "<f2", "stats.sequences": "<i8"}
    tensors = {name: np.ascontiguousarray(array, kinds.get(name, "<f4")) for name, array in tensors.items()}
    about = {"schema": 3, "config": config.to_dict(), "info": info,
             "sha256": addon.a2g_core.model.checkpoint.checksum(tensors)}  # fmt: skip
    names = {"<f2": "F16", "<f4": "F32", "<i8": "I64"}
    header, end = {"__metadata__": {"audio2gestures": json.dumps(about)}}, 0
    for name, array in tensors.items():
        offsets = [end, end := end + array.nbytes]
        header[name] = {"dtype": names[array.dtype.str], "shape": list(array.shape), "data_offsets": offsets}
    text = json.dumps(header).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + b"".join(a.tobytes() for a in tensors.values()))
    return path
