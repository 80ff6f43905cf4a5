#!/bin/sh
# Installs the Debian packages named as arguments that are missing; on another
# system names what is missing and stops.
set -eu

if ! command -v dpkg-query >/dev/null 2>&1; then
  missing=
  for tool in cc pkg-config msgfmt; do
    command -v "$tool" >/dev/null 2>&1 || missing="$missing $tool"
  done
  for library in libgit2 yaml-0.1 libxxhash libutf8proc jansson popt libcmark-gfm; do
    pkg-config --exists "$library" 2>/dev/null || missing="$missing $library"
  done
  [ -z "$missing" ] && exit 0
  echo "This is not a Debian system. Please install:$missing" >&2
  echo "(Debian's names for all that is needed: $*)" >&2
  exit 1
fi

missing=
for package in "$@"; do
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
    missing="$missing $package"
done
[ -z "$missing" ] && exit 0

if [ "$(id -u)" = 0 ]; then
  as_root=
elif command -v sudo >/dev/null 2>&1; then
  as_root=sudo
else
  echo "Please install, as root: apt-get install$missing" >&2
  exit 1
fi
echo "Installing:$missing"
log=$(mktemp)
if ! { $as_root apt-get update -q &&
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing; } \
  >"$log" 2>&1; then
  tail -n 20 "$log" >&2
  rm -f "$log"
  exit 1
fi
rm -f "$log"
