"""Reads answer files and keys. Anyone may have written them, so only JSON of exactly the expected shape is accepted."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from operator import index
from pathlib import Path
from typing import Any

from ...errors import DataError
from ...files import is_file
from .design import MODES, PAIR_ANSWERS, RATINGS, Trial, Video
from .make import ANSWERS_FORMAT, KEY_FORMAT

LARGEST_ANSWERS_BYTES = 1_000_000
LARGEST_KEY_BYTES = 50_000_000


@dataclass(frozen=True)
class Key:
    """What the researcher keeps: each video's system, which trials are attention checks, and their expected answers."""

    study: str
    mode: str
    title: str
    systems: tuple[str, ...]
    trials_per_participant: int
    checks_per_participant: int
    videos: dict[str, Video]
    trials: dict[str, Trial]


@dataclass(frozen=True)
class Answer:
    """One answered trial.

    order: the videos as shown. answer: "left", "equal" or "right"; for ratings the scores by question and position.
    """

    trial: str
    order: tuple[str, ...]
    answer: str | dict[str, tuple[int, ...]]
    seconds: float

    @property
    def choice(self) -> str:
        """The answer to a pair."""
        assert isinstance(self.answer, str)  # `read_answers` has checked it against the study's mode
        return self.answer

    @property
    def ratings(self) -> dict[str, tuple[int, ...]]:
        """The answer to a page of ratings."""
        assert isinstance(self.answer, dict)
        return self.answer


@dataclass(frozen=True)
class Participant:
    """One participant's answer file."""

    name: str
    file: str
    answers: tuple[Answer, ...]


def read_key(path: Path) -> Key:
    """Read the key of a study. Raises DataError for any other file."""
    content = _read_json(Path(path), LARGEST_KEY_BYTES)
    try:
        if content["format"] != KEY_FORMAT or content["mode"] not in MODES:
            raise ValueError
        videos = {i: Video(**v) for i, v in content["videos"].items()}
        trials = {i: Trial(**{**t, "videos": tuple(t["videos"])}) for i, t in content["trials"].items()}
        if any(v not in videos for t in trials.values() for v in t.videos):
            raise ValueError
        texts = (content["study"], content["mode"], content["title"], tuple(content["systems"]))
        counts = (index(content["trials_per_participant"]), index(content["checks_per_participant"]))
        key = Key(*texts, *counts, videos, trials)
        _check_key(key)
        return key
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError):
        raise DataError(
            "'{file}' is not the key of a study",
            "give the key.json that was written beside the page",
            file=Path(path).name,
        ) from None


def _check_key(key: Key) -> None:
    """ValueError or TypeError for videos and trials that no study of this mode has."""
    texts = [key.study, key.title, *key.systems, *(t for v in key.videos.values() for t in vars(v).values())]
    if not all(isinstance(text, str) for text in texts) or len(set(key.systems)) < len(key.systems):
        raise ValueError
    "".join(texts).encode()  # a report could not be written with anything but Unicode
    if any(video.system not in key.systems for video in key.videos.values()):
        raise ValueError
    for trial in key.trials.values():
        shown = [key.videos[v] for v in trial.videos]
        told = [video for video in shown if video.instruction]
        expected = {None: None, **dict.fromkeys(RATINGS if key.mode == "rating" else PAIR_ANSWERS)}
        if trial.expected not in expected or (trial.expected is not None and not told):
            raise ValueError
        if len(set(trial.videos)) != len(shown) or len(shown) < 2 or (key.mode != "rating" and len(shown) > 2):
            raise ValueError
        if key.mode == "alignment" and sorted(video.audio for video in shown) != ["right", "wrong"]:
            raise ValueError


def read_participants(paths: list[Path], key: Key) -> list[Participant]:
    """Read all answer files. Raises DataError at the first that is damaged, foreign, unfinished or a duplicate."""
    participants: dict[str, Participant] = {}
    for path in sorted(map(Path, paths)):
        participant = read_answers(path, key)
        if participant.name in participants:
            raise DataError(
                "'{a}' and '{b}' both come from participant '{name}'", "keep the one that counts",
                a=participants[participant.name].file, b=path.name, name=participant.name,
            )  # fmt: skip
        participants[participant.name] = participant
    if not participants:
        raise DataError("there are no answer files", "give the JSON files that participants sent")
    return list(participants.values())


