"""What is read from and written to a scene: rigs, keys, takes, pins."""
