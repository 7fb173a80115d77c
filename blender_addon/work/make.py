"""Makes the takes of an order: hears the speech, generates the motion, writes the recipe. Touches no Blender data.

It runs on a job's thread, or on the main thread where there is no interface to keep responsive.
"""

from __future__ import annotations

import itertools
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Any

import bpy
import numpy as np
from bpy.app.handlers import persistent

from .. import bl
from ..a2g_core import __version__
from ..a2g_core.body.motion import Motion, Pin
from ..a2g_core.errors import A2GError, PinError
from ..owner import disown, own, owned
from ..scene.feet import UNKNOWN_CM
from ..scene.pins import place_pins
from ..scene.recipe import PinRecord, Recipe, digest_pin
from ..sentences import sentence
from ..speech.strips import SpeechSource
from ..timer import guarded
from . import gesture_model, take_cache
from .engine import Engine
from .gesture_model import Models
from .orders import Listened, Order

if TYPE_CHECKING:
    from ..a2g_core.model.checkpoint import Model
    from ..a2g_core.performing.request import Request
    from ..a2g_core.performing.session import Session
    from ..a2g_core.speech.heard import Heard

KEPT_SPEECHES = 4

_SEEN_DEG = 1.0
"""Two poses in which no joint is turned by more look the same."""

