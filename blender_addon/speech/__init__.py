"""From the sequencer, or a file, to samples."""
