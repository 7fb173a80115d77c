#!/usr/bin/env bash
# A C3D file of ten minutes has four lengths: two libraries write it whole, and only one of four readings is right.
#
# ezc3d 1.7.2, c3d 0.6.0, numpy 2.4.6.
# The header of C3D counts frames in 16 bits: 65535, nine minutes at 120 a second. Longer recordings are common and have their
# length in parameters, of which there are several. ezc3d writes all frames and no such parameter, and hands back the first 65535
# of its own file, without a word. c3d writes the parameters; ezc3d does not use them and reads on to the end of the last block,
# so that a few frames of zeros follow, in which the body lies in the origin. Of ezc3d's file c3d reads no frame at all and only
# warns: it adds one to a 16-bit 65535. With 65534 frames all four agree. Whoever reads long motion capture meets it; the
# frame count times the rate should be held against the length of the sound.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"

python3.11 -m venv venv && venv/bin/pip --quiet --disable-pip-version-check install ezc3d==1.7.2 c3d==0.6.0 numpy==2.4.6

cat > lengths.py <<'PY'
import warnings
import c3d, ezc3d, numpy as np

warnings.simplefilter("ignore")

def write_c3d(path, frames):
    writer = c3d.Writer(point_rate=120)
    for frame in range(frames):
        writer.add_frames((np.array([[frame + 1, 0, 0, 0, 0]], np.float32), np.zeros((0, 0))))
    writer.set_point_labels(["hips"])
    with open(path, "wb") as file:
        writer.write(file)

def write_ezc3d(path, frames):
    recording = ezc3d.c3d()
    recording["parameters"]["POINT"]["RATE"]["value"] = [120]
    recording["parameters"]["POINT"]["LABELS"]["value"] = ("hips",)
    points = np.ones((4, 1, frames))
    points[0, 0] = np.arange(frames) + 1
    recording["data"]["points"] = points
    recording.write(path)

def read_c3d(path):
    with open(path, "rb") as file:
        return np.array([points[0, 0] for _, points, _ in c3d.Reader(file).read_frames()])

def read_ezc3d(path):
    return ezc3d.c3d(path)["data"]["points"][0, 0]

for frames in (65534, 70000):
    for writer, write in (("c3d", write_c3d), ("ezc3d", write_ezc3d)):
        write("hips.c3d", frames)
        for reader, read in (("c3d", read_c3d), ("ezc3d", read_ezc3d)):
            hips = read("hips.c3d")
            print(f"{frames} frames by {writer:6} read by {reader:6} {len(hips):5} frames, {np.count_nonzero(hips == 0)} of zeros")
PY
venv/bin/python lengths.py > seen.txt 2> log || { cat log; exit 1; }
echo "ezc3d 1.7.2, c3d 0.6.0; one marker, 120 frames a second, never at zero"
cat seen.txt
echo "a good guess: as many frames as were written and none of zeros, in every line"
cat > expected.txt <<'TXT'
65534 frames by c3d    read by c3d    65534 frames, 0 of zeros
65534 frames by c3d    read by ezc3d  65534 frames, 0 of zeros
65534 frames by ezc3d  read by c3d    65534 frames, 0 of zeros
65534 frames by ezc3d  read by ezc3d  65534 frames, 0 of zeros
70000 frames by c3d    read by c3d    70000 frames, 0 of zeros
70000 frames by c3d    read by ezc3d  70016 frames, 16 of zeros
70000 frames by ezc3d  read by c3d        0 frames, 0 of zeros
70000 frames by ezc3d  read by ezc3d  65535 frames, 0 of zeros
TXT
cmp -s seen.txt expected.txt || { echo "CHANGED"; exit 1; }
