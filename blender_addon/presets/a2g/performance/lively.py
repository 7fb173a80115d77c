import bpy

obj = next(
    o
    for o in (bpy.context.scene.a2g_character, bpy.context.object, *bpy.context.scene.objects)
    if o and o.type == "ARMATURE" and "a2g_ghost" not in o
)

obj.a2g_style = ""
obj.a2g_energy = 1.35
obj.a2g_calm = 0.0
obj.a2g_posture = 0.2
obj.a2g_variation = 1.4
obj.a2g_body_parts = {"ARMS", "HANDS", "TORSO", "HEAD", "LEGS"}
obj.a2g_layering = "REPLACE"
