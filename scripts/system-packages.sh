#!/usr/bin/env bash
# system-packages.sh note|test PYTHON: install what the machine lacks, or name it in one line (exit 1).
#
# "note" is what WeasyPrint opens with dlopen; "test" is what the tests look at papers with.
# Installs only with apt-get, and only as root or where sudo asks for no password.
set -euo pipefail
group=$1 python=$2 missing=()

library() {
  "$python" -c 'import ctypes.util, sys; sys.exit(ctypes.util.find_library(sys.argv[1]) is None)' "$1" || missing+=("$2")
}

look() {
  missing=()
  case $group in
    note)
      library pango-1.0 libpango-1.0-0 # brings GLib, fontconfig and HarfBuzz with it
      library pangoft2-1.0 libpangoft2-1.0-0
      library harfbuzz-subset libharfbuzz-subset0
      ;;
    test)
      command -v pdftotext >/dev/null || missing+=(poppler-utils)
      command -v strace >/dev/null || missing+=(strace) # makes system calls fail; a shim stands in where it may not trace
      command -v rsync >/dev/null || missing+=(rsync)   # one of the ways in which copies of a record are joined
      command -v java >/dev/null || missing+=(default-jre-headless) # for veraPDF
      command -v ssh-keygen >/dev/null || missing+=(openssh-client) # signs checkpoints
      # `soffice` alone does not tell: Writer is a package of its own
      [ -e "$(dirname "$(readlink -f "$(command -v soffice)")" 2>/dev/null)/libswlo.so" ] \
        || missing+=(libreoffice-writer-nogui)
      ;;
    *) echo "usage: $0 note|test PYTHON" >&2; exit 2 ;;
  esac
  [ ${#missing[@]} -eq 0 ]
}

look && exit 0

as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo -n)
if command -v apt-get >/dev/null && "${as_root[@]}" true 2>/dev/null; then
  get=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq)
  echo "installing ${missing[*]}"
  install=("${get[@]}" install --yes --no-install-recommends "${missing[@]}")
  # the second try is for a machine whose package lists are missing or old
  "${install[@]}" >/dev/null 2>&1 || { "${get[@]}" update >/dev/null && "${install[@]}" >/dev/null; } || true
  look && exit 0
fi
echo "missing on this machine, please install: sudo apt-get install ${missing[*]}" >&2
exit 1