_WARM_S, _WARM_HZ = 1.0, 48000
"""The rooms are prepared by so much noise at this rate."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Take:
    """A finished motion: frames `first` to `first + len(motion)` of the take that the recipe describes.

    idle: quaternions (J, 4) that the keys are relative to; None for a take that replaces what is below it.
    """

    motion: Motion
    first: int
    recipe: Recipe
    idle: np.ndarray | None


@dataclass(frozen=True)
class Result:
    """What an order became. notes: sentences about how the speech was heard, and about what was left out. others: what
    its orders for other characters became.
    """

    number: int
    order: Order
    takes: tuple[Take, ...]
    notes: tuple[str, ...] = ()
    others: tuple[Result, ...] = ()

    @property
    def all(self) -> tuple[Result, ...]:
        """This one and those of the other characters."""
        return (self, *self.others)

    @property
    def all_notes(self) -> tuple[str, ...]:
        """The notes of all of them, each once."""
        return tuple(dict.fromkeys(note for result in self.all for note in result.notes))


class Maker:
    """Makes takes, and remembers the speeches it heard last and how a character stands.

    A job's thread calls `make`, and the main thread may call any method meanwhile: Change Phrase hears the speech while
    a live update is being generated. So a lock guards what is remembered. It is never held during a computation: two
    threads that need the same speech at once both hear it, and the first to finish decides which copy is used.
    """

    def __init__(self, models: Models, engine: Engine) -> None:
        self.models, self._engine = models, engine
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._heard: OrderedDict[tuple[str, float], Heard] = OrderedDict()
        self._idle: dict[str, np.ndarray] = {}
        self._session: Session | None = None
        self._changed: tuple[bytes, Motion] | None = None
        self._preparing: threading.Thread | None = None

    def prepare(self, model_file: str = "") -> None:
        """Do on a thread of its own, while nobody has clicked yet, what is done once: import the rooms that perform,
        read the model, and hear and perform a second with it. What goes wrong is told when somebody clicks.
        """
        self._preparing = threading.Thread(target=self._warm, args=(model_file,), name="a2g-prepare", daemon=True)
        self._preparing.start()

    def wait_until_prepared(self) -> None:
        """Wait for what `prepare` began."""
        if self._preparing is not None:
            self._preparing.join()

    def _warm(self, model_file: str) -> None:
        from ..a2g_core.performing.generate import generate
        from ..a2g_core.performing.request import Idle
        from ..a2g_core.speech.audio import Speech
        from ..a2g_core.speech.heard import hear
        from ..speech import mix  # noqa: F401 (what reads a strip's sound)

        try:
            model = self.models.load(model_file)
            noise = 0.1 * np.random.default_rng(0).standard_normal(round(_WARM_S * _WARM_HZ))
            heard = hear(Speech.from_samples(noise, _WARM_HZ), model.fps)
            generate(heard, model, idle=Idle() if model.config.has_codes else None)
        except Exception as error:
            _log.info("not prepared: %r", error)

    def make(
        self,
        order: Order,
        progress: Callable[[str, float], None] | None = None,
        should_cancel: Callable[[], bool] | None = None,
    ) -> Result:
        """Generate in the calling thread. Raises A2GError for what the artist can mend, and Cancelled."""
        if progress is not None:
            progress("Reading audio", 0.0)
        model = self.models.load(order.model_file)
        heard = self.hear(order, model, should_cancel)
        if order.spoken_anew is not None and not _is_speech_of(order.take_to_change.recipe, heard, order.fps):
            order = order.spoken_anew
        n_frames, start = round(heard.duration_s * order.fps), order.speech.start_frame
        if not -bl.LAST_FRAME <= start <= bl.LAST_FRAME - n_frames:
            raise A2GError(
                "the speech lies outside Blender's timeline (frames {first} to {last})",
                "let it begin earlier or later", first=start, last=start + n_frames - 1,
            )  # fmt: skip
        order = self._with_idle(order, model, start, n_frames, should_cancel)
        first, stop = order.request.frames(heard.duration_s, order.fps)
        pins, outside = place_pins(list(order.clips), start, n_frames)
        unused = tuple(
            PinError(
                "pinned clip '{name}' lies outside the speech (frames {first} to {last})", "move it there or unpin it",
                name=name, first=start, last=start + n_frames - 1,
            )
            for name in outside
        )  # fmt: skip
        if order.needs_pins and not pins and unused:
            raise unused[0]
        used = [clip for clip in order.clips if clip.name not in outside]
        recipe = Recipe(
            version=__version__, model=model.info["sha256"], engine=order.engine.engine,
            made=datetime.now(UTC).isoformat(timespec="seconds"), speech=order.speech.name,
            speech_digest=heard.digest, start_frame=start + first, n_frames=stop - first, request=order.request,
            pins=tuple(PinRecord(clip.name, digest_pin(pin)) for clip, pin in zip(used, pins)),
            body_parts=order.body_parts, layering=order.layering,
            model_name=gesture_model.name_of(model, order.model_file), plants_feet=order.feet.are_planted,
        )  # fmt: skip
        _check_expected(order, recipe, heard, model)
        with self._listening(heard, model) as session:
            order, lost = _with_its_accents(order, session)
            takes = tuple(
                self._make_take(order, _of_request(recipe, request, model), session, pins, progress, should_cancel)
                for request in order.request.series(order.n_takes)
            )
        _log.info("made %d take(s) of %d frames by %s", len(takes), stop - first, order.engine.engine)
        others = tuple(self.make(other, progress, should_cancel) for other in order.others)
        return Result(next(self._numbers), order, takes, tuple(map(sentence, (*heard.notes, *unused, *lost))), others)

    def _with_idle(
        self, order: Order, model: Model, start: int, n_frames: int, should_cancel: Callable[[], bool] | None
    ) -> Order:
        """An order whose request says how long the idle around the speech is, and who is listened to."""
        from ..a2g_core.performing.attending import Partner
        from ..a2g_core.performing.listening import spoken_parts
        from ..a2g_core.performing.request import Idle

        if order.room is not None:
            first, last = order.room
            before, after = max(0, start - first), max(0, last + 1 - start - n_frames)
            order = order.requesting(idle=Idle(before / order.fps, after / order.fps))
        if not order.partners:
            return order
        found = []
        for partner in order.partners:
            later_s = (partner.speech.start_frame - start) / order.fps
            parts = spoken_parts(self.hear(partner, model, should_cancel))
            spoken = tuple((round(a + later_s, 3), round(b + later_s, 3)) for a, b in parts)
            begins_s = (partner.first_frame - start) / order.fps if np.ndim(partner.yaw_deg) else 0.0
            found.append(Partner(spoken, partner.yaw_deg, partner.eyes, begins_s))
        return order.requesting(partners=tuple(found))

    def hear(self, spoken: Order | Listened, model: Model, should_cancel: Callable[[], bool] | None = None) -> Heard:
        """What an order's character, or a partner, says, as the model hears it; from memory if it was heard lately."""
        return self.hear_speech(spoken.speech, model.fps, should_cancel)

    def hear_speech(
        self, speech: SpeechSource, fps: float, should_cancel: Callable[[], bool] | None = None
    ) -> Heard:  # fmt: skip
        """What a speech says at so many frames a second; from memory if it was heard lately."""
        from ..a2g_core.speech.heard import hear, silence

        if not speech.clips:
            return silence(speech.duration_s or 0.0, fps)
        key = speech.key, fps
        with self._lock:
            known = self._heard.get(key)
        if known is None:
            known = hear(speech.open(should_cancel), fps, should_cancel)
        with self._lock:
            known = self._heard.setdefault(key, known)
            self._heard.move_to_end(key)
            while len(self._heard) > KEPT_SPEECHES:
                self._heard.popitem(last=False)
        return known

    def idle(self, model: Model) -> np.ndarray:
        """How a character stands that does nothing, as quaternions (J, 4); computed once per model."""
        from ..a2g_core.performing.generate import idle_pose

        digest = model.info["sha256"]
        with self._lock:
            known = self._idle.get(digest)
        if known is None:
            known = idle_pose(model)
        with self._lock:
            self._idle = {digest: known}
        return known

    def forget_speeches(self) -> None:
        """Free the memory of what was heard: another file has other speeches."""
        with self._lock:
            self._heard.clear()
            self._session = self._changed = None

    def _last_change(self, asked: bytes) -> Motion | None:
        """The motion that a part of a take was last changed to, if it is what is asked for."""
        with self._lock:
            return self._changed[1] if self._changed is not None and self._changed[0] == asked else None

    @contextmanager
    def _listening(self, heard: Heard, model: Model) -> Iterator[Session]:
        """A session of this speech and model: the last one, if nobody else has it."""
        from ..a2g_core.performing.session import Session

        with self._lock:
            session, self._session = self._session, None
        if session is None or session.heard is not heard or session.model is not model:
            session = Session(heard, model)
        yield session
        session.tell(None, None)
        with self._lock:
            self._session = session

    def _make_take(
        self,
        order: Order,
        recipe: Recipe,
        session: Session,
        pins: list[Pin],
        progress: Callable[[str, float], None] | None,
        should_cancel: Callable[[], bool] | None,
    ) -> Take:
        from ..a2g_core.performing.generate import plan_of
        from ..a2g_core.performing.plan import NO_PLAN

        change, model = order.change, session.model
        span = (0, recipe.n_frames) if change is None or change.span is None else change.span
        lead = recipe.lead_frames

        def asked(request: Request) -> bytes:
            """What a performance of this request depends on."""
            wanted = replace(request, pins=tuple(pins), span=(span[0] - lead, span[1] - lead)).to_dict()
            return _digest({"speech": session.heard.digest, "model": model.info["sha256"], "request": wanted})

        def perform(request: Request) -> Motion:
            return self._engine.generate(
                session, model, replace(request, pins=tuple(pins), span=(span[0] - lead, span[1] - lead)),
                settings=order.engine, progress=progress, should_cancel=should_cancel,
            )  # fmt: skip

        if change is not None and change.performances:
            joints = gesture_model.moved_joints(model, set(order.body_parts))
            before = self._last_change(asked(recipe.request)) or perform(recipe.request)
            motion, request = _first_other(change.performances, before, perform, joints)
            with self._lock:
                self._changed = asked(request), motion
        else:
            motion, request = perform(recipe.request), recipe.request
        idle = _of_joints(self.idle(model), model, motion) if order.layering == "COMBINE" else None
        # Over a walk, say, the floor is not known; and what is kept may be given to another character.
        stands = idle is None and request.seat is None
        placed, slide_cm = order.feet.place(motion) if stands else (motion, UNKNOWN_CM)
        if change is not None and change.is_preview:
            recipe = change.recipe
        else:
            plan = NO_PLAN if recipe.is_silent else plan_of(session, model, request)
            recipe = replace(recipe, request=request, plan=plan, slide_cm=slide_cm)
        if change is not None:
            if change.span is not None:  # elsewhere it slides as before
                recipe = replace(recipe, slide_cm=max(recipe.slide_cm, change.recipe.slide_cm))
            recipe = replace(recipe, start_frame=change.recipe.start_frame)
        else:
            take_cache.keep(order.keep_in, motion, recipe, idle)
        return Take(placed, span[0], recipe, idle)


