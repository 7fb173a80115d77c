"""Every measure of every entrant, on the same held-out speech, compared with the corpus's own motion.

No single number decides: pointwise distances (Eq. 13, 14) favour a frozen pose, diversity favours jitter, and a smooth
random mover fools everything but alignment. The summary therefore averages how close an entrant comes to the corpus in
eight ways, in which the frozen pose scores next to nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from ..body.kinematics import joint_positions
from ..body.motion import Motion
from ..body.skeleton import BODY
from ..errors import DataError
from ..model.checkpoint import Model
from ..training.judge_networks import AlignmentScorer, MotionEncoder
from . import beats, dynamics, feet, gestures, judges, people, ranges, timing
from .entrants import FPS, BodyEntrant, Clip
from .metrics import (
    average_and_best,
    body_positions,
    diversity_cm,
    l1_cm,
    mean,
    mean_of,
    multimodality_cm,
    pck,
    pck_of_person,
)
from .voice_use import architecture_of, shared_code_gap

JUDGED_RUNS = 5
"""Runs per clip for the trained judges and beat consistency, which are slow; means over clips are steady enough."""
WRISTS = [BODY.index(f"{side}_wrist") for side in ("left", "right")]


@dataclass(frozen=True)
class Scores:
    """The measurements of one entrant.

    numbers: by name, see `MEASURES`; nan where a measure does not apply. best: the best run, for the measures that the
    paper reports so. histograms: of speed by body part, over all runs. shift_s, shift_scores: the alignment scorer's
    curve of the arms. around: speed around accents. ranges_deg: (22, 3), 1st, 50th and 99th percentile of each joint's
    angle from rest. judged: the motions of the first runs, each one for every clip. The last six: 3-D only.
    """

    name: str
    numbers: dict[str, float]
    best: dict[str, float]
    runs: int
    histograms: dict[str, np.ndarray] = field(repr=False, default_factory=dict)
    shift_s: np.ndarray | None = field(repr=False, default=None)
    shift_scores: np.ndarray | None = field(repr=False, default=None)
    around: timing.Timing | None = field(repr=False, default=None)
    ranges_deg: np.ndarray | None = field(repr=False, default=None)
    judged: list[list[Motion]] = field(repr=False, default_factory=list)


MEASURES: dict[str, str] = {
    "summary": "closeness to the corpus in eight ways, 0 to 1 (at most 0.875 for a system that is not random)",
    "l1_sum_cm": "L1, Eq. 13, summed over xyz, 22 joints, cm",
    "l1_mean_cm": "the same, mean over xyz, cm",
    "pck_02m": "PCK, Eq. 14, within 0.2 m",
    "pck_02h": "PCK within 0.2 of the person's height",
    "diversity_cm": "diversity, Eq. 15, mean of all pairs, cm",
    "diversity_literal_cm": "diversity divided as Eq. 15 is printed, cm",
    "multimodality_cm": "multimodality, Eq. 16, mean of all pairs, cm",
    "multimodality_literal_cm": "multimodality divided as Eq. 16 is printed, cm",
    "speed_m_s": "mean speed, m/s",
    "speed_median_m_s": "median over frames of the joints' mean speed, m/s",
    "speed_95_m_s": "95th percentile of speed, m/s",
    "wrist_speed_m_s": "mean speed of the wrists, m/s",
    "acceleration_m_s2": "mean acceleration, m/s²",
    "jerk_m_s3": "mean jerk, m/s³",
    "jerk_median_m_s3": "median over frames of the joints' mean jerk, m/s³",
    "hellinger": "Hellinger distance of speeds from the corpus's, mean of body parts",
    "hellinger_arms": "the same, arms",
    "hellinger_torso": "the same, torso",
    "hellinger_head": "the same, head",
    "hellinger_legs": "the same, legs",
    "l1div_m": "L1Div: spread within a clip, m",
    "fgd": "FGD, own encoder",
    "fgd_upper": "the same of the body above the pelvis",
    "fgd_legs": "the same of pelvis and legs",
    "alignment_arms": "how often two windows of the arms fit their own speech better than each other's (chance 0.5)",
    "alignment_arms_error": "its standard error, over clips",
    "alignment_head": "the same of the head",
    "alignment_head_error": "its standard error, over clips",
    "alignment_control": "arms, two shifted speeches against each other (0.5 if the judge is fair)",
    **timing.NUMBERS,
    **gestures.NUMBERS,
    "delta_bc": "ΔBC: beat consistency minus that with shifted speech",
    "sliding_cm_s": "speed of the standing foot, cm/s",
    "skating": "share of foot contacts that skate",
    "ground_error_cm": "distance of the lower sole from the floor, cm",
    "outside_range_share": "share of frames with a joint outside its human range",
    "swap_cm": "how far the motion moves when the speech is swapped, cm (L1, sum)",
    "shared_code_gap": "‖S_A − S_M‖ / ‖S_M‖",
    "shared_code_gap_centred": "the same about the mean; 1: ignores the speech",
}
"""Description of each number. Speed to L1Div are means over frames, joints and clips; gaps are to the corpus's row."""

