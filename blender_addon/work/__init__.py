"""Jobs: what is asked for, made and written; the engine and the gesture model that make it."""

from typing import TYPE_CHECKING

from .. import late

if not TYPE_CHECKING:
    __getattr__ = late.modules(__name__, __path__)
