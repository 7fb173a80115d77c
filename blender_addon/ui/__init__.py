"""What panels, menus and overlays show."""

from typing import TYPE_CHECKING

from .. import late

if not TYPE_CHECKING:
    __getattr__ = late.modules(__name__, __path__)
