"""All the state of the add-on: one object per class, created in `register()` and dropped in `unregister()`.

A module that has something to remember between two calls puts it into a class, hands an instance to `own` in its
`register()` and takes it back with `disown` in its `unregister()`. Everyone else asks for it by class:

    owned(Runner).start(order)

So disabling the add-on leaves nothing behind and enabling it starts afresh, and no module needs a `global` statement.

Only the main thread calls these functions. A thread that goes on working is given the objects it needs when it starts:
it may outlive the add-on by a moment. Objects used by two threads guard themselves with a lock and say so.

Memoised pure functions (`functools.lru_cache`) are not state: they answer the same whenever they are asked.
"""

from __future__ import annotations

from typing import Any, TypeVar

T = TypeVar("T")

_objects: dict[type, Any] = {}


def own(thing: T) -> T:
    """Keep this object, the only one of its class, until `disown`."""
    if type(thing) in _objects:
        raise RuntimeError(f"{type(thing).__name__} is registered already")
    _objects[type(thing)] = thing
    return thing


def owned(kind: type[T]) -> T:
    """The object of this class; KeyError unless the add-on is enabled."""
    return _objects[kind]


def disown(kind: type[T]) -> T:
    """Drop the object of this class and return it, so that it can be closed; KeyError unless the add-on is enabled."""
    return _objects.pop(kind)


def kinds() -> set[type]:
    """Classes of all objects there are: none while the add-on is disabled."""
    return set(_objects)
