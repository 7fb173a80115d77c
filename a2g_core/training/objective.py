"""The model in training: its parameters and its objective (Fig. 3), one forward pass per step."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn

from ..model.config import Config, CorrelatedNoise
from ..model.network import Gaussian, decode, encode_audio, encode_motion, map_noise, parameter_shapes
from ..performing.sampling import smoothing_kernel
from . import losses
from .blocks import residual_block
from .system_module import SystemModule, weighted_sum

_FIRST_LOG_VARIANCE = -4.0
"""Where training begins: at variance 1 a code is all noise, and the decoder learns to do without it."""

_JITTER_KNOT_FRAMES = 24
"""How long the disturbed time stays as early or late as it is."""


class Audio2Gestures(SystemModule[Config]):
    """The four networks' parameters; the maths is in `model.network`."""

    kernel: Tensor

    def __init__(self, config: Config, motion_mean: Tensor, motion_std: Tensor) -> None:
        super().__init__(config, parameter_shapes(config.architecture), motion_mean, motion_std)
        signal = config.architecture.signal
        sigma_frames = signal.noise_sigma_frames if isinstance(signal, CorrelatedNoise) else 0.0
        self.register_buffer("kernel", torch.from_numpy(smoothing_kernel(sigma_frames))[:, None])
        for name, parameter in self.weights.items():  # Xavier, as sec. 5.3 says
            nn.init.zeros_(parameter) if parameter.ndim == 1 else nn.init.xavier_uniform_(parameter)
            if name.endswith("log_variance1/bias"):
                nn.init.constant_(parameter, _FIRST_LOG_VARIANCE)

    def forward(self, features: Tensor, motion: Tensor) -> dict[str, Tensor]:
        """What training sees is what generation sees: no network pads."""
        architecture, config, p = self.config.architecture, self.config.training, self.parameters_by_name()
        trim, beyond = architecture.smoothing_receptive_field, architecture.loss_receptive_field
        audio = encode_audio(p, features[:, trim : features.shape[1] - trim], architecture, residual_block)
        shared, specific = encode_motion(p, motion, architecture, residual_block)
        s_a, s_m = _draw(audio), _draw(shared)
        kl = losses.kl_divergence
        out = {"kl_shared_audio": kl(*audio), "kl_shared_motion": kl(*shared)}
        out["alignment"] = losses.alignment_loss(s_a, s_m.detach() if config.alignment_stops else s_m, config.l1)
        codes: list[tuple[Tensor, Tensor | None]] = [(s_m, None), (s_a, None)]
        i_r: Tensor | None = None
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
        specifics = None if specific is None else torch.cat([i for _, i in codes if i is not None])
        decoded = self._decode(torch.cat([s for s, _ in codes]), specifics).chunk(len(codes))

        target = self.pose(motion[:, beyond:-beyond])
        for name, frames in zip(("reconstruction", "cross"), decoded, strict=False):
            pose = self.pose(frames)
            terms = losses.motion_losses(pose, target, config.l1)
            if config.weight_effort:
                terms["effort"], terms["effort_acceleration"] = losses.effort_loss(pose[0], target[0])
            out |= {f"{term}_{name}": value for term, value in terms.items()}
        if specific is not None and i_r is not None:
            positions = self.pose(decoded[2])[0]
            out["relaxed"] = losses.relaxed_loss(positions, target[0], config.relaxed_rho_m)
            recovered = self._recovered(decoded[2]) if config.weight_bicycle else None
            if recovered is not None:
                # i_r is longer than the decoded frames by the decoder's receptive field, and those are longer than
                # what is recovered by the motion encoder's.
                out["bicycle"] = losses.bicycle_loss(recovered[0], i_r[:, beyond:-beyond], config.l1)
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
        mapped = map_noise(self.parameters_by_name(), signal, architecture, residual_block)
        return _draw(mapped), mapped

    def _recovered(self, frames: Tensor) -> Gaussian | None:
        return encode_motion(self.parameters_by_name(), frames, self.config.architecture, residual_block)[1]

    def _decode(self, shared: Tensor, specific: Tensor | None) -> Tensor:
        return decode(self.parameters_by_name(), shared, specific, self.config.architecture, residual_block)

    def total_loss(self, terms: Mapping[str, Tensor], step: int) -> Tensor:
        """Eq. 4 on both reconstructions, plus Eq. 3 and 9 to 12."""
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
        return weighted_sum({name: weights[_weight_of(name)] for name in terms}, terms)


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