def read_answers(path: Path, key: Key) -> Participant:
    """Read one answer file and check all of it against the key."""
    content = _read_json(path, LARGEST_ANSWERS_BYTES)
    name = path.name
    if content.get("format") != ANSWERS_FORMAT:
        raise DataError("'{file}' is not an answer file", "give the JSON files that participants sent", file=name)
    if content.get("study") != key.study:
        raise DataError("'{file}' answers another study", "give the key that was made with its page", file=name)
    if set(content) != {"format", "study", "mode", "participant", "started", "finished", "answers"}:
        raise _damaged(name, "fields are missing or unknown")
    _require(content["mode"] == key.mode, name, "it is for another kind of study")
    for field in ("participant", "started", "finished"):
        _require(isinstance(content[field], str), name, f"'{field}' is not text")
    _require(
        re.fullmatch(r"[A-Za-z0-9_.\-]{1,40}", content["participant"]),
        name,
        "the participant's code has characters that are not allowed",
    )
    _require(isinstance(content["answers"], list), name, "'answers' is not a list")
    answers = tuple(_read_answer(a, key, name) for a in content["answers"])
    asked = key.trials_per_participant + key.checks_per_participant
    _require(len({a.trial for a in answers}) == len(answers), name, "a trial is answered twice")
    checks = sum(key.trials[a.trial].expected is not None for a in answers)
    if len(answers) != asked or checks != key.checks_per_participant:
        raise DataError(
            "'{file}' holds {n} of {asked} answers", "ask the participant to finish, or leave it out",
            file=name, n=len(answers), asked=asked,
        )  # fmt: skip
    return Participant(content["participant"], name, answers)


def _read_answer(raw: Any, key: Key, file: str) -> Answer:
    fields = {"trial", "order", "answer", "plays", "seconds"}
    _require(isinstance(raw, dict) and set(raw) == fields, file, "an answer has other fields")
    _require(isinstance(raw["trial"], str) and raw["trial"] in key.trials, file, "a trial is unknown")
    trial, order = key.trials[raw["trial"]], raw["order"]
    _require(
        isinstance(order, list) and all(isinstance(v, str) for v in order), file, "an order is not a list of videos"
    )
    _require(sorted(order) == sorted(trial.videos), file, "an order does not name the trial's videos")
    plays, seconds = raw["plays"], raw["seconds"]
    _require(isinstance(plays, list) and len(plays) == len(order), file, "'plays' is not one number per video")
    _require(all(type(n) is int and 1 <= n < 1e6 for n in plays), file, "a video was not played to its end")
    _require(
        type(seconds) in (int, float) and math.isfinite(seconds) and 0 <= seconds < 1e9,
        file,
        "a time is not a number of seconds",
    )
    return Answer(raw["trial"], tuple(order), _read_choice(raw["answer"], key.mode, len(order), file), float(seconds))


def _read_choice(raw: Any, mode: str, videos: int, file: str) -> str | dict[str, tuple[int, ...]]:
    if mode != "rating":
        _require(isinstance(raw, str) and raw in PAIR_ANSWERS, file, "an answer is not left, equal or right")
        return raw
    questions = MODES[mode].questions
    _require(isinstance(raw, dict) and set(raw) == set(questions), file, "a question is missing or unknown")
    for scores in raw.values():
        _require(isinstance(scores, list) and len(scores) == videos, file, "there is not one rating per video")
        _require(all(type(s) is int and s in RATINGS for s in scores), file, "a rating is not 1 to 5")
    return {question: tuple(raw[question]) for question in questions}


def _read_json(path: Path, largest_bytes: int) -> dict[str, Any]:
    if not is_file(path):
        raise DataError("there is no file '{file}'", "check the path", file=path)
    if path.stat().st_size > largest_bytes:
        raise DataError("'{file}' is too large", "give the file as it was saved by the page", file=path.name)
    try:
        content = json.loads(path.read_bytes().decode("utf-8"), object_pairs_hook=_unique)
    except (ValueError, RecursionError):
        raise DataError("'{file}' is not JSON", "give the file as it was saved by the page", file=path.name) from None
    _require(isinstance(content, dict), path.name, "it is not an object")
    return content


def _unique(pairs: list[tuple[str, object]]) -> dict[str, Any]:
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a name occurs twice")
    return dict(pairs)


def _require(condition: object, file: str, why: str) -> None:
    if not condition:
        raise _damaged(file, why)


def _damaged(file: str, why: str) -> DataError:
    return DataError("'{file}' is damaged: {why}", "ask the participant to send it again", file=file, why=why)
