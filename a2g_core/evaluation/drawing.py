"""Pictures and videos of motion without Blender: a shaded mannequin, drawn by the painter's algorithm.

The camera is fixed and the same for every motion, so that systems are seen alike. Frames are painted at twice the size
and averaged down. Needs Pillow; videos also need imageio-ffmpeg.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ..body.keypoints import KEYPOINT_NAMES, KEYPOINT_PARENTS, shoulder_width
from ..body.kinematics import forward_kinematics
from ..body.motion import Motion, Skeleton
from ..body.rotations import quaternion_to_matrix
from ..body.skeleton import PELVIS_HEIGHT_M
from ..errors import A2GError, MotionError
from ..files import replacing
from .mannequin import Mannequin
from .video import write_video

Size = tuple[int, int]
"""Width and height in pixels."""

AZIMUTH_DEG = -20.0
_SUPERSAMPLING = 2
_BLOCK = 32  # frames whose geometry is computed together

# The camera, in metres; the floor is at height 0 here.
_DISTANCE_M, _EYE_HEIGHT_M, _AIM_HEIGHT_M = 5.2, 1.45, 0.93
_FIELD_M = (1.75, 2.04)  # width and height of the field of view where the character stands

_KEY_LIGHT = np.array((-0.501, 0.622, 0.602), np.float32)  # right, up, towards the camera
_WARM, _COLD = np.array(((1.0, 0.985, 0.96), (0.0, 0.008, 0.025)), np.float32)
_BACKDROP_TOP, _BACKDROP_LOW, _FLOOR = (np.array(c, float) for c in ((206, 210, 216), (228, 230, 233), (196, 198, 202)))
_SHADOW = (92, 94, 104)
_INK, _LABEL = (52, 56, 64), (92, 96, 104)

# Key points: position of the neck and width of the shoulders, as fractions of the picture's width and height.
_NECK_AT, _SHOULDERS_WIDE = (0.5, 0.36), 0.26
_CENTRE, _LEFT, _RIGHT, _HEAD = (84, 90, 102), (37, 112, 178), (196, 94, 38), (190, 194, 200)


@dataclass(frozen=True)
class Camera:
    """A fixed camera; a negative azimuth looks at the character from its right."""

    size: Size
    azimuth_deg: float

    @property
    def eye(self) -> np.ndarray:
        angle = np.radians(self.azimuth_deg)
        return np.array((_DISTANCE_M * np.sin(angle), _EYE_HEIGHT_M, _DISTANCE_M * np.cos(angle)))

    @property
    def axes(self) -> np.ndarray:
        """(3, 3) rows: right, up, towards the camera."""
        back = self.eye - np.array((0.0, _AIM_HEIGHT_M, 0.0))
        back /= np.linalg.norm(back)
        right = np.cross((0.0, 1.0, 0.0), back)
        right /= np.linalg.norm(right)
        return np.stack((right, np.cross(back, right), back))

    @property
    def focal(self) -> float:
        """Focal length: pixels of the painted picture per metre at a distance of one metre."""
        return _SUPERSAMPLING * min(self.size[0] / _FIELD_M[0], self.size[1] / _FIELD_M[1]) * _DISTANCE_M

    def view(self, points: np.ndarray) -> np.ndarray:
        """World points (..., 3) in camera space: right, up, and minus the depth."""
        return (points - self.eye.astype(np.float32)) @ self.axes.T.astype(np.float32)

    def project(self, seen: np.ndarray) -> np.ndarray:
        """Points (..., 3) in camera space to pixels (..., 2) of the painted picture, y down."""
        depth = np.maximum(-seen[..., 2:], 0.1)
        middle = np.float32(0.5 * _SUPERSAMPLING) * np.array(self.size, np.float32)
        return middle + seen[..., :2] / depth * np.array((self.focal, -self.focal), np.float32)


def draw_frames(
    positions: np.ndarray, skeleton: Skeleton, *, rotations: np.ndarray | None = None, size: Size = (480, 480),
    azimuth_deg: float = AZIMUTH_DEG, title: str = "",
) -> Iterator[np.ndarray]:  # fmt: skip
    """Yield a picture (H, W, 3) uint8 of each frame.

    positions: (T, J, 3) in metres, Y up, the root's rest position at the origin, as `kinematics.joint_positions`
    returns them; J is 22, 52 or 55. rotations: (T, J, 3, 3), global, as `view_of` returns them: they turn the head and,
    where there are no fingers, the hands, which otherwise point straight ahead.
    Raises MotionError for other shapes and for values that are not finite.
    """
    for image in _images(positions, skeleton, rotations, size, azimuth_deg, title):
        yield np.asarray(image)


def draw_video(  # noqa: PLR0913 - a motion, its sound, and how it is seen; all but four have a default
    path: Path, positions: np.ndarray, skeleton: Skeleton, fps: float, *, rotations: np.ndarray | None = None,
    audio: Path | None = None, audio_start_s: float = 0.0, size: Size = (480, 480), azimuth_deg: float = AZIMUTH_DEG,
    title: str = "",
) -> None:  # fmt: skip
    """An MP4 of the motion with its speech; see `draw_frames` and `video.write_video`."""
    frames = draw_frames(positions, skeleton, rotations=rotations, size=size, azimuth_deg=azimuth_deg, title=title)
    write_video(path, frames, fps, audio=audio, audio_start_s=audio_start_s)


def draw_sheet(  # noqa: PLR0913 - a motion, a grid, and how it is seen; all but four have a default
    path: Path, positions: np.ndarray, skeleton: Skeleton, fps: float, *, columns: int = 6, rows: int = 2,
    title: str = "", rotations: np.ndarray | None = None, size: Size = (280, 360), azimuth_deg: float = AZIMUTH_DEG,
) -> None:  # fmt: skip
    """Write a PNG of evenly spaced frames, each labelled with its time, in reading order. size: of one frame."""
    if columns < 1 or rows < 1:
        raise A2GError("a sheet of {c} x {r} pictures is empty", "give 1 or more of each", c=columns, r=rows)
    shown = np.unique(np.linspace(0, len(positions) - 1, columns * rows).round().astype(int))
    chosen = np.asarray(positions)[shown]
    turned = None if rotations is None else np.asarray(rotations)[shown]
    head = 40 if title else 0
    sheet = Image.new("RGB", (columns * size[0], head + rows * size[1]), (255, 255, 255))
    write = ImageDraw.Draw(sheet)
    for k, image in enumerate(_images(chosen, skeleton, turned, size, azimuth_deg, "")):
        corner = (k % columns * size[0], head + k // columns * size[1])
        sheet.paste(image, corner)
        write.text((corner[0] + 8, corner[1] + 6), f"{shown[k] / fps:.2f} s", _LABEL, ImageFont.load_default(14))
    if title:
        write.text((10, 9), title, _INK, ImageFont.load_default(19))
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as part:
        sheet.save(part, format="PNG")


def view_of(motion: Motion) -> tuple[np.ndarray, np.ndarray]:
    """What to draw of a motion: positions (T, J, 3) and global rotations (T, J, 3, 3)."""
    positions, rotations = forward_kinematics(quaternion_to_matrix(motion.quaternions), motion.skeleton)
    return positions + motion.translation[:, None], rotations


def draw_keypoint_frames(
    keypoints: np.ndarray, *, shoulders: float | None = None, size: Size = (480, 480), title: str = ""
) -> Iterator[np.ndarray]:
    """Yield a picture (H, W, 3) uint8 of each frame of 2-D key points (T, 49, 2), y down, ordered as in `keypoints.py`.

    shoulders: shoulder width in the key points' unit (`keypoints.shoulder_width`); pass the recording's, so that every
    system is drawn at the same scale; None: this motion's own. The speaker's left is blue, the right orange; the head
    is decoration. Raises MotionError for other shapes and for values that are not finite.
    """
    keypoints = np.asarray(keypoints, np.float32)
    if keypoints.ndim != 3 or keypoints.shape[1:] != (len(KEYPOINT_NAMES), 2):
        raise MotionError(f"key points have shape {keypoints.shape}", "give (frames, 49, 2)")
    if not np.isfinite(keypoints).all():
        raise MotionError("the motion contains values that are not finite", "correct or remove those frames")
    width, height = (_SUPERSAMPLING * n for n in size)
    unit = _SHOULDERS_WIDE * min(width, height)
    scale = unit / max(shoulders or shoulder_width(keypoints), 1e-6)
    pixels = (keypoints - keypoints[:, :1]) * scale + np.array((_NECK_AT[0] * width, _NECK_AT[1] * height))
    backdrop = Image.new("RGB", (width, height), (240, 241, 243))
    if title:
        ImageDraw.Draw(backdrop).text((20, 16), title, _INK, ImageFont.load_default(20 * _SUPERSAMPLING))
    for points in pixels:
        image = backdrop.copy()
        _paint_keypoints(ImageDraw.Draw(image), points, unit)
        yield np.asarray(image.reduce(_SUPERSAMPLING))


def draw_keypoints_video(
    path: Path, keypoints: np.ndarray, fps: float, *, shoulders: float | None = None, audio: Path | None = None,
    audio_start_s: float = 0.0, size: Size = (480, 480), title: str = "",
) -> None:  # fmt: skip
    """An MP4 of 2-D key points with its speech; see `draw_keypoint_frames` and `video.write_video`."""
    frames = draw_keypoint_frames(keypoints, shoulders=shoulders, size=size, title=title)
    write_video(path, frames, fps, audio=audio, audio_start_s=audio_start_s)


def _paint_keypoints(draw: ImageDraw.ImageDraw, points: np.ndarray, unit: float) -> None:
    """Draw bones as round-ended lines; unit: shoulder width in pixels. Hands come last because they are in front."""
    neck = points[0]
    head = (neck[0] - 0.27 * unit, neck[1] - 1.02 * unit, neck[0] + 0.27 * unit, neck[1] - 0.28 * unit)
    draw.ellipse(head, fill=_HEAD)
    for k, parent in enumerate(KEYPOINT_PARENTS):
        name = KEYPOINT_NAMES[k]
        if parent < 0:
            continue
        shade = _LEFT if name.startswith("left") else _RIGHT
        thick = unit * (0.115 if k < 7 else 0.032)
        a, b = points[parent], points[k]
        if name.endswith("shoulder"):
            shade = _CENTRE
        draw.line((*a, *b), fill=shade, width=max(1, round(thick)))
        for x, y in (a, b):
            draw.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), fill=shade)


# --- painting ----------------------------------------------------------


def _images(
    positions: np.ndarray, skeleton: Skeleton, rotations: np.ndarray | None, size: Size, azimuth_deg: float, title: str
) -> Iterator[Image.Image]:
    positions = np.asarray(positions, np.float32)
    if positions.ndim != 3 or positions.shape[1:] != (len(skeleton), 3):
        raise MotionError(
            "positions have shape {shape}", "give (frames, {joints}, 3) for this skeleton",
            shape=positions.shape, joints=len(skeleton),
        )  # fmt: skip
    if not np.isfinite(positions).all():
        raise MotionError("the motion contains values that are not finite", "correct or remove those frames")
    camera = Camera(size, azimuth_deg)
    figure = Mannequin(skeleton)
    backdrop = paint_backdrop(camera).copy()
    if title:
        ImageDraw.Draw(backdrop).text((20, 16), title, _INK, ImageFont.load_default(20 * _SUPERSAMPLING))
    stand = np.array((0.0, PELVIS_HEIGHT_M, 0.0), np.float32)
    for start in range(0, len(positions), _BLOCK):
        part = slice(start, start + _BLOCK)
        block = positions[part] + stand
        turned = None if rotations is None else np.asarray(rotations[part])
        feet = np.stack([block[:, skeleton.index(n)] for n in _SHADOW_JOINTS], axis=1)
        for shadows, (polygons, inks) in zip(feet, _faces(figure, camera, block, turned)):
            image = backdrop.copy()
            paint_shadows(image, camera, shadows)
            draw = ImageDraw.Draw(image)
            for polygon, ink in zip(polygons, inks):
                draw.polygon(polygon, fill=ink)
            yield image.reduce(_SUPERSAMPLING)


def _faces(
    figure: Mannequin, camera: Camera, positions: np.ndarray, rotations: np.ndarray | None
) -> Iterator[tuple[list[list[float]], list[int]]]:
    """For each frame the corners of the visible faces, the farthest first, and their packed colours."""
    vertices, normals = figure.place(positions, rotations)
    seen, normals = camera.view(vertices), normals @ camera.axes.T.astype(np.float32)
    pixels = camera.project(seen)
    faces = figure.mesh.faces
    middle = seen[:, faces].mean(axis=2)
    facing = (normals * -middle).sum(-1) / np.linalg.norm(middle, axis=-1)
    inks = _inks(normals, facing, figure.mesh.colours)
    for k in range(len(positions)):
        order = np.flatnonzero(facing[k] > 0)
        order = order[np.argsort(middle[k, order, 2])]
        yield pixels[k][faces[order]].reshape(-1, 8).tolist(), inks[k, order].tolist()


def _inks(normals: np.ndarray, facing: np.ndarray, colours: np.ndarray) -> np.ndarray:
    """(B, F) colours packed for Pillow: key light, sky light, and an outline that separates limbs from the trunk."""
    key = np.maximum(normals @ _KEY_LIGHT, 0)
    sky = 0.5 + 0.5 * normals[..., 1]
    light = (0.24 + 0.28 * sky + 0.60 * key) * (0.62 + 0.38 * np.clip(1.6 * facing, 0, 1))
    warm = _WARM * light[..., None] + _COLD * (1 - key[..., None])
    byte = (255 * np.clip(colours * warm, 0, 1)).astype(np.int32)
    return byte[..., 0] | byte[..., 1] << 8 | byte[..., 2] << 16


@lru_cache(maxsize=8)
def paint_backdrop(camera: Camera) -> Image.Image:
    """A grey gradient, lighter at the bottom, and a floor that fades into it, with a line every half metre."""
    width, height = (_SUPERSAMPLING * n for n in camera.size)
    x, y = np.meshgrid(np.arange(width) + 0.5 - width / 2, height / 2 - np.arange(height) - 0.5)
    rays = np.stack((x / camera.focal, y / camera.focal, -np.ones_like(x)), axis=-1) @ camera.axes
    reach = np.where(rays[..., 1] < -1e-3, -_EYE_HEIGHT_M / np.minimum(rays[..., 1], -1e-3), 1e3)
    spot = camera.eye[[0, 2]] + reach[..., None] * rays[..., [0, 2]]
    near = np.clip(1.15 - np.linalg.norm(spot, axis=-1) / 2.4, 0, 1)
    near = (near * near * (3 - 2 * near))[..., None]
    lines = np.abs((spot / 0.5 + 0.5) % 1.0 - 0.5).min(axis=-1)[..., None] * 0.5  # metres to the nearest line
    down = np.linspace(0, 1, height)[:, None, None]
    colour = _BACKDROP_TOP * (1 - down) + _BACKDROP_LOW * down
    colour = colour + near * (_FLOOR - colour) - 14 * near * np.clip(1.4 - lines / 0.006, 0, 1)
    return Image.fromarray(colour.clip(0, 255).astype(np.uint8), "RGB")


_SHADOW_JOINTS = ("pelvis", "left_ankle", "left_foot", "right_ankle", "right_foot")
_SHADOW_RADII_M = (0.42, 0.13, 0.13, 0.13, 0.13)
_SHADOW_STRENGTHS = (0.50, 0.46, 0.46, 0.46, 0.46)


def paint_shadows(image: Image.Image, camera: Camera, joints: np.ndarray) -> None:
    """Soft shadows on the floor under the pelvis and the feet; fainter under a lifted foot."""
    grounded = np.array(joints)
    grounded[:, 1] = 0.0
    seen = camera.view(grounded)
    places, scales = camera.project(seen), camera.focal / -seen[:, 2]
    slant = _EYE_HEIGHT_M / np.hypot(_EYE_HEIGHT_M, _DISTANCE_M)
    for k, (x, y) in enumerate(places):
        lifted = 1.0 if k == 0 else float(np.clip(1.25 - joints[k, 1] / 0.3, 0, 1))
        half = max(1, round(float(scales[k]) * _SHADOW_RADII_M[k]))
        spot = _spot(half, max(1, round(half * slant)), round(20 * _SHADOW_STRENGTHS[k] * lifted))
        image.paste(_SHADOW, (round(x) - spot.width // 2, round(y) - spot.height // 2), spot)


@lru_cache(maxsize=256)
def _spot(half_width: int, half_height: int, twentieths: int) -> Image.Image:
    """A round mask that fades outwards from a peak of twentieths / 20."""
    y, x = np.mgrid[-half_height : half_height + 1, -half_width : half_width + 1]
    inside = np.clip(1 - np.hypot(x / half_width, y / half_height), 0, 1)
    return Image.fromarray((255 * twentieths / 20 * inside**1.5).astype(np.uint8), "L")
