#!/bin/sh
# Three job arrays on Slurm, each task of which waits for its line's task of the one before:
#   sh farm/slurm/submit.sh script.csv hero.blend out 1-200
set -e
script=$1 character=$2 output=$3 lines=$4 blender=${BLENDER:-blender}
mkdir -p "$output"
generate=$(sbatch --parsable --job-name=a2g-generate --array="$lines" --mem=1G --wrap="
  '$blender' -b '$character' -c a2g_batch '$script' -o '$output' --number \$SLURM_ARRAY_TASK_ID --name \$SLURM_ARRAY_TASK_ID")
bake=$(sbatch --parsable --job-name=a2g-bake --array="$lines" --mem=2G --dependency="aftercorr:$generate" --wrap="
  '$blender' -b '$output'/\$SLURM_ARRAY_TASK_ID.blend --python-exit-code 1 --python-expr \"import bpy
bpy.ops.a2g.bake_action()
bpy.ops.wm.save_as_mainfile(filepath=bpy.data.filepath.replace('.blend', '.baked.blend'))\"")
sbatch --parsable --job-name=a2g-render --array="$lines" --dependency="aftercorr:$bake" --wrap="
  '$blender' --factory-startup -b '$output'/\$SLURM_ARRAY_TASK_ID.baked.blend -o '//'\$SLURM_ARRAY_TASK_ID- -F PNG -x 1 -a"
