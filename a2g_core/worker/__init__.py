"""The engine for a graphics card: a process of its own that holds torch, and the client that Blender talks to it with.

``client`` needs NumPy and the standard library alone; ``server`` runs in another Python and needs torch. They exchange
JSON lines (``protocol``) on the process's standard input and output, and arrays in .npz files (``packing``).
"""
