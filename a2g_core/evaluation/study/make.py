"""Makes a study: matched videos of several systems in one self-contained web page, and the researcher's key."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ...errors import ConfigError, OutputError
from ...files import exists, is_file, is_folder, listed, replacing
from ...outputs import check_file, check_folder, holds
from .clips import (
    Look,
    WrongAudio,
    choose_wrong_audio,
    cut,
    duration_s,
    match,
    read_speech,
    silent_video,
    speaker_of_stem,
    with_audio,
    with_text,
    write_wav,
)
from .design import MODES, PAIR_ANSWERS, RATINGS, Design, Trial, design_study

KEY_FORMAT = "a2g-study-key/1"
ANSWERS_FORMAT = "a2g-study-answers/1"
PAGE_FILE, KEY_FILE = "study.html", "key.json"
LARGEST_PAGE_MB = 400
"""Browsers hold the whole page in memory."""

_HERE = Path(__file__).parent
_KEY_NOTE = (
    "This file says which video is whose and which trials are attention checks. Keep it: never send it to participants."
)


@dataclass(frozen=True)
class Study:
    """A study that was made.

    page: the file for participants. key: the file that the researcher keeps for the analysis. study: the id that ties
    answers to both. left_out: clips that some system lacks.
    """

    page: Path
    key: Path
    study: str
    videos: int
    trials: int
    left_out: tuple[str, ...]


def make_study(  # noqa: PLR0913 - one for each option of `a2g study make`
    systems: dict[str, Path],
    speech: Path,
    out: Path,
    *,
    mode: str = "realism",
    seconds: float = 10.0,
    clips: int | None = None,
    pairs_per_participant: int | None = None,
    attention_checks: int | None = None,
    sound: bool = False,
    size: tuple[int, int] = (480, 480),
    fps: float = 30.0,
    seed: int = 0,
    title: str = "Movements of a talking character",
    return_to: str = "the person who sent you this page",
    speaker_of: Callable[[str], str] = speaker_of_stem,
    progress: Callable[[str, float], None] | None = None,
    force: bool = False,
) -> Study:
    """Write `study.html` for participants and `key.json` for the researcher into the folder out.

    systems: by name, a folder of motions, which are all rendered alike here, or of videos, which are brought to the
    same size, frame rate and length. speech: a folder of recordings. Files are matched by stem. The first `seconds` of
    every clip are used, or as much as the shortest system has: nothing is picked by hand.
    mode: "realism" (pairs; silent unless sound), "alignment" (one motion with right and wrong audio) or "rating" (the
    questionnaire of sec. 5.2.2). clips: at most this many, drawn by seed. pairs_per_participant: trials that each
    participant answers (default 20, or 4 pages of ratings as in the paper; never more than there are).
    attention_checks: default 2, or 1 for ratings. return_to: who receives the answers, as worded on the page.
    speaker_of: the speaker, from a stem. force: replace a study that nobody has answered yet. Raises ConfigError and
    DataError; OutputError where there is a study already, or nothing can be written.
    """
    out = Path(out)
    page, key = out / PAGE_FILE, out / KEY_FILE
    _check_no_study(out, force)
    files, speech_files, left_out = match({n: Path(f) for n, f in systems.items()}, Path(speech))
    names = _checked_settings(files, mode, seconds, size, fps, pairs_per_participant, attention_checks, clips)
    rng = np.random.default_rng(seed)
    if clips is not None and clips < len(names):
        names = sorted(rng.choice(names, clips, replace=False).tolist())
    checks = MODES[mode].checks if attention_checks is None else attention_checks
    design = design_study(mode, sorted(systems), names, sound=sound, checks=checks, rng=rng)
    asked = min(pairs_per_participant or (4 if mode == "rating" else 20), len(design.trials))
    look = Look(_even(size), float(fps))
    with tempfile.TemporaryDirectory(prefix="a2g-study-") as scratch:
        maker = _Maker(files, speech_files, look, seconds, Path(scratch), speaker_of, rng)
        videos = maker.render(design, progress or (lambda phase, share: None))
    page_data = _page_data(design, title, return_to, asked, checks, look, rng)
    digest = hashlib.sha256(json.dumps(page_data, sort_keys=True).encode())
    for name in sorted(videos):
        digest.update(hashlib.sha256(videos[name]).digest())
    page_data["study"] = study = digest.hexdigest()[:16]
    about = {"seed": seed, "size": look.size, "fps": look.fps, "sound": sound or mode != "realism",
             "left_out": left_out, "clips": maker.clips}  # fmt: skip
    described = describe_key(design, study, title, asked, checks, sorted(systems), about)
    text = _page(page_data, videos)
    out.mkdir(parents=True, exist_ok=True)
    with replacing(page) as new_page, replacing(key) as new_key:  # the key is in its place first
        new_page.write_text(text, encoding="utf-8")
        new_key.write_text(json.dumps(described, indent=1), encoding="utf-8")
    return Study(page, key, study, len(videos), len(design.trials) + len(design.checks), tuple(left_out))


def _check_no_study(out: Path, force: bool) -> None:
    """OutputError where there is a study: who answers its page needs its key, and only the key tells what they saw."""
    check_folder(out)
    inside = listed(out)
    for path in (*inside, *(below for folder in inside if is_folder(folder) for below in listed(folder))):
        if path.suffix.lower() == ".json" and is_file(path) and holds(ANSWERS_FORMAT)(path):
            raise OutputError(
                "'{path}' holds answers to a study", "make the new study in another folder", path=path
            )  # fmt: skip
    for path in (out / PAGE_FILE, out / KEY_FILE):
        if exists(path) and not force:
            raise OutputError(
                "'{out}' already holds a study",
                "make the new one in another folder, or add --force if nobody has its page", out=out,
            )  # fmt: skip
        if exists(path):
            check_file(path, is_ours=lambda path: True)


def _checked_settings(
    files: dict[str, dict[str, Path]], mode: str, seconds: float, size: tuple[int, int], fps: float, pairs: int | None,
    checks: int | None, clips: int | None,
) -> list[str]:  # fmt: skip
    """The stems that all systems have. Raises ConfigError for an invalid setting."""
    if mode not in MODES:
        raise ConfigError(f"there is no kind of study '{mode}'", f"choose one of {', '.join(MODES)}")
    if not 0.2 <= seconds <= 120 or not 1 <= fps <= 120:
        raise ConfigError(f"videos cannot have {seconds} s at {fps} fps", "give 0.2 to 120 s and 1 to 120 fps")
    if len(size) != 2 or not all(64 <= side <= 2048 for side in size):
        raise ConfigError(f"videos cannot have the size {size}", "give width and height of 64 to 2048 pixels")
    if (pairs is not None and pairs < 1) or (clips is not None and clips < 1):
        raise ConfigError("a study needs trials", "ask for 1 or more")
    if checks is not None and not 0 <= checks <= 10:
        raise ConfigError(f"there cannot be {checks} attention checks", "ask for 0 to 10")
    return sorted(next(iter(files.values())))


def _even(size: tuple[int, int]) -> tuple[int, int]:
    """Round down to even sides, which H.264 with 4:2:0 colours needs."""
    return (int(size[0]) // 2 * 2, int(size[1]) // 2 * 2)


class _Maker:
    """Renders the videos of a design. Each motion is drawn once, even if several videos show it."""

    def __init__(
        self, files: dict[str, dict[str, Path]], speech_files: dict[str, Path], look: Look, seconds: float,
        scratch: Path, speaker_of: Callable[[str], str], rng: np.random.Generator,
    ) -> None:  # fmt: skip
        self.files, self.speech_files, self.look, self.seconds = files, speech_files, look, seconds
        self.scratch, self.speaker_of, self.rng = scratch, speaker_of, rng
        self.clips: dict[str, dict[str, Any]] = {}
        self._lengths_s: dict[str, float] = {}

    def render(self, design: Design, progress: Callable[[str, float], None]) -> dict[str, bytes]:
        """The MP4 of every video of the design, by id."""
        self._prepare(sorted({v.clip for v in design.videos.values()}), design.mode == "alignment")
        done: dict[str, bytes] = {}
        for k, (name, video) in enumerate(design.videos.items()):
            progress("drawing", k / len(design.videos))
            path = self._with_speech(video.system, video.clip, video.audio)
            if video.instruction:
                told = self.scratch / f"{name}.mp4"
                with_text(path, video.instruction, self._lengths_s[video.clip], self.look, told)
                path = told
            done[name] = path.read_bytes()
        progress("drawing", 1.0)
        return done

    def _prepare(self, clips: list[str], wrong: bool) -> None:
        """Fix each clip's length and write its audio."""
        recordings = {c: read_speech(self.speech_files[c]) for c in clips}
        for clip, (samples, rate_hz) in recordings.items():
            shortest = min(len(samples) / rate_hz, *(duration_s(f[clip]) for f in self.files.values()))
            frames = int(min(self.seconds, shortest) * self.look.fps + 1e-6)
            if frames < 2:
                raise ConfigError(f"the clip '{clip}' is shorter than two frames", "leave it out")
            length_s = self._lengths_s[clip] = frames / self.look.fps
            write_wav(self._audio(clip, "right"), cut(samples, rate_hz, 0.0, length_s), rate_hz)
            self.clips[clip] = {"seconds": length_s, "speech": self.speech_files[clip].name}
        if wrong:
            spans = {c: len(s) / r for c, (s, r) in recordings.items()}
            for clip in clips:
                self._write_wrong(clip, recordings, spans)

    def _write_wrong(self, clip: str, recordings: dict[str, tuple[np.ndarray, int]], spans: dict[str, float]) -> None:
        length_s = self._lengths_s[clip]
        wrong: WrongAudio = choose_wrong_audio(clip, length_s, spans, self.speaker_of, self.rng)
        samples, rate_hz = recordings[wrong.source]
        part = cut(samples, rate_hz, wrong.start_s, length_s, circular=wrong.kind == "shifted")
        write_wav(self._audio(clip, "wrong"), part, rate_hz)
        self.clips[clip]["wrong_audio"] = asdict(wrong)

    def _audio(self, clip: str, audio: str) -> Path:
        return self.scratch / f"{audio}-{sorted(self.speech_files).index(clip)}.wav"

    def _with_speech(self, system: str, clip: str, audio: str) -> Path:
        stem = f"{sorted(self.files).index(system)}-{sorted(self.speech_files).index(clip)}"
        silent, out = self.scratch / f"{stem}-silent.mp4", self.scratch / f"{stem}-{audio}.mp4"
        if not exists(silent):
            silent_video(self.files[system][clip], silent, self._lengths_s[clip], self.look)
        if audio == "none":
            return silent
        if not exists(out):
            with_audio(silent, self._audio(clip, audio), out)
        return out


