"""Every setting of Audio2Gestures: its architecture, its training, and the defaults of generation.

`NAMED` holds the paper's model, the five rows of Table 2, each the row above it plus one component, and `product`, the
model that ships. The baselines' configs are in `baselines`; `systems` knows them all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import ClassVar

import numpy as np

from ..errors import ConfigError
from .settings import (
    SystemArchitecture,
    SystemConfig,
    SystemGeneration,
    SystemTraining,
    require_at_least,
    require_at_most,
    require_positive,
)

_MOST_DILATION = 2048
"""Of all residual blocks together: a receptive field of a minute and more."""


# The random signal of Audio2Gestures ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Noise:
    """White noise with the mean and standard deviation of one training clip's specific codes (sec. 4.1): the paper."""

    kind: ClassVar[str] = "noise"


@dataclass(frozen=True)
class CorrelatedNoise:
    """Noise that is smooth in time, whose mean and standard deviation walk from training clip to training clip."""

    kind: ClassVar[str] = "correlated_noise"

    noise_sigma_frames: float = 18.0
    """Standard deviation, in frames, of the Gaussian that smooths the noise; 0: white noise."""
    bank_walk_frames: int = 150
    """Frames after which another clip's mean and standard deviation are reached; 0: one clip for the whole speech."""

    def __post_init__(self) -> None:
        require_at_least(self, 0, "noise_sigma_frames", "bank_walk_frames")
        require_at_most(self, 200, "noise_sigma_frames")
        require_at_most(self, 1_000_000, "bank_walk_frames")


@dataclass(frozen=True)
class Pieces:
    """Pieces of real specific codes, one blended into the next (see `sampling.Stitched`).

    Lengths are seconds: they lay out what is stored in the model file. In frames they depend on the frame rate.
    """

    kind: ClassVar[str] = "pieces"

    piece_s: float = 3.0
    """Length of a piece; in frames a whole number of intervals."""
    piece_fade_s: float = 1.0
    """Length of the blend from one piece into the next, centred on their border."""
    piece_interval_s: float = 0.2
    """From one stored code to the next: the codes are smooth over a fifth of a second or more."""
    piece_candidates: int = 1
    """Moments of the training data that each piece is chosen among, by what is said then and now."""
    piece_gain: float = 1.0
    """How much more a piece's codes vary about their sequence's mean, applied when a model file is written: the
    decoder, which must place them in time, makes movements smaller than they were."""
    stance_gain: float = 1.0
    """The same for those means about the mean of all: how differently takes stand and hold themselves."""

    def __post_init__(self) -> None:
        require_positive(self, "piece_s", "piece_fade_s", "piece_interval_s")
        require_at_least(self, 1, "piece_candidates")
        require_at_most(self, 60, "piece_s", "piece_fade_s", "piece_interval_s")
        require_at_most(self, 4096, "piece_candidates")
        require_at_least(self, -100, "piece_gain", "stance_gain")
        require_at_most(self, 100, "piece_gain", "stance_gain")

    def interval_frames(self, fps: float) -> int:
        """Frames from one stored code to the next."""
        return max(1, round(self.piece_interval_s * fps))

    def piece_frames(self, fps: float) -> int:
        """Frames from the start of a piece to the start of the next."""
        return max(1, round(self.piece_s / self.piece_interval_s)) * self.interval_frames(fps)

    def fade_frames(self, fps: float) -> int:
        """Frames of the blend between two pieces."""
        return max(1, round(self.piece_fade_s * fps))

    def samples(self, fps: float) -> int:
        """Stored codes in a piece, its fades included."""
        return ceil((self.piece_frames(fps) + self.fade_frames(fps)) / self.interval_frames(fps))


