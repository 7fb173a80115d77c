"""Every setting of a model and of its training, with the paper's values as the named config `paper`.

`NAMED` also holds the five rows of Table 2, each the row above it plus one component, and `product`, which ships. The
baselines' settings stand with them in `baselines`; `systems` knows all.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from math import ceil
from typing import ClassVar

from ..errors import ConfigError

PIECE_FADE_FRAMES = 30
"""From a piece of real codes into the next, about their border."""
PIECE_SAMPLE_FRAMES = 6
"""From one stored code of a piece to the next: five a second, of a code that is smooth over a fifth of one or more."""

PIN_APPROACH_FRAMES = 27
"""How long before a pin's fade, and after it, codes are on their way to the pinned clip's and back."""


@dataclass(frozen=True)
class SystemConfig:
    """What every system has: a model's motion, its reconstruction losses (Eq. 4) and its training.

    A config is stored in the checkpoint, so that a checkpoint knows what it is.
    """

    system: ClassVar[str]
    """Which system this configures: a key of `systems.SYSTEMS`."""
    channels: ClassVar[str] = "sixd"
    """What a joint's rotation is to the networks: 'sixd' (Zhou et al. 2019), or 'rotvec' (axis times angle in rad)."""
    has_codes: ClassVar[bool] = False
    """Whether motion is made from codes that a pinned clip, calm and variation can change."""

    name: str = ""

    # What goes in and out ---------------------------------------------------------------------------------------------
    fps: float = 30.0
    """Frames a second of the motion, and so of the features and the codes (sec. 5.3)."""
    joints: int = 22
    """3-D: 22 (body) or 52 (body and fingers). 2-D: any number of key points."""
    dimensions: int = 3
    """3: joint rotations and forward kinematics. 2: joint positions themselves (sec. 3.2)."""
    normalise_motion: bool = False
    """Give the networks motion of zero mean and unit deviation a channel.
    The paper's code does not; few steps need it."""
    smoothness_frames: float = 0.0
    """Deviation of a Gaussian over time on the finished motion, against jitter between syllables; 0: none."""

    # Reconstruction (Eq. 4; notes.md: weights differ between the authors' releases; all are tunables) -----------------
    weight_rotation: float = 1.0
    """lambda_rot of Eq. 4, on Eq. 5."""
    weight_position: float = 1.0
    """lambda_pos of Eq. 4, on Eq. 6."""
    weight_speed: float = 5.0
    """lambda_speed of Eq. 4, on Eq. 7."""
    l1: str = "mean"
    """'mean' over xyz as in the authors' code, or 'sum' as Eq. 6, 7, 9 and 11 are printed: a factor of 3 (of 16 for
    codes)."""

    # Training ---------------------------------------------------------------------------------------------------------
    crop_frames: int = 128
    """Frames of a crop that the losses see; the input is longer by `margin` on both sides."""
    batch_size: int = 32
    steps: int = 180_000
    learning_rate: float = 1e-4
    schedule: str = "constant"
    """'constant', or 'cosine': short warm-up, then down to 0 at the last step."""
    optimiser: str = "adam"
    """'adam' (Kingma and Ba 2015), or 'muon' (Jordan 2024) for the matrices and Adam for the biases: steps that turn
    all directions of a matrix alike. On a CPU it learns in 300 steps what Adam learns in thousands."""
    gradient_clip: float = 0.0
    """Largest norm of the gradient; 0 does not clip."""
    rerecord_speech: bool = False
    """Let each crop's speech come from another microphone in another room, at another level (see `rerecording`)."""

    def __post_init__(self) -> None:
        if self.dimensions not in (2, 3):
            raise ConfigError(f"dimensions = {self.dimensions} makes no sense", "use 2 or 3")
        if self.dimensions == 3 and self.joints not in (22, 52):
            raise ConfigError(f"there is no 3-D joint set of {self.joints}", "use 22 (body) or 52 (body and hands)")
        if self.l1 not in ("mean", "sum") or self.schedule not in ("constant", "cosine"):
            raise ConfigError("l1 or schedule is unknown", "use l1 'mean' or 'sum', schedule 'constant' or 'cosine'")
        if self.optimiser not in ("adam", "muon"):
            raise ConfigError(f"there is no optimiser '{self.optimiser}'", "use 'adam' or 'muon'")
        for name in ("fps", "joints", "crop_frames", "batch_size", "steps", "learning_rate"):
            if not getattr(self, name) > 0:
                raise ConfigError(f"{name} = {getattr(self, name)} makes no sense", "use a number above 0")

    @property
    def motion_size(self) -> int:
        """Channels of a frame of motion: six or three a joint, or two."""
        return self.joints * (2 if self.dimensions == 2 else {"sixd": 6, "rotvec": 3}[self.channels])

    @property
    def is_random(self) -> bool:
        """Whether another seed gives another motion."""
        return True

    @property
    def margin(self) -> int:
        """Frames beyond a crop on each side that its losses need."""
        raise NotImplementedError

    @property
    def halo(self) -> int:
        """Frames of speech on each side that a frame of motion depends on."""
        raise NotImplementedError

    @property
    def choice_reach(self) -> int:
        """Frames on each side of a changed random choice in which the motion changes."""
        return self.halo

    def to_dict(self) -> dict:
        """Every setting, and the system's name."""
        return {"system": self.system, **dataclasses.asdict(self)}

    @classmethod
    def from_dict(cls, values: dict):
        """The inverse of `to_dict`; ConfigError for settings this program does not know."""
        values = {k: v for k, v in values.items() if k != "system"}
        known = {f.name: f for f in dataclasses.fields(cls)}
        if unknown := sorted(set(values) - set(known)):
            raise ConfigError(
                f"unknown settings: {', '.join(unknown)}", "use a version that knows them, or take them out"
            )
        return cls(**{k: tuple(v) if isinstance(v, list) else v for k, v in values.items()})

    def replace(self, **changes):
        """A copy with these settings changed; values may be given as text, as on a command line."""
        types = {f.name: type(getattr(self, f.name)) for f in dataclasses.fields(self)}
        if unknown := sorted(set(changes) - set(types)):
            raise ConfigError(f"unknown settings: {', '.join(unknown)}", f"use one of {', '.join(types)}")
        try:
            parsed = {k: _parse(v, types[k]) if isinstance(v, str) else v for k, v in changes.items()}
        except ValueError as error:
            raise ConfigError(f"a setting cannot be read ({error})", "give numbers where numbers are due") from None
        return dataclasses.replace(self, **parsed)