# The page and the key -------------------------------------------------------------------------------------------------


def _page_data(
    design: Design, title: str, return_to: str, asked: int, checks: int, look: Look, rng: np.random.Generator
) -> dict[str, Any]:
    """What the page knows: no names, no files, no expected answers of attention checks."""
    strata = _opaque({t.stratum for t in (*design.trials.values(), *design.checks.values())}, rng)
    clips = _opaque({v.clip for v in design.videos.values()}, rng)
    mode = MODES[design.mode]

    def rows(trials: dict[str, Trial]) -> list[list[object]]:
        return [[i, list(t.videos), strata[t.stratum], clips[t.clip]] for i, t in trials.items()]

    return {
        "format": ANSWERS_FORMAT, "mode": design.mode, "title": title, "guide": mode.guide, "returnTo": return_to,
        "questions": mode.questions, "answers": PAIR_ANSWERS, "ratings": {str(k): v for k, v in RATINGS.items()},
        "sound": next(iter(design.videos.values())).audio != "none", "size": look.size,
        "draws": [{"take": asked, "trials": rows(design.trials)}, {"take": checks, "trials": rows(design.checks)}],
    }  # fmt: skip


def _opaque(names: set[str], rng: np.random.Generator) -> dict[str, int]:
    return dict(zip(sorted(names), rng.permutation(len(names)).tolist()))


