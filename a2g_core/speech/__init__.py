"""What is heard: recordings, their log-mel features, and the small part of them that generation keeps."""
