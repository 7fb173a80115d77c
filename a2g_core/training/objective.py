"""The model under training: its parameters and its objective (Fig. 3), one forward pass a step."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from ..body.kinematics import forward_kinematics
from ..body.rotations import sixd_to_matrix
from ..body.skeleton import JOINT_SETS
from ..model.config import Config, CorrelatedNoise
from ..model.network import Gaussian, decode, encode_audio, encode_motion, map_noise, parameter_shapes
from ..model.settings import SystemArchitecture
from ..performing.sampling import smoothing_kernel
from . import losses

_FIRST_LOG_VARIANCE = -4.0
"""Where training begins: at variance 1 a code is all noise, and the decoder learns to do without it."""

_JITTER_KNOT_FRAMES = 24
"""How long the disturbed time stays as early or late as it is."""


class Audio2Gestures(nn.Module):
    """The four networks' parameters. Calling it gives every loss of a batch; the maths is in `model.network`."""

    def __init__(self, config: Config, motion_mean: Tensor, motion_std: Tensor) -> None:
        super().__init__()
        self.config = config
        # Module parameters may not have dots in their names.
        self.weights = nn.ParameterDict(
            {
                name.replace(".", "/"): nn.Parameter(torch.empty(shape))
                for name, shape in parameter_shapes(config.architecture).items()
            }
        )
        self.register_buffer("motion_mean", motion_mean)
        self.register_buffer("motion_std", motion_std)
        signal = config.architecture.signal
        sigma_frames = signal.noise_sigma_frames if isinstance(signal, CorrelatedNoise) else 0.0
        self.register_buffer("kernel", torch.from_numpy(smoothing_kernel(sigma_frames))[:, None])
        for name, parameter in self.weights.items():  # Xavier, as sec. 5.3 says
            nn.init.zeros_(parameter) if parameter.ndim == 1 else nn.init.xavier_uniform_(parameter)
            if name.endswith("log_variance1/bias"):
                nn.init.constant_(parameter, _FIRST_LOG_VARIANCE)

    def parameters_by_name(self) -> dict[str, Tensor]:
        """The flat dict that `model.network` takes."""
        return {name.replace("/", "."): parameter for name, parameter in self.weights.items()}

    def forward(self, features: Tensor, motion: Tensor) -> dict[str, Tensor]:
        """Losses by name, unweighted, from (B, T, 64) log-mel and (B, T, motion_size) motion, both normalised.

        Of T frames the middle T - 2 loss_receptive_field are judged: what training sees is what generation sees.
        """
        architecture, config, p = self.config.architecture, self.config.training, self.parameters_by_name()
        trim, beyond = architecture.smoothing_receptive_field, architecture.loss_receptive_field
        audio = encode_audio(p, features[:, trim : features.shape[1] - trim], architecture)
        shared, specific = encode_motion(p, motion, architecture)
        s_a, s_m = _draw(audio), _draw(shared)
        kl = losses.kl_divergence
        out = {"kl_shared_audio": kl(*audio), "kl_shared_motion": kl(*shared)}
        out["alignment"] = losses.alignment_loss(s_a, s_m.detach() if config.alignment_stops else s_m, config.l1)
        codes = [(s_m, None), (s_a, None)]
        if specific is not None:
            i_m = _draw(specific)
            out["kl_specific"] = kl(*specific)
            if config.jitter_frames:
                codes = [(s_m, i_m), (s_a, disturb_timing(i_m, config.jitter_frames))]
            else:
                i_r, mapped = self.random_code(specific[0])
                if mapped is not None:
                    out["kl_mapping"] = kl(*mapped)
                codes = [(s_m, i_m), (s_a, i_m), (s_a, i_r)]
        specifics = torch.cat([i for _, i in codes]) if specific is not None else None
        decoded = self._decode(torch.cat([s for s, _ in codes]), specifics).chunk(len(codes))

        target = self.pose(motion[:, beyond:-beyond])
        for name, frames in zip(("reconstruction", "cross"), decoded, strict=False):
            pose = self.pose(frames)
            terms = losses.motion_losses(pose, target, config.l1)
            if config.weight_effort:
                terms |= dict(zip(("effort", "effort_acceleration"), losses.effort_loss(pose[0], target[0])))
            out |= {f"{term}_{name}": value for term, value in terms.items()}
        if len(codes) == 3:
            positions, wanted = self.pose(decoded[2])[0], target[0]
            out["relaxed"] = losses.relaxed_loss(positions, wanted, config.relaxed_rho_m)
            if config.weight_bicycle:
                recovered = encode_motion(p, decoded[2], architecture)[1][0]
                # i_r is longer than the decoded frames by the decoder's receptive field, and those are longer than
                # what is recovered by the motion encoder's.
                out["bicycle"] = losses.bicycle_loss(recovered, i_r[:, beyond:-beyond], config.l1)
            if config.weight_diversity:
                with torch.no_grad():
                    other = self.pose(self._decode(s_a, self.random_code(specific[0])[0]))[0]
                out["diversity"] = losses.diversity_loss(positions, other, config.diversity_clamp_m)
        return out

    def random_code(self, i_m: Tensor) -> tuple[Tensor, Gaussian | None]:
        """I_R for a clip whose specific code is i_m (B, T, 16), and its Gaussian (None without a mapping net).

        The signal has the clip's own mean and standard deviation per channel (sec. 4.2), without gradient to the
        encoder.
        """
        architecture = self.config.architecture
        i_m = i_m.detach().float()
        batch, n, channels = i_m.shape
        beyond = architecture.receptive_field if architecture.mapping_net else 0
        taps = len(self.kernel)
        white = torch.randn(batch, n + 2 * beyond + taps - 1, channels, device=i_m.device)
        noise = (white.unfold(1, taps, 1) @ self.kernel)[..., 0]
        signal = i_m.mean(1, keepdim=True) + i_m.std(1, keepdim=True) * noise
        if not architecture.mapping_net:
            return signal, None
        mapped = map_noise(self.parameters_by_name(), signal, architecture)
        return _draw(mapped), mapped

    def pose(self, frames: Tensor) -> tuple[Tensor, Tensor | None]:
        """Joint positions and rotations of normalised frames."""
        return pose_of(frames.float() * self.motion_std + self.motion_mean, self.config.architecture)

    def _decode(self, shared: Tensor, specific: Tensor | None) -> Tensor:
        return decode(self.parameters_by_name(), shared, specific, self.config.architecture)

    def total_loss(self, terms: dict[str, Tensor], step: int) -> Tensor:
        """The weighted sum at this step: Eq. 4 on both reconstructions, plus Eq. 3 and 9 to 12."""
        config = self.config.training

        def risen(share: float) -> float:
            return min(1.0, (step + 1) / max(1.0, share * config.steps))

        warm = risen(config.kl_warmup)
        left = max(0.0, 1 - step / config.steps)
        weights = {
            "rotation": config.weight_rotation, "position": config.weight_position, "speed": config.weight_speed,
            "alignment": config.weight_alignment * risen(config.alignment_warmup),
            "relaxed": config.weight_relaxed, "bicycle": config.weight_bicycle,
            "diversity": config.weight_diversity * left,
            "kl_shared": config.weight_kl_shared * warm, "kl_specific": config.weight_kl_specific * warm,
            "kl_mapping": config.weight_kl_specific * warm,
            "effort": config.weight_effort, "effort_acceleration": 5 * config.weight_effort,
        }  # fmt: skip
        return sum(weights[_weight_of(name)] * value for name, value in terms.items())


