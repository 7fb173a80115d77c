"""Speech and a request become motion: codes, pins, controls, finishing."""
