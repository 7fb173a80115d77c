"""What stands in a scene: rigs, keys, takes, pins."""
