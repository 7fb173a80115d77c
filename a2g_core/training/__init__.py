"""Training: needs torch. Nothing that generates imports from here."""
