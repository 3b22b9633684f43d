#!/usr/bin/env bash
# Makes docs/report.png: the report of one target in a headless Chromium.
# Usage: tools/screenshot-report.sh [target]   (CHROMIUM: another browser, OUT: another file, HEIGHT: in pixels, DARK=1: the dark scheme)
set -euo pipefail
cd "$(dirname "$0")/.."

target=${1:-prod/us-east-1}
out=${OUT:-docs/report.png}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

node bin/octarine.mjs report "$target" --out "$work/report.html"
# shellcheck disable=SC2086
timeout 120 "${CHROMIUM:-chromium}" --headless --no-sandbox --disable-gpu --hide-scrollbars \
  ${DARK:+--blink-settings=preferredColorScheme=0} --user-data-dir="$work/profile" \
  --window-size="1200,${HEIGHT:-1600}" --screenshot="$PWD/$out" "file://$work/report.html" 2>"$work/log" ||
  { cat "$work/log" >&2; exit 1; }
echo "wrote $out"
