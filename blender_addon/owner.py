"""All the state of the add-on: one object per class, created in `register()` and dropped in `unregister()`.

A module that has something to remember between two calls puts it into a class, hands an instance to `own` in its
`register()` and takes it back with `disown` in its `unregister()`. Everyone else asks for it by class:

    owned(Runner).start(order)

So disabling the add-on leaves nothing behind and enabling it starts afresh, and no module needs a `global` statement.
A module whose `register()` does nothing that anybody could miss before is registered, and imported, when its state is
first asked for: see `Late`.

Only the main thread calls these functions. A thread that goes on working is given the objects it needs when it starts:
it may outlive the add-on by a moment. Objects used by two threads guard themselves with a lock and say so.

Memoised pure functions (`functools.lru_cache`) are not state: they answer the same whenever they are asked.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any, TypeVar

T = TypeVar("T")

_objects: dict[type, Any] = {}
_late: dict[str, Late] = {}


class Late:
    """A part of the add-on that is registered when its state is first asked for, while the add-on is enabled."""

    def __init__(self, part: ModuleType) -> None:
        self._part, self._is_registered = part, False

    def register(self) -> None:
        """Wait to be asked."""
        _late[self._part.__name__] = self

    def register_now(self) -> None:
        """Somebody asks."""
        if not self._is_registered:
            self._is_registered = True
            self._part.register()

    def unregister(self) -> None:
        """Undo it, if anybody has asked."""
        del _late[self._part.__name__]
        if self._is_registered:
            self._is_registered = False
            self._part.unregister()


def own(thing: T) -> T:
    """Keep this object, the only one of its class, until `disown`."""
    if type(thing) in _objects:
        raise RuntimeError(f"{type(thing).__name__} is registered already")
    _objects[type(thing)] = thing
    return thing


def owned(kind: type[T]) -> T:
    """The object of this class; KeyError unless the add-on is enabled."""
    if kind not in _objects and (late := _late.get(kind.__module__)) is not None:
        late.register_now()
    return _objects[kind]


def disown(kind: type[T]) -> T:
    """Drop the object of this class and return it, so that it can be closed; KeyError unless the add-on is enabled."""
    return _objects.pop(kind)


def kinds() -> set[type]:
    """Classes of all objects there are: none while the add-on is disabled."""
    return set(_objects)