SMALLER_IS_BETTER = (
    "l1_sum_cm", "l1_mean_cm", "hellinger", "fgd", "fgd_upper", "fgd_legs", "sliding_cm_s", "skating",
    "ground_error_cm", "outside_range_share", "in_body_share",
)  # fmt: skip


@dataclass(frozen=True)
class Panel:
    """What every entrant is measured with: held-out clips, the judges, and the corpus's own numbers.

    fgd_floors: FGD between training and held-out motion of people, by measure. usual_speed: (22,) in m/s. windows: of
    the motion that FGD compares with: the clips' own, or for other people the corpus's. onsets_s, stresses: of each
    clip's speech.
    """

    clips: Sequence[Clip]
    encoder: MotionEncoder = field(repr=False)
    scorer: AlignmentScorer = field(repr=False)
    fgd_floors: dict[str, float]
    usual_speed: np.ndarray = field(repr=False)
    windows: np.ndarray = field(repr=False)
    onsets_s: Sequence[np.ndarray] = field(repr=False)
    stresses: Sequence[timing.Stress] = field(repr=False)

    def pairs(self, motions: Sequence[Motion]) -> list[judges.Pair]:
        """Each clip's speech with one of these motions, as judges take them."""
        return [(clip.heard(FPS).features, m.quaternions) for clip, m in zip(self.clips, motions, strict=True)]


def make_panel(clips: Sequence[Clip], training: Sequence[Clip], folder: Path | None = None) -> Panel:
    """Load the judges (from this folder; the built-in ones by default) and measure the held-out people."""
    (encoder, _), (scorer, _) = judges.load_judges(folder)
    truths, others = (judges.windows_of([c.truth.quaternions for c in group]) for group in (clips, training))
    speeds = [dynamics.derivative(body_positions(clip.truth), FPS, 1) for clip in clips]
    floors = {name: judges.fgd(encoder, truths, others, joints) for name, joints in _FGD_JOINTS.items()}
    return Panel(clips, encoder, scorer, floors, np.concatenate(speeds).mean(axis=0), truths, *_hear(clips))


def panel_of(clips: Sequence[Clip], panel: Panel) -> Panel:
    """Other clips, measured by the same judges against the same people."""
    onsets, stresses = _hear(clips)
    return replace(panel, clips=clips, onsets_s=onsets, stresses=stresses)


def _hear(clips: Sequence[Clip]) -> tuple[list[np.ndarray], list[timing.Stress]]:
    samples = [clip.sequence.samples() for clip in clips]
    stresses = [timing.listen(x, len(clip), FPS) for x, clip in zip(samples, clips, strict=True)]
    return [beats.audio_onsets_s(x) for x in samples], stresses


_FGD_JOINTS: dict[str, tuple[int, ...] | None] = {
    "fgd": None, "fgd_upper": judges.UPPER_BODY, "fgd_legs": judges.LEGS,
}  # fmt: skip


