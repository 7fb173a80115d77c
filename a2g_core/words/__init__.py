"""Which words a speech says, and when."""