@dataclass(frozen=True)
class AccentPieces:
    """Pieces of real specific codes, each performed at an accent that is like its own (see `choosing.CuedPieces`).

    What is heard of the speech for that, and then stored with the codes, is robust (see `listening`). Lengths are
    seconds; in frames they depend on the frame rate.
    """

    kind: ClassVar[str] = "accent_pieces"

    accent_apart_s: float = 1.0
    """Of accents that lie closer than this, the strongest has a piece."""
    filler_s: float = 1.6
    """Where no accent comes for half as long again, pieces follow at this distance: a pause is performed too."""
    nearby_s: float = 2.0
    """Speech is as loud as it is beside the loudest within this time on either side."""
    loudest_db: float = 0.0
    """The level, in dB beside full scale, that the loudest nearby is brought to before the audio encoder hears it; 0:
    it hears speech as loud as it is recorded."""
    accent_sigma_s: float = 0.08
    """Standard deviation of the Gaussian that loudness is smoothed by, to find accents: about a syllable."""
    contour_sigma_s: float = 0.13
    """The same for the contour, by which the speech about a cue is compared with that of the stored moments."""
    contour_step_s: float = 0.4
    """From one point of a contour to the next."""
    contour_points: int = 7
    """Points of a contour, the cue in their middle: an odd number."""
    beat_s: float = 1.6
    """Distances of accents that differ by a multiple of this make different choices, however alike the contours are:
    the shorter, the less a take repeats itself, and the more an inaudible change matters."""
    most_beats: int = 2
    """Distances are told apart up to so many beats."""
    contour_reach_s: float = 0.55
    """Standard deviation of the Gaussian by which a point of a contour counts less, the farther it is from the cue."""
    stroke_share: float = 0.4
    """Share of the training speech's accents that are stored as moments: those on which hands and head are fastest,
    beside what they do around them. Where a gesture begins or ends as the voice stresses, it would do so again."""
    fitting_share: float = 0.2
    """Share of the moments at hand that fit a cue, those of the most similar contours; the others are hardly ever
    performed. Fewer: a take follows the speech more closely, and a change of the recording that nobody hears is more
    likely to swap pieces."""
    alike_share: float = 0.5
    """Share of a style's sequences that a take draws its pieces from, those most alike: one way of standing."""
    lead_s: float = 0.08
    """How long before its cue a moment is performed: syllables begin before they are loudest, and so do gestures."""
    piece_fade_s: float = 1.0
    """Longest blend from one piece into the next, midway between their cues."""
    piece_interval_s: float = 0.2
    """From one stored code to the next: the codes are smooth over a fifth of a second or more."""
    piece_gain: float = 1.0
    """See `Pieces`."""
    stance_gain: float = 1.0
    """See `Pieces`. What is left out of the codes is in the stances: at 0, those alone say how a take stands."""
    stance_interval_s: float = 1.2
    """From one stored stance to the next: legs and trunk shift the weight slowly."""

    def __post_init__(self) -> None:
        lengths = (
            "accent_apart_s", "filler_s", "nearby_s", "accent_sigma_s", "contour_sigma_s", "contour_step_s",
            "beat_s", "contour_reach_s", "piece_fade_s", "piece_interval_s", "stance_interval_s",
        )  # fmt: skip
        require_positive(self, *lengths, "most_beats", "stroke_share", "fitting_share", "alike_share")
        require_at_most(self, 200, "most_beats")
        require_at_most(self, 60, *lengths)
        require_at_most(self, 1, "stroke_share", "fitting_share", "alike_share")
        require_at_most(self, 63, "contour_points")
        require_at_least(self, -100, "piece_gain", "stance_gain")
        require_at_most(self, 100, "piece_gain", "stance_gain")
        require_at_least(self, -60, "lead_s", "loudest_db")
        require_at_most(self, 0, "loudest_db")
        require_at_most(self, 60, "lead_s")
        if self.contour_points < 1 or self.contour_points % 2 == 0:
            raise ConfigError(f"contour_points={self.contour_points} has no middle", "give an odd number")

    def interval_frames(self, fps: float) -> int:
        """Frames from one stored code to the next."""
        return max(1, round(self.piece_interval_s * fps))

    @property
    def codes_a_stance(self) -> int:
        """Stored codes from one stored stance to the next."""
        return max(1, round(self.stance_interval_s / self.piece_interval_s))

    def stance_frames(self, fps: float) -> int:
        """Frames from one stored stance to the next."""
        return self.codes_a_stance * self.interval_frames(fps)

    def filler_frames(self, fps: float) -> int:
        """Frames between the pieces of a pause."""
        return max(2, round(self.filler_s * fps))

    def apart_frames(self, fps: float) -> int:
        """Frames within which an accent has no stronger one."""
        return max(1, round(self.accent_apart_s * fps))

    def nearby_frames(self, fps: float) -> int:
        """Frames on either side of which the loudest is the measure of loudness."""
        return max(1, round(self.nearby_s * fps))

    def contour_frames(self, fps: float) -> np.ndarray:
        """Where a contour's points lie, in frames from its cue, (contour_points,)."""
        return (np.arange(self.contour_points) - self.contour_points // 2) * self.contour_step_s * fps

    def contour_weights(self) -> np.ndarray:
        """How much each point of a contour counts, (contour_points,)."""
        weights: np.ndarray = np.exp(-0.5 * (self.contour_frames(1.0) / self.contour_reach_s) ** 2)
        return weights

    def longest_gap_frames(self, fps: float) -> int:
        """Frames between neighbouring cues at most."""
        return ceil(1.5 * self.filler_frames(fps)) + 1

    def cue_reach_frames(self, fps: float) -> int:
        """Frames on either side of a cue where its piece is performed at most."""
        return ceil((self.longest_gap_frames(fps) + self.piece_fade_s * fps) / 2)

    def receptive_field(self, fps: float) -> int:
        """Frames of speech on each side that a frame of the random signal depends on.

        On the cues about it and the ones beside these; they on the accents that fillers stand by; and those on accents
        around, twice over, because a weaker one counts where a stronger one is itself passed over.
        """
        heard = self.nearby_frames(fps) + ceil(3 * fps * max(self.accent_sigma_s, self.contour_sigma_s)) + 2
        accents = (
            (FILLERS + 1) * self.filler_frames(fps)
            + ceil(self.beat_s * self.most_beats * fps)
            + 3 * self.apart_frames(fps)
        )
        contour = ceil(self.contour_frames(fps)[-1])
        return self.cue_reach_frames(fps) + self.longest_gap_frames(fps) + max(accents, contour) + heard


FILLERS = 2
"""Pieces of a pause that stand by the accent before it, and by the one after it; those between them stand alone."""

Signal = Noise | CorrelatedNoise | Pieces | AccentPieces
SIGNALS: dict[str, type[Signal]] = {kind.kind: kind for kind in (Noise, CorrelatedNoise, Pieces, AccentPieces)}


# Audio2Gestures -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Architecture(SystemArchitecture):
    """The four networks (sec. 5.3), the codes between them, and the random signal with what is stored for it."""

    kinds: ClassVar[Mapping[str, Mapping[str, type]]] = {"signal": SIGNALS}

    code_size: int = 16
    """Channels of the shared code S and of the specific code I, per frame."""
    dilations: tuple[int, ...] = (1, 2, 4, 8)
    """One residual block each, of two convolutions of width 3."""
    audio_channels: tuple[int, ...] = (128, 128, 96, 64)
    motion_channels: tuple[int, ...] = (256, 256, 128, 64)
    decoder_channels: tuple[int, ...] = (64, 128, 256, 256)
    mapping_channels: tuple[int, ...] = (16, 16, 16, 16)

    split_codes: bool = True
    """Table 2: split the motion's code into shared and specific, and train with random specific codes (Eq. 10)."""
    mapping_net: bool = True
    """Table 2: send the random signal through the mapping net f_R; without it the signal is the specific code."""
    signal: Signal = Noise()
    """The random signal that motion is generated from."""
    specific_sigma_frames: float = 0.0
    """Standard deviation, in frames, of a Gaussian that smooths the specific code in time; 0 is the paper. A slow I_M
    says which gesture, and leaves when to the shared code; otherwise it says both, and the decoder learns to do without
    the voice (sec. 4.1, degeneration)."""

    def __post_init__(self) -> None:
        super().__post_init__()
        require_at_least(self, 1, "code_size")
        require_at_most(self, 4096, "code_size")
        require_at_least(self, 0, "specific_sigma_frames")
        require_at_most(self, 200, "specific_sigma_frames")
        if not 0 < sum(self.dilations) <= _MOST_DILATION:
            raise ConfigError(f"dilations cannot be {self.dilations}", "give fewer or smaller numbers")
        for name in ("audio_channels", "motion_channels", "decoder_channels", "mapping_channels"):
            if len(getattr(self, name)) != len(self.dilations):
                raise ConfigError(
                    f"{name} has {len(getattr(self, name))} numbers for {len(self.dilations)} residual blocks",
                    "give one number of channels per block",
                )
        if self.mapping_net and not self.split_codes:
            raise ConfigError(f"mapping_net={self.mapping_net} needs split_codes=True", "change one of the two")
        if isinstance(self.signal, Pieces | AccentPieces) and (self.mapping_net or not self.split_codes):
            raise ConfigError(
                f"signal={self.signal.kind} needs split_codes=True and mapping_net=False", "change one of the three"
            )

    @property
    def receptive_field(self) -> int:
        """Receptive field of each of the four networks: 30 frames for four blocks."""
        return 2 * sum(self.dilations)

    @property
    def smoothing_receptive_field(self) -> int:
        """Receptive field of the Gaussian that smooths the specific code."""
        return ceil(2 * self.specific_sigma_frames)

    @property
    def motion_receptive_field(self) -> int:
        """Frames of motion on each side that the motion encoder's codes depend on, the smoothing included."""
        return self.receptive_field + self.smoothing_receptive_field

    @property
    def speech_receptive_field(self) -> int:
        """Frames of speech on each side that a frame of motion depends on: encoder, decoder, and a piece's choice."""
        field = 2 * self.receptive_field
        if isinstance(self.signal, Pieces):
            field += self.signal.piece_frames(self.fps) + self.signal.fade_frames(self.fps)
        if isinstance(self.signal, AccentPieces):
            field += self.signal.receptive_field(self.fps)
        return field

    @property
    def signal_receptive_field(self) -> int:
        """Frames of the random signal on each side that a frame of motion depends on: decoder and mapping net."""
        return self.receptive_field * (2 if self.mapping_net else 1)

    @property
    def loss_receptive_field(self) -> int:
        """Frames beyond a crop on each side that its losses depend on: motion encoder and decoder."""
        return self.motion_receptive_field + self.receptive_field


@dataclass(frozen=True)
class Training(SystemTraining):
    """The paper's further losses (Eq. 3, 9 to 12), and what the product puts in their place."""

    weight_alignment: float = 0.1
    """Eq. 9."""
    weight_relaxed: float = 1.0
    """Eq. 10."""
    weight_bicycle: float = 0.1
    """Eq. 11."""
    weight_diversity: float = 0.1
    """Eq. 12, falling to 0 over the run."""
    weight_kl_shared: float = 1e-3
    """Eq. 3 on S_A and S_M, after the warm-up."""
    weight_kl_specific: float = 1e-3
    """Eq. 3 on I_M and I_R, after the warm-up."""
    relaxed_rho_m: float = 0.02
    """rho of Eq. 10, metres."""
    diversity_clamp_m: float = 0.5
    """Distances beyond this earn nothing more in Eq. 12, which has no upper bound as printed."""
    kl_warmup: float = 0.3
    """Share of the run over which the weights of Eq. 3 rise from 0."""
    alignment_warmup: float = 0.0
    """The same for Eq. 9. At first, codes that say nothing align best, and the decoder learns to do without them."""

    jitter_frames: float = 0.0
    """Train the random path on the clip's own I_M, its timing disturbed by about this many frames, instead of on mapped
    noise: the decoder learns to take what from I, and when from the voice. Eq. 4 then takes the place of Eq. 10 to 12,
    because the motion that belongs to such codes is known. 0 is the paper."""
    alignment_stops: bool = False
    """Let Eq. 9 pull only S_A to S_M. Pulled to each other, both shrink: codes that say nothing agree best."""
    weight_effort: float = 0.0
    """Added to Eq. 4: how much each joint moves within a second, and how much it accelerates, is that of the clip,
    whatever the timing. What is uncertain must not become slow."""


@dataclass(frozen=True)
class Generation(SystemGeneration):
    """How generated motion follows pinned clips, and how it is finished."""

    pin_approach_s: float = 0.9
    """How long before a pin's fade, and after it, codes and pose are on their way to the pinned clip's and back."""
    keep_pins: bool = False
    """Bring the pose itself, not only its codes, to a pinned clip by fade times strength: at strength 1 none of the
    clip is lost to the reconstruction's error. The paper replaces codes alone (sec. 5.6)."""
    rest_s: float = 0.0
    """How long it takes from rest at the beginning of a take to what is performed, and back to rest at its end (see
    `performing.ends`); 0: it begins and ends in any pose."""
    feet_stay: bool = True
    """Of a 3-D model: feet stay where the take stands at rest, but where a pinned clip moves them (see
    `performing.feet`). Not in the paper, nor in models before version 0.3.0."""

    def __post_init__(self) -> None:
        super().__post_init__()
        require_at_least(self, 0, "pin_approach_s", "rest_s")
        require_at_most(self, 60, "pin_approach_s", "rest_s")


@dataclass(frozen=True)
class Config(SystemConfig):
    """Audio2Gestures: the networks, their losses, and how motion is generated."""

    system: ClassVar[str] = "audio2gestures"
    has_codes: ClassVar[bool] = True

    name: str = "paper"
    architecture: Architecture = Architecture()
    training: Training = Training()
    generation: Generation = Generation()

    def __post_init__(self) -> None:
        architecture, training = self.architecture, self.training
        shortest = 2 * architecture.motion_receptive_field
        if training.weight_bicycle and training.crop_frames <= shortest:
            raise ConfigError(
                f"crops of {training.crop_frames} frames are too short for Eq. 11",
                f"use crop_frames above {shortest}, or weight_bicycle 0",
            )
        if training.jitter_frames and (architecture.mapping_net or not architecture.split_codes):
            raise ConfigError(
                f"jitter_frames={training.jitter_frames:g} needs split_codes=True and mapping_net=False",
                "change one of the three",
            )

    @property
    def is_random(self) -> bool:
        """Without split codes there is nothing to draw."""
        return self.architecture.split_codes

    @property
    def pin_approach_frames(self) -> int:
        """`pin_approach_s` in frames."""
        return round(self.generation.pin_approach_s * self.architecture.fps)

    @property
    def pin_receptive_field(self) -> int:
        """Frames beyond the pin's fade on each side that the pin moves at most: its approach, twice where another pin
        is so near; where codes alone are followed, decoder and finishing too."""
        if self.generation.keep_pins:
            return 2 * self.pin_approach_frames
        return self.pin_approach_frames + self.architecture.receptive_field + self.finishing_receptive_field


_BASELINE = Config(
    name="table2-baseline",
    architecture=Architecture(split_codes=False, mapping_net=False),
    training=Training(weight_relaxed=0.0, weight_bicycle=0.0, weight_diversity=0.0),
    generation=Generation(feet_stay=False),
)
_SPLIT = _BASELINE.replace(name="table2-split", split_codes=True, weight_relaxed=1.0)
_MAPPING = _SPLIT.replace(name="table2-mapping", mapping_net=True)
_BICYCLE = _MAPPING.replace(name="table2-bicycle", weight_bicycle=0.1)
_DIVERSITY = _BICYCLE.replace(name="table2-diversity", weight_diversity=0.1)

PAPER = _DIVERSITY.replace(name="paper")

PRODUCT = Config(
    name="product",
    architecture=Architecture(
        joints=52, feature_floor_db=-40.0, mapping_net=False, specific_sigma_frames=6.0,
        signal=AccentPieces(piece_gain=1.05, stance_gain=0.0, loudest_db=-24.0),
    ),
    training=Training(
        normalise_motion=True, rerecord_speech=True, crop_frames=240, jitter_frames=8.0, alignment_stops=True,
        weight_position=10.0, weight_speed=50.0, weight_alignment=0.2, weight_kl_shared=1e-5, weight_kl_specific=1e-4,
        weight_relaxed=0.0, weight_bicycle=0.0, weight_diversity=0.0, weight_effort=20.0,
        batch_size=9, steps=2400, learning_rate=6e-3, optimiser="muon", schedule="cosine", gradient_clip=1.0,
    ),
    generation=Generation(smoothness_frames=1.5, hands_outside=True, keep_pins=True, rest_s=1.1),
)  # fmt: skip
"""The model that ships: with fingers, pieces of real codes for noise, and a schedule made for few steps on a CPU."""

NAMED: dict[str, Config] = {c.name: c for c in (_BASELINE, _SPLIT, _MAPPING, _BICYCLE, _DIVERSITY, PAPER, PRODUCT)}
