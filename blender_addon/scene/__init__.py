"""What is read from and written to a scene: rigs, keys, takes, pins."""

from typing import TYPE_CHECKING

from .. import late

if not TYPE_CHECKING:
    __getattr__ = late.modules(__name__, __path__)
