"""Bodies: skeletons, rigs, motion, rotations, kinematics. Knows neither models nor speech."""
