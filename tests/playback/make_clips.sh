#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes the short clips that the playback tests play. Usage: make_clips.sh DIRECTORY
# In the "ramp" clips the luma of frame N is 20 + 3 N (60 frames, 30 a second): a test can read from a
# picture which frame it is.
set -euo pipefail
out=$1
mkdir -p "$out"
cd "$out"

make() { ffmpeg -nostdin -v error -y "$@"; }
ramp() { echo "nullsrc=s=$1:r=30:d=2,format=yuv420p,geq=lum='20+3*N':cb=128:cr=128"; }
# What the camera held sideways, a quarter to the left: the first way is that of ffmpeg 6 and later, the second that of 5.1;
# each refuses or ignores the other's.
turned() {
  make -display_rotation 270 -i "$1" -c copy "$2" 2>/dev/null || make -i "$1" -c copy -metadata:s:v rotate=270 "$2"
}
tone=(-f lavfi -i "sine=frequency=440:sample_rate=44100:duration=2")
h264=(-c:v libx264 -preset ultrafast -crf 12 -g 20 -pix_fmt yuv420p -color_range tv)
aac=(-c:a aac -b:a 64k)

make -f lavfi -i "$(ramp 270x480)" "${tone[@]}" "${h264[@]}" -bf 2 "${aac[@]}" -movflags +faststart portrait.mp4
make -f lavfi -i "testsrc2=s=480x270:r=30:d=2" "${tone[@]}" "${h264[@]}" "${aac[@]}" landscape.mp4
make -f lavfi -i "$(ramp 270x480)" "${h264[@]}" silent.mp4
make -f lavfi -i "testsrc2=s=270x482:r=25:d=1,format=yuv444p,crop=270:481:0:0:exact=1" -c:v libx264 -preset ultrafast -pix_fmt yuv444p odd.mp4
make -f lavfi -i "testsrc2=s=272x482:r=25:d=1,format=yuv444p,crop=271:481:0:0:exact=1" -c:v libvpx-vp9 -deadline realtime -cpu-used 8 -pix_fmt yuv420p odd.webm
make -f lavfi -i "$(ramp 270x480)" "${tone[@]}" -c:v libvpx-vp9 -deadline realtime -cpu-used 8 -b:v 1M -g 20 \
  -c:a libopus -b:a 64k vp9.webm
turned silent.mp4 rotated.mp4
# As the camera holds it: red above, blue below. Upright, red is right.
make -f lavfi -i "color=c=red:s=120x40:r=25:d=1" -f lavfi -i "color=c=blue:s=120x40:r=25:d=1" \
  -filter_complex "[0][1]vstack,format=yuv420p" "${h264[@]}" halves.mp4
turned halves.mp4 halves_turned.mp4
make -f lavfi -i "color=c=red:s=240x240:r=25:d=1,setsar=2/1" "${h264[@]}" wide_pixels.mp4
make -f lavfi -i "color=c=red:s=64x64:r=25:d=1" "${h264[@]}" -colorspace bt709 -color_primaries bt709 -color_trc bt709 \
  -vf "scale=out_color_matrix=bt709" red.mp4
make "${tone[@]}" "${aac[@]}" sound_only.mp4
# More than a player keeps in memory: it streams.
make -f lavfi -i "testsrc2=s=540x960:r=30:d=6,noise=alls=60:allf=t" -f lavfi -i "sine=frequency=330:duration=6" \
  -c:v libx264 -preset ultrafast -b:v 18M -minrate 18M -maxrate 18M -bufsize 9M -g 30 -pix_fmt yuv420p "${aac[@]}" \
  -movflags +faststart large.mp4
# Long enough to be torn off in the middle, small enough to be kept.
head -c $(($(stat -c %s portrait.mp4) * 60 / 100)) portrait.mp4 >truncated.mp4
head -c $(($(stat -c %s landscape.mp4) * 60 / 100)) landscape.mp4 >no_index.mp4
# The tallest that phones take, and more than any takes: small files, whatever their pictures need.
flat() { echo "color=c=gray:s=$1:r=25:d=0.08"; }
make -f lavfi -i "$(flat 4320x7680)" "${h264[@]}" eight_k.mp4
make -f lavfi -i "$(flat 10000x4000)" "${h264[@]}" huge.mp4
make -f lavfi -i "$(flat 10000x4000)" -c:v libvpx-vp9 -deadline realtime -cpu-used 8 -frames:v 2 -pix_fmt yuv420p huge.webm
# These say what is in them when it comes; the last one late.
make -i huge.mp4 -c copy -f vob huge.mpg
make -i huge.mp4 -c copy huge.flv
make -i huge.mp4 -c copy -bsf:v h264_mp4toannexb huge.ts
python3 - <<'PY'
nothing = b'\x47\x1f\xff\x10' + b'\xff' * 184
open('late.ts', 'wb').write(nothing * 12000 + open('huge.ts', 'rb').read())
PY
make -i portrait.mp4 -c copy -bsf:v h264_mp4toannexb portrait.ts
make -i portrait.mp4 -c copy portrait.flv
# Its container says that it is small.
cp huge.mp4 secretly_huge.mp4
python3 - <<'PY'
data = bytearray(open('secretly_huge.mp4', 'rb').read())
at = data.find(b'avc1', data.find(b'stsd')) + 4 + 24
data[at:at + 4] = bytes((0, 64, 0, 64))
open('secretly_huge.mp4', 'wb').write(data)
PY
printf 'This is a text, not a film.\n%.0s' {1..200} >text.mp4
: >empty.mp4
# The index is whole, the pictures are rubbish.
cp silent.mp4 rubbish.mp4
python3 - <<'PY'
data = bytearray(open('rubbish.mp4', 'rb').read())
at = data.find(b'mdat') + 4
end = data.find(b'moov', at) - 4
data[at:end] = bytes((i * 73 + 41) % 251 for i in range(end - at))
open('rubbish.mp4', 'wb').write(data)
PY
