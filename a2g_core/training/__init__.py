"""Training of models and judges, and corpora. Needs torch; generation never imports from here."""
