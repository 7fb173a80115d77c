"""Renders a model's takes for inspection: `.venv/bin/python scripts/renders.py --speech DIR --out out/renders`.

For each recording, several takes: a video of the takes side by side with the speech, and a contact sheet with a row of
moments per take. Drawn without Blender, on the plain mannequin of `a2g evaluate`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from PIL import Image
from tqdm import tqdm

from a2g_core.errors import A2GError
from a2g_core.evaluation.drawing import draw_frames, draw_sheet, view_of
from a2g_core.evaluation.video import write_video
from a2g_core.model.checkpoint import Model, load_model
from a2g_core.performing.generate import generate
from a2g_core.speech.audio import SOUND_ENDINGS, open_speech

VIDEO_SIZE, SHEET_SIZE = (320, 400), (150, 200)


def main() -> None:
    """Render what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, help="a model file (default: the built-in one)")
    parser.add_argument("--speech", type=Path, required=True, help="a folder of recordings, or one of them")
    parser.add_argument("--takes", type=int, default=3)
    parser.add_argument("--style", default="", help="one of the model's styles (default: any)")
    parser.add_argument("--columns", type=int, default=14, help="moments per take on the contact sheet")
    parser.add_argument("--no-videos", action="store_true", help="only contact sheets")
    parser.add_argument("--out", type=Path, default=Path("out/renders"))
    options = parser.parse_args()
    model = load_model(options.model)
    found = sorted(options.speech.iterdir()) if options.speech.is_dir() else [options.speech]
    recordings = [path for path in found if path.suffix.lower() in SOUND_ENDINGS]
    if not recordings:
        raise A2GError(f"there are no recordings in '{options.speech}'", "give a folder of WAV, FLAC, MP3 or OGG files")
    for path in tqdm(recordings, unit="recording"):
        render(path, model, options)


def render(path: Path, model: Model, options: argparse.Namespace) -> None:
    """Render the takes of one recording to NAME.png and NAME.mp4."""
    speech, strips = open_speech(path), []
    takes = [generate(speech, model, seed=seed, style=options.style) for seed in range(options.takes)]
    for k, motion in enumerate(takes):
        positions, rotations = view_of(motion)
        strip = options.out / f".{path.stem}-{k}.png"
        draw_sheet(
            strip, positions, motion.skeleton, motion.fps, columns=options.columns, rows=1, size=SHEET_SIZE,
            rotations=rotations, title=f"{path.stem}, take {k + 1}",
        )  # fmt: skip
        strips.append(strip)
    pictures = [Image.open(strip).convert("RGB") for strip in strips]
    Image.fromarray(np.concatenate([np.asarray(p) for p in pictures])).save(options.out / f"{path.stem}.png")
    for strip in strips:
        strip.unlink()
    if not options.no_videos:
        views = [(view_of(motion), motion) for motion in takes]
        drawn = [draw_frames(p, m.skeleton, rotations=r, size=VIDEO_SIZE) for (p, r), m in views]
        frames = (np.concatenate(together, axis=1) for together in zip(*drawn, strict=True))
        write_video(options.out / f"{path.stem}.mp4", frames, model.fps, audio=path)


if __name__ == "__main__":
    main()
