"""What is heard: recordings, their log-mel features, and what of them generation keeps."""