def pose_of(frames: Tensor, architecture: SystemArchitecture) -> tuple[Tensor, Tensor | None]:
    """Joint positions (B, T, J, 3) and rotations (B, T, J, 3, 3) of frames of 6-D rotations (B, T, motion_size).

    In 2-D the frames are the positions themselves, (B, T, J, 2), and there are no rotations.
    """
    if architecture.dimensions == 2:
        return frames.unflatten(-1, (-1, 2)), None
    with torch.autocast(frames.device.type, enabled=False):  # errors add up along the arm
        rotations = sixd_to_matrix(frames.unflatten(-1, (-1, 6)))
        return forward_kinematics(rotations, JOINT_SETS[architecture.joints])[0], rotations


def _weight_of(name: str) -> str:
    """The name of a loss's weight: its own, without what it was computed on."""
    for suffix in ("_reconstruction", "_cross", "_audio", "_motion"):
        name = name.removesuffix(suffix)
    return name


def disturb_timing(codes: Tensor, sigma_frames: float) -> Tensor:
    """Codes (B, T, C) read a little early or late, by a random time that is smooth and of about this deviation."""
    batch, n, channels = codes.shape
    knots = torch.randn(batch, 1, n // _JITTER_KNOT_FRAMES + 4, device=codes.device)
    offset = torch.nn.functional.interpolate(knots, scale_factor=_JITTER_KNOT_FRAMES, mode="linear")[:, 0]
    at = (torch.arange(n, device=codes.device) + sigma_frames * offset[:, :n]).clamp(0, n - 1.001)
    low = at.floor().long()[..., None].expand(-1, -1, channels)
    share = (at - at.floor())[..., None]
    return torch.lerp(codes.gather(1, low), codes.gather(1, low + 1), share.to(codes.dtype))


def _draw(gaussian: tuple[Tensor, Tensor]) -> Tensor:
    """A reparameterised sample (Kingma and Welling 2013)."""
    mean, log_variance = gaussian
    return mean + (0.5 * log_variance).exp() * torch.randn_like(mean)
