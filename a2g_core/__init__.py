"""Audio2Gestures: speech in, whole-body gestures out (Li et al., ICCV 2021).

Generation needs NumPy and ``array-api-compat`` alone; training and evaluation need torch.
Conventions, said once: metres, seconds, frames; Y up, the character looks along +Z and its left is +X;
rotations act on column vectors; quaternions are (w, x, y, z); arrays are (..., T, channels), time before channels.
"""

__version__ = "0.2.0"
