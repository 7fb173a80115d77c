"""Whose body: skeletons, motion, rotations, kinematics. No model and no speech."""