def measure(entrant: BodyEntrant, panel: Panel, samples: int, progress: Callable[[], object] = lambda: None) -> Scores:
    """All measures of an entrant, over `samples` runs of each clip (one run if the entrant is not random).

    progress: called after each clip.
    """
    runs = samples if entrant.is_random else 1
    per_clip: list[dict[str, float]] = []
    per_run: list[list[dict[str, float]]] = []
    judged: list[list[Motion]] = [[] for _ in range(min(runs, JUDGED_RUNS))]
    histograms: dict[str, np.ndarray] = {}
    for k, clip in enumerate(panel.clips):
        motions = [entrant.perform(clip, run) for run in range(runs)]
        positions = [body_positions(motion) for motion in motions]
        target = body_positions(clip.truth)
        per_run.append([_measure_run(m, p, target) for m, p in zip(motions, positions, strict=True)])
        per_clip.append(_measure_clip(entrant, panel, k, positions))
        for p in positions:
            for part, counts in dynamics.speed_histograms(p, FPS, BODY).items():
                histograms[part] = histograms.get(part, 0) + counts
        for run, kept in enumerate(judged):
            kept.append(motions[run])
        progress()
    numbers, best = averages(per_run, runs)
    numbers |= {name: mean([clip[name] for clip in per_clip]) for name in per_clip[0]}
    numbers |= judge(panel, judged)
    whole = [(stress, body_positions(m)) for kept in judged for stress, m in zip(panel.stresses, kept, strict=True)]
    around = timing.measure_timing(whole, FPS, BODY)
    numbers |= around.numbers
    if entrant.model is not None and has_its_codes(entrant.model, panel.clips[0]):
        pairs = [(clip.heard(FPS).features, clip.sequence.motion()) for clip in panel.clips]
        least = 2 * architecture_of(entrant.model).motion_receptive_field
        pairs = [(f, m) for f, m in pairs if len(m) > least]
        numbers["shared_code_gap"] = shared_code_gap(entrant.model, pairs)
        numbers["shared_code_gap_centred"] = shared_code_gap(entrant.model, pairs, centred=True)
    shift_s, shift_scores = judges.alignment_against_shift(panel.scorer, panel.pairs(judged[0]), "arms")
    everything = np.concatenate([m.quaternions[:, : len(BODY)] for kept in judged for m in kept])
    return Scores(
        entrant.name, numbers, best, runs, histograms, shift_s, shift_scores, around, _angles_deg(everything), judged,
    )  # fmt: skip


def finish(scores: Sequence[Scores], corpus: Scores, elsewhere: Scores, panel: Panel) -> None:
    """Add the numbers that need the corpus's own row: Hellinger distances and the summary.

    The reference for multimodality is that of the corpus's takes or, if it has none, of real motion from other moments.
    """
    multimodality = corpus.numbers["multimodality_cm"] or elsewhere.numbers["multimodality_cm"]
    for each in scores:
        numbers = each.numbers
        distances = dynamics.speed_distances(each.histograms, corpus.histograms)
        numbers["hellinger"] = float(np.mean(list(distances.values())))
        numbers |= {f"hellinger_{part.lower()}": distance for part, distance in distances.items()}
        likeness = {name: _likeness(numbers[name], corpus.numbers[name]) for name in ALIKE}
        likeness["multimodality_cm"] = _likeness(numbers["multimodality_cm"], multimodality)
        likeness["hellinger"] = 1 - numbers["hellinger"]
        likeness["fgd"] = min(1.0, panel.fgd_floors["fgd"] / max(numbers["fgd"], 1e-9))
        likeness["alignment"] = float(np.clip((numbers["alignment_arms"] - 0.5) / (PEOPLES_ALIGNMENT - 0.5), 0, 1))
        numbers["summary"] = float(np.mean(list(likeness.values())))


PEOPLES_ALIGNMENT = people.ALIGNMENT_ARMS
ALIKE = ("speed_m_s", "jerk_m_s3", "diversity_cm", "l1div_m")
SUMMARY = (
    "The summary is the plain mean of eight numbers from 0 to 1: how close speed, jerk, diversity, L1Div and "
    "multimodality are to the corpus's (the smaller divided by the larger; for multimodality, real motion from other "
    "moments if the corpus has only one take); 1 minus the Hellinger distance of speeds; the FGD between held-out "
    "and training people divided by the FGD; and the arms' alignment above chance as a share of people's. L1 and PCK "
    "are left out: a frozen pose scores best on them."
)


def _likeness(value: float, human: float) -> float:
    return float(min(value, human) / max(value, human, 1e-9))


def _measure_run(motion: Motion, positions: np.ndarray, target: np.ndarray) -> dict[str, float]:
    grounded = joint_positions(motion)
    return {
        "l1_sum_cm": l1_cm(positions, target), "l1_mean_cm": l1_cm(positions, target, form="mean"),
        "pck_02m": pck(positions, target), "pck_02h": pck_of_person(positions, target),
        **diversities(positions),
        "speed_m_s": dynamics.mean_speed(positions, FPS),
        "speed_median_m_s": dynamics.median_speed(positions, FPS),
        "speed_95_m_s": dynamics.speed_percentiles(positions, FPS, (95,))[0],
        "wrist_speed_m_s": dynamics.mean_speed(positions[:, WRISTS], FPS),
        "acceleration_m_s2": dynamics.mean_acceleration(positions, FPS),
        "jerk_m_s3": dynamics.mean_jerk(positions, FPS), "jerk_median_m_s3": dynamics.median_jerk(positions, FPS),
        "l1div_m": dynamics.l1_divergence(positions),
        "sliding_cm_s": feet.sliding_speed_cm_s(grounded, FPS, BODY),
        "skating": feet.skating_share(grounded, FPS, BODY), "ground_error_cm": feet.ground_error_cm(grounded, BODY),
        "outside_range_share": ranges.outside_share(motion.quaternions[:, : len(BODY)], BODY),
        **gestures.measure_hands(motion),
    }  # fmt: skip