def _parse(text: str, kind: type):
    if kind is bool:
        if text.lower() not in ("true", "false"):
            raise ValueError(f"'{text}' is neither true nor false")
        return text.lower() == "true"
    if kind is tuple:
        return tuple(int(part) for part in text.split(","))
    return kind(text)


@dataclass(frozen=True)
class Config(SystemConfig):
    """Audio2Gestures: the model, its losses and its training."""

    system: ClassVar[str] = "audio2gestures"
    has_codes: ClassVar[bool] = True

    name: str = "paper"

    # Network (sec. 5.3) -----------------------------------------------------------------------------------------------
    code_size: int = 16
    """Channels of the shared code S and of the specific code I, a frame."""
    dilations: tuple[int, ...] = (1, 2, 4, 8)
    """One residual block each; two convolutions of width 3 in a block, so a half view of 2 * sum frames."""
    audio_channels: tuple[int, ...] = (128, 128, 96, 64)
    motion_channels: tuple[int, ...] = (256, 256, 128, 64)
    decoder_channels: tuple[int, ...] = (64, 128, 256, 256)
    mapping_channels: tuple[int, ...] = (16, 16, 16, 16)

    specific_sigma_frames: float = 0.0
    """Deviation of a Gaussian that smooths the specific code in time; 0 is the paper. A slow I_M says which gesture,
    and leaves when to the shared code; else it says both, and the decoder learns to do without the voice (sec. 4.1,
    degeneration)."""

    # Components, the rows of Table 2 ----------------------------------------------------------------------------------
    split_codes: bool = True
    """Split the motion's code into shared and specific, and train with random specific codes (Eq. 10)."""
    mapping_net: bool = True
    """Send the random signal through the mapping net f_R; else it is the specific code itself."""

    # Loss weights (notes.md: they differ between the authors' releases; all are tunables) -----------------------------
    weight_alignment: float = 0.1
    """Eq. 9."""
    weight_relaxed: float = 1.0
    """Eq. 10."""
    weight_relaxed_speed: float = 0.0
    """Eq. 7 on the motion of a random specific code: only in the authors' code (notes, point 5)."""
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
    """Share of the run over which the KL weights rise from 0, once."""
    alignment_warmup: float = 0.0
    """The same for Eq. 9. From the first step on, codes that say nothing align best, and the decoder learns to do
    without them."""

    jitter_frames: float = 0.0
    """Train the random path on I_M of the clip itself, its timing disturbed by about so many frames, in place of mapped
    noise: the decoder learns to take what from I, and when from the voice. Then Eq. 4 takes the place of Eq. 10 to 12,
    for the motion that such codes belong to is known. 0 is the paper."""
    alignment_stops: bool = False
    """Let Eq. 9 pull S_A to S_M alone. Pulled to each other, both shrink: codes that say nothing agree best."""
    weight_effort: float = 0.0
    """How much each joint moves within a second, and how much it accelerates, is that of the clip, whatever the timing
    (on top of Eq. 4): what is uncertain must not become slow."""

    # The random signal ------------------------------------------------------------------------------------------------
    noise_sigma_frames: float = 0.0
    """Deviation of the Gaussian that smooths the noise in time; 0 is the paper's white noise."""
    bank_walk_frames: int = 0
    """A new entry of the code bank every so many frames, blended in smoothly; 0: one entry for the whole speech."""
    piece_frames: int = 0
    """Take the random code from the bank itself, in pieces of so many frames (see `sampling.Stitched`); 0: noise."""
    piece_candidates: int = 1
    """Moments of the bank that each piece is chosen among, by what is said then and now."""
    piece_gain: float = 1.0
    """How much more the codes of pieces vary about their sequence's mean, put into them when a model file is written:
    the decoder, which must put them in time, makes movements smaller than they were."""
    stance_gain: float = 1.0
    """The same of those means about the mean of all: how differently takes stand and hold themselves."""

    shared_gain: float = 1.0
    """How much more S_A varies about its mean than the audio encoder says, put into the encoder's last layer when a
    model file is written. What is predicted from speech alone varies less than what people do: predictions regress."""
    keep_pins: bool = False
    """Bring the pose itself, not only its codes, to a pinned clip by fade times strength: at strength 1 nothing of the
    clip is lost to the reconstruction's error. The paper replaces codes alone (sec. 5.6)."""

    def __post_init__(self) -> None:
        super().__post_init__()
        for name in ("audio_channels", "motion_channels", "decoder_channels", "mapping_channels"):
            if len(getattr(self, name)) != len(self.dilations):
                raise ConfigError(f"{name} does not fit the dilations", "give one number of channels a residual block")
        if self.code_size < 1:
            raise ConfigError(f"code_size = {self.code_size} makes no sense", "use a number above 0")
        if self.crop_frames <= 2 * self.motion_view and self.weight_bicycle:
            raise ConfigError(
                f"crops of {self.crop_frames} frames are too short for Eq. 11",
                f"use crop_frames above {2 * self.motion_view}, or weight_bicycle 0",
            )
        if self.piece_frames and (self.mapping_net or not self.split_codes):
            raise ConfigError("pieces of real codes need no mapping net, but split codes", "change one of them")
        if self.piece_frames % PIECE_SAMPLE_FRAMES or self.piece_candidates < 1:
            raise ConfigError(
                f"pieces of {self.piece_frames} frames, one of {self.piece_candidates}, make no sense",
                f"use a multiple of {PIECE_SAMPLE_FRAMES}, and 1 candidate or more",
            )
        if self.jitter_frames and (self.mapping_net or not self.split_codes):
            raise ConfigError("disturbed codes need no mapping net, but split codes", "change one of them")
        if self.mapping_net and not self.split_codes:
            raise ConfigError("a mapping net without split codes has nothing to map to", "set split_codes too")

    @property
    def is_random(self) -> bool:
        """Without split codes there is nothing to draw."""
        return self.split_codes

    @property
    def half_view(self) -> int:
        """Frames that one network sees to each side: 30 for four blocks."""
        return 2 * sum(self.dilations)

    @property
    def smoothing_view(self) -> int:
        """Frames that smoothing the specific code adds to each side of the motion encoder's view."""
        return ceil(2 * self.specific_sigma_frames)

    @property
    def motion_view(self) -> int:
        """Frames that the motion encoder sees to each side."""
        return self.half_view + self.smoothing_view

    @property
    def halo(self) -> int:
        """Frames of speech needed on each side of a frame of motion: encoder, decoder, and what chooses a piece."""
        return 2 * self.half_view + (self.piece_frames and self.piece_frames + PIECE_FADE_FRAMES)

    @property
    def piece_samples(self) -> int:
        """Codes in a piece, its fades included."""
        return ceil((self.piece_frames + PIECE_FADE_FRAMES) / PIECE_SAMPLE_FRAMES)

    @property
    def choice_reach(self) -> int:
        """Frames that another random code moves to each side: the decoder's view, and the mapping net's."""
        return self.half_view * (2 if self.mapping_net else 1)

    @property
    def pin_reach(self) -> int:
        """Frames that a pin moves beyond half its fade, to each side: approach, the decoder's view, smoothing."""
        return PIN_APPROACH_FRAMES + self.half_view + ceil(3 * self.smoothness_frames)

    @property
    def margin(self) -> int:
        """Frames beyond a crop on each side that its losses need: the motion encoder's view and the decoder's."""
        return self.motion_view + self.half_view