def _page(data: dict[str, Any], videos: dict[str, bytes]) -> str:
    """One self-contained HTML file; its content security policy forbids any connection."""
    total_mb = sum(map(len, videos.values())) * 4 / 3 / 1e6
    if total_mb > LARGEST_PAGE_MB:
        raise ConfigError(f"the page would be {total_mb:.0f} MB", "use fewer clips, or shorter or smaller ones")
    tags = "\n".join(
        f'<script type="text/plain" id="video-{name}">{base64.b64encode(videos[name]).decode()}</script>'
        for name in sorted(videos)
    )
    # "<" is escaped so that no text can end the script element it stands in.
    parts = {
        "title": html.escape(data["title"]), "style": (_HERE / "page.css").read_text(encoding="utf-8"),
        "script": (_HERE / "page.js").read_text(encoding="utf-8"),
        "data": json.dumps(data).replace("<", "\\u003c"), "videos": tags,
    }  # fmt: skip
    template = (_HERE / "page.html").read_text(encoding="utf-8")
    pieces = template.split("@@")  # text, name, text, name, ..., text: inserted parts are not searched for marks
    return "".join(parts[piece] if k % 2 else piece for k, piece in enumerate(pieces))


def describe_key(
    design: Design, study: str, title: str, asked: int, checks: int, systems: list[str], about: dict[str, Any]
) -> dict[str, Any]:
    """What `key.json` says of a study: which system each video shows, and which trial each answer belongs to."""
    return {
        "note": _KEY_NOTE, "format": KEY_FORMAT, "study": study, "mode": design.mode, "title": title,
        "systems": systems, "trials_per_participant": asked, "checks_per_participant": checks,
        "videos": {i: asdict(v) for i, v in design.videos.items()},
        "trials": {i: asdict(t) for i, t in {**design.trials, **design.checks}.items()},
        "about": about,
    }  # fmt: skip
