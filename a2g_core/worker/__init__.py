"""The GPU engine: a separate process with torch, and the client through which Blender talks to it.

``client`` needs only NumPy and the standard library; ``server`` runs in another Python and needs torch. They exchange
JSON lines (``protocol``) through the process's standard input and output, and arrays as .npz files (``packing``).
"""