def diversities(positions: np.ndarray) -> dict[str, float]:
    """Both forms of Eq. 15; nan for a clip of fewer than 100 frames."""
    try:
        values = [diversity_cm(positions, literal=literal) for literal in (False, True)]
    except DataError:
        values = [float("nan")] * 2
    return dict(zip(("diversity_cm", "diversity_literal_cm"), values))


def _measure_clip(entrant: BodyEntrant, panel: Panel, k: int, positions: list[np.ndarray]) -> dict[str, float]:
    """Measures that need several runs of a clip, or another clip's speech."""
    clip, other = panel.clips[k], panel.clips[(k + 1) % len(panel.clips)]
    out = {"multimodality_cm": 0.0, "multimodality_literal_cm": 0.0}
    motions = [*positions, *map(body_positions, entrant.other_takes(clip))]
    if len(motions) > 1:
        out["multimodality_cm"] = multimodality_cm(motions)
        out["multimodality_literal_cm"] = multimodality_cm(motions, literal=True)
    out["swap_cm"] = float("nan")
    if entrant.model is not None and other is not clip:
        n = min(len(clip), len(other))
        out["swap_cm"] = l1_cm(positions[0][:n], body_positions(entrant.perform(clip.saying(other), 0))[:n])
    onsets, usual, judged = panel.onsets_s[k], panel.usual_speed, positions[:JUDGED_RUNS]
    try:
        each = [beats.delta_beat_consistency(onsets, p, FPS, BODY, usual_speed=usual) for p in judged]
        out["delta_bc"] = float(np.mean(each))
    except DataError:  # the clip is too short or has no onsets: it does not count
        out["delta_bc"] = float("nan")
    return out


def averages(per_run: list[list[dict[str, float]]], runs: int) -> tuple[dict[str, float], dict[str, float]]:
    """Mean over clips for each run; then the average of the runs, and the best run."""
    numbers, best = {}, {}
    for name in per_run[0][0]:
        values = [mean([clip[run][name] for clip in per_run]) for run in range(runs)]
        numbers[name], best[name] = average_and_best(values, min if name in SMALLER_IS_BETTER else max)
    return numbers, best


def judge(panel: Panel, judged: Sequence[Sequence[Motion]]) -> dict[str, float]:
    """The trained judges' measures, averaged over runs; each run is a motion for every clip of the panel."""
    rows = []
    for run, motions in enumerate(judged):
        pairs, windows = panel.pairs(motions), judges.windows_of([m.quaternions for m in motions])
        arms, head = (judges.alignment_accuracy(panel.scorer, pairs, part, seed=run) for part in ("arms", "head"))
        control = judges.alignment_accuracy(panel.scorer, pairs, "arms", seed=run, control=True)
        rows.append({
            **{n: judges.fgd(panel.encoder, windows, panel.windows, joints) for n, joints in _FGD_JOINTS.items()},
            "alignment_arms": arms.windows, "alignment_arms_error": arms.error,
            "alignment_head": head.windows, "alignment_head_error": head.error, "alignment_control": control.windows,
        })  # fmt: skip
    return mean_of(rows)


def has_its_codes(model: Model, clip: Clip) -> bool:
    """Whether the model's codes of the corpus can be compared: it has codes, and the corpus has its joints and rate."""
    known = model.config.has_codes and model.fps == FPS
    return known and set(model.skeleton.names) <= set(clip.sequence.joints)


def _angles_deg(quaternions: np.ndarray) -> np.ndarray:
    """1st, 50th and 99th percentile of each joint's angle from rest: (N, J, 4) to (J, 3)."""
    angles = 2 * np.degrees(np.arccos(np.clip(np.abs(quaternions[..., 0]), 0, 1)))
    return np.percentile(angles, (1, 50, 99), axis=0).T
