"""The systems that the paper compares with (sec. 5.4), made to speak the same data, losses and files."""