def _with_its_accents(order: Order, session: Session) -> tuple[Order, list[A2GError]]:
    """An order for a line that was spoken anew, with its accents where they are now; and a note about those that are
    not said any more."""
    from ..a2g_core.performing.matching import carried

    accents, plan = order.request.accents, order.request.plan
    if not (order.keeps_gestures and accents) or plan.pieces != session.model.pieces_digest:
        return order, []
    kept, lost = carried(accents, plan, session.listener)
    note = A2GError(
        "{number} of the accents that you changed are not in this recording", "change others there", number=len(lost)
    )
    return order.requesting(accents=kept), [note] if lost else []


def _digest(values: dict[str, Any]) -> bytes:
    """Of nested dicts of numbers, text and arrays."""
    from ..a2g_core.formats import native

    file = BytesIO()
    native.save(file, values)
    return sha256(file.getbuffer()).digest()


def _of_joints(pose: np.ndarray, model: Model, motion: Motion) -> np.ndarray:
    """A pose (J, 4) of the model's joints as one of the motion's; others, of the face, rest."""
    names = model.skeleton.names
    rest = np.array([1.0, 0.0, 0.0, 0.0], pose.dtype)
    return np.stack([pose[names.index(name)] if name in names else rest for name in motion.skeleton.names])


def _first_other(
    requests: tuple[Request, ...], before: Motion, perform: Callable[[Request], Motion], joints: set[str]
) -> tuple[Motion, Request]:
    """The first of these performances in which one of these joints is seen to move otherwise than before."""
    moved = [before.skeleton.index(name) for name in joints]
    for request in requests:
        motion = perform(request)
        cosines = np.abs((motion.quaternions * before.quaternions).sum(axis=-1))[:, moved]
        if cosines.min(initial=1.0) < np.cos(np.radians(_SEEN_DEG) / 2):
            return motion, request
    raise A2GError(
        "this part of the take has no other performance", "raise Variation, choose a longer part, or use another seed"
    )


