// A job type for Flamenco 3: put it into the Manager's folder `scripts`. One task for each line and step.
const JOB_TYPE = {
    label: "Gestures from a Table",
    settings: [
        { key: "script", type: "string", required: true, description: "The table of lines" },
        { key: "character", type: "string", required: true, description: "The .blend file they are played in" },
        { key: "output", type: "string", required: true, description: "The folder of the results" },
        { key: "lines", type: "int32", required: true, default: 1, description: "How many lines the table has" },
    ],
};

function compileJob(job) {
    const s = job.settings;
    for (let line = 1; line <= s.lines; line++) {
        const file = s.output + "/" + line;
        const steps = [
            ["generate", ["-b", s.character, "-c", "a2g_batch", s.script, "-o", s.output, "--number", "" + line, "--name", "" + line]],
            ["bake", ["-b", file + ".blend", "--python-exit-code", "1", "--python-expr",
                "import bpy; bpy.ops.a2g.bake_action(); bpy.ops.wm.save_as_mainfile(filepath=bpy.data.filepath[:-6] + '.baked.blend')"]],
            ["render", ["--factory-startup", "-b", file + ".baked.blend", "-o", "//" + line + "-", "-F", "PNG", "-x", "1", "-a"]],
        ];
        let before = null;
        for (const [name, args] of steps) {
            const task = author.Task(name + "-" + line, "blender");
            task.addCommand(author.Command("exec", { exe: "{blender}", args: args }));
            if (before) task.addDependency(before);
            job.addTask(task);
            before = task;
        }
    }
}
