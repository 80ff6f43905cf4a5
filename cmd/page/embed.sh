#!/bin/sh
# Prints C that holds the style and the script of the pages: embed.sh STYLE SCRIPT
set -eu

# bytes NAME FILE: the file as an array and its size
bytes() {
  printf 'const unsigned char %s[] = {\n' "$1"
  od -An -v -tu1 "$2" | sed 's/  *\([0-9][0-9]*\)/\1,/g'
  printf '0};\nconst size_t %s_size = sizeof %s - 1;\n' "$1" "$1"
}

printf '#include "cmd/page_assets.h"\n\n'
bytes page_style "$1"
bytes page_script "$2"
printf 'const char page_script_sha256[] = "%s";\n' \
  "$(sha256sum "$2" | cut -c 1-64 | tr a-f A-F | basenc --decode --base16 | base64)"