def _of_request(recipe: Recipe, request: Request, model: Model) -> Recipe:
    """The recipe of this request's take."""
    from ..a2g_core.performing.generate import style_of

    drawn = "" if request.style else style_of(model, request.seed, request.take)
    return replace(recipe, request=request, drawn_style=drawn)


def _is_speech_of(made: Recipe, heard: Heard, fps: float) -> bool:
    """Whether this is the speech that a take was made for."""
    return (heard.digest, round(heard.duration_s * fps)) == (made.speech_digest, made.speech_frames)


def _check_expected(order: Order, now: Recipe, heard: Heard, model: Model) -> None:
    """A2GError if a take is to be changed or reproduced and its speech, model or pins are not those of then."""
    then = order.expected
    if then is None and order.change is not None:
        then = order.change.recipe
    if then is None:
        return
    if not _is_speech_of(then, heard, order.fps):
        hint = "choose that one under Speech, or use Generate Gestures for a new take"
        if then.plan:
            hint = "choose that one under Speech, or use Update Take for a new take with its gestures"
        raise A2GError("the speech is not the one that this take was made for ('{name}')", hint, name=then.speech)
    gesture_model.check_same(model, then)
    if order.expected is not None and now.pins != then.pins:
        changed = {pin.name for pin in {*now.pins} ^ {*then.pins}}
        raise A2GError(
            "pinned clips have changed since this take was made ({names})",
            "undo their changes, or use Generate Gestures for a new take", names=", ".join(sorted(changed)),
        )  # fmt: skip


@guarded
def _on_load(*_args: object) -> None:
    owned(Maker).forget_speeches()


def register() -> None:
    """Start with nothing heard; another file has other speeches."""
    own(Maker(owned(Models), owned(Engine)))
    bpy.app.handlers.load_pre.append(persistent(_on_load))


def unregister() -> None:
    """Forget everything; a job's thread that is still running keeps its Maker until it ends."""
    bpy.app.handlers.load_pre.remove(_on_load)
    disown(Maker).wait_until_prepared()