_BASELINE = Config(
    name="table2-baseline", split_codes=False, mapping_net=False,
    weight_relaxed=0.0, weight_bicycle=0.0, weight_diversity=0.0,
)  # fmt: skip
_SPLIT = _BASELINE.replace(name="table2-split", split_codes=True, weight_relaxed=1.0)
_MAPPING = _SPLIT.replace(name="table2-mapping", mapping_net=True)
_BICYCLE = _MAPPING.replace(name="table2-bicycle", weight_bicycle=0.1)
_DIVERSITY = _BICYCLE.replace(name="table2-diversity", weight_diversity=0.1)

PAPER = _DIVERSITY.replace(name="paper")

PRODUCT = PAPER.replace(
    name="product", joints=52, normalise_motion=True, mapping_net=False, specific_sigma_frames=6.0,
    jitter_frames=7.0, alignment_stops=True, weight_effort=20.0,
    weight_position=10.0, weight_speed=50.0, weight_alignment=0.2, weight_kl_shared=1e-5, weight_kl_specific=1e-4,
    weight_relaxed=0.0, weight_bicycle=0.0, weight_diversity=0.0,
    piece_frames=90, piece_candidates=128, piece_gain=1.16, stance_gain=1.55, smoothness_frames=1.15, keep_pins=True,
    crop_frames=240, batch_size=9, steps=2600, learning_rate=6e-3, optimiser="muon", schedule="cosine",
    gradient_clip=1.0, rerecord_speech=True,
)  # fmt: skip
"""What ships: with fingers, pieces of real codes for noise, and a schedule made for few steps on a CPU."""

NAMED: dict[str, Config] = {c.name: c for c in (_BASELINE, _SPLIT, _MAPPING, _BICYCLE, _DIVERSITY, PAPER, PRODUCT)}
