import bpy

op = bpy.context.active_operator

op.error_deg = 0.2
