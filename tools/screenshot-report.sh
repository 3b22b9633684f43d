#!/usr/bin/env bash
# Makes docs/report.png: the report of one target in a headless Chromium.
# Usage: tools/screenshot-report.sh [target...]   (CHROMIUM: another browser, OUT: another file, WIDTH and HEIGHT: in pixels,
# DARK=1: the dark scheme, PRINT=1: OUT is the printed page, a PDF)
set -euo pipefail
cd "$(dirname "$0")/.."

[ $# -gt 0 ] || set -- prod/us-east-1
out=${OUT:-docs/report.png}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

node bin/octarine.mjs report "$@" --out "$work/report.html"
shot=(--hide-scrollbars "--window-size=${WIDTH:-1200},${HEIGHT:-1600}" "--screenshot=$PWD/$out")
[ -z "${PRINT:-}" ] || shot=(--no-pdf-header-footer "--print-to-pdf=$PWD/$out")
[ -z "${DARK:-}" ] || shot+=(--blink-settings=preferredColorScheme=0)
timeout 120 "${CHROMIUM:-chromium}" --headless --no-sandbox --disable-gpu --disable-background-networking \
  "--user-data-dir=$work/profile" "${shot[@]}" "file://$work/report.html" 2>"$work/log" ||
  { cat "$work/log" >&2; exit 1; }
echo "wrote $out"
