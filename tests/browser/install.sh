#!/bin/sh
# What the browser tests need: Debian's Chromium and fonts for the scripts of the pages. Quick when it is there.
# Without apt, or without leave to use it, it says so and goes on: the tests are then skipped, and with CI=true fail.
set -eu
for browser in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
  if [ -n "$browser" ] && command -v "$browser" >/dev/null 2>&1; then exit 0; fi
done
if ! command -v apt-get >/dev/null 2>&1; then
  echo "no apt-get here: install Chromium, or set CHROMIUM to its path; the browser tests are left out" >&2
  exit 0
fi
as_root=""
if [ "$(id -u)" -ne 0 ]; then
  if ! sudo -n true 2>/dev/null; then
    echo "not root: run 'sudo apt-get install chromium fonts-noto-core' once; the browser tests are left out" >&2
    exit 0
  fi
  as_root="sudo -n"
fi
export DEBIAN_FRONTEND=noninteractive
install="$as_root apt-get install -y -q --no-install-recommends chromium fonts-noto-core"
if $install >/dev/null 2>&1 || { $as_root apt-get update -q >/dev/null 2>&1 && $install >/dev/null 2>&1; }; then
  exit 0
fi
echo "Chromium could not be installed; the browser tests are left out" >&2
