"""Small models of random weights."""

from __future__ import annotations

import numpy as np

from a2g_core.model.checkpoint import Model, first_stances
from a2g_core.model.config import PRODUCT, AccentPieces, Config, CorrelatedNoise, Pieces
from a2g_core.model.network import parameter_shapes

SMALL = PRODUCT.replace(
    name="small",
    joints=22,
    specific_sigma_frames=0.0,
    keep_pins=False,
    hands_outside=False,
    rest_s=0.0,
    feet_stay=False,
    smoothness_frames=0.0,
    mapping_net=True,
    jitter_frames=0.0,
    signal=CorrelatedNoise(noise_sigma_frames=18.0, bank_walk_frames=150),
    audio_channels=(16, 16, 16, 16),
    motion_channels=(32, 32, 16, 16),
    decoder_channels=(16, 16, 32, 32),
)
"""Its random signal is the paper's noise, here correlated."""
STITCHED = SMALL.replace(
    name="stitched", mapping_net=False, signal=Pieces(piece_s=2.0, piece_candidates=8), keep_pins=True
)
"""Its random signal is pieces of real codes on a grid, as in the model that shipped with version 0.2.0."""
ACCENTED = STITCHED.replace(name="accented", signal=AccentPieces())
"""Its random signal is pieces of real codes at the accents of the speech, as in the model that ships."""


def random_model(config: Config = SMALL, seed: int = 0) -> Model:
    """A model that moves like nobody, but through every equation."""
    rng = np.random.default_rng(seed)
    architecture = config.architecture
    shapes = parameter_shapes(architecture)
    parameters = {
        n: (rng.standard_normal(s) * np.sqrt(4 / sum(s)) if len(s) == 2 else 0.1 * rng.standard_normal(s)).astype(
            np.float32
        )
        for n, s in shapes.items()
    }
    mean = (
        np.tile(np.float32([1, 0, 0, 0, 1, 0]), architecture.joints)
        if architecture.dimensions == 3
        else np.zeros(2 * architecture.joints)
    )
    code = (20, architecture.code_size)
    bank = np.stack([rng.standard_normal(code), np.abs(rng.standard_normal(code))], axis=1).astype(np.float32)
    pieces, info = {}, {"name": "random", "sha256": ""}
    if isinstance(architecture.signal, Pieces | AccentPieces):
        codes = np.cumsum(rng.standard_normal((200, 2, architecture.code_size)), axis=0) / 5
        pieces = {"pieces": codes.astype(np.float16).astype(np.float32), "sequences": np.array([(0, 0), (120, 1)])}
        info["styles"] = ["Near", "Far"]
    if isinstance(architecture.signal, AccentPieces):
        at, fillers = np.linspace(0, 199, 80), np.arange(80) % 4 == 0
        contours = rng.uniform(0.15, 1, (80, architecture.signal.contour_points))
        moments = np.concatenate([at[:, None], fillers[:, None], contours], axis=1).astype(np.float32)
        n_stances = first_stances(pieces["sequences"], 200, architecture.signal.codes_a_stance)[-1]
        stances = 0.05 * rng.standard_normal((n_stances, len(architecture.standing_channels)))
        stances = stances.astype(np.float16).astype(np.float32)
        pieces |= {"pieces": pieces["pieces"][:, :1], "moments": moments, "stances": stances}
    size = architecture.motion_size
    return Model(
        config, parameters, np.full(64, -50, np.float32), np.full(64, 15, np.float32),
        mean.astype(np.float32), np.full(size, 0.3, np.float32), bank, **pieces, info=info,
    )  # fmt: skip
