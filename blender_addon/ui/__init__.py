"""What panels, menus and overlays show."""
