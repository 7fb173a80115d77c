#!/bin/sh
# Three job arrays on Slurm, each task of which waits for its line's task of the one before:
#   sh farm/slurm/submit.sh script.csv hero.blend out 1-200
# Slurm takes arrays up to a number that is set for it, 1000 where nobody has changed it: longer tables become several.
set -e
quoted() { printf "'"; printf %s "$1" | sed "s/'/'\\\\''/g"; printf "'"; }
script=$(quoted "$1") character=$(quoted "$2") output=$(quoted "$3") lines=$4 blender=$(quoted "${BLENDER:-blender}")
mkdir -p "$3"

submit() { # which lines, and what is added to a task's number
  line="\$((SLURM_ARRAY_TASK_ID + $2))"
  generate=$(sbatch --parsable --job-name=a2g-generate --array="$1" --mem=1G --wrap="
    $blender -b $character -c a2g_batch $script -o $output --number $line --name $line")
  bake=$(sbatch --parsable --job-name=a2g-bake --array="$1" --mem=2G --dependency="aftercorr:$generate" --wrap="
    $blender -b $output/$line.blend --python-exit-code 1 --python-expr \"import bpy
bpy.ops.a2g.bake_action()
bpy.ops.wm.save_as_mainfile(filepath=bpy.data.filepath[:-6] + '.baked.blend')\"")
  sbatch --parsable --job-name=a2g-render --array="$1" --dependency="aftercorr:$bake" --wrap="
    $blender --factory-startup -b $output/$line.baked.blend -o //$line- -F PNG -x 1 -a"
}

case $lines in
*[!0-9-]* | *-*-* | -* | *-) submit "$lines" 0 ;; # a list, as 1,5-7: Slurm's own way to write it
*)
  first=${lines%-*} last=${lines#*-}
  most=$(scontrol show config 2>/dev/null | sed -n 's/^MaxArraySize *= *//p') && most=$((${most:-1001} - 1))
  while [ "$first" -le "$last" ]; do
    before=$(((first - 1) / most * most))
    end=$((before + most < last ? before + most : last))
    submit "$((first - before))-$((end - before))" "$before"
    first=$((end + 1))
  done
  ;;
esac
