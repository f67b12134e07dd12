#!/bin/sh
# Installs what tools/debian-packages.txt names and this machine lacks; silent and quick when nothing is missing.
# ROLLCALL_SKIP_PACKAGES=1 skips it. Any arguments are further packages.
set -eu
cd "$(dirname "$0")/.."
. tools/say.sh

[ "${ROLLCALL_SKIP_PACKAGES:-}" = 1 ] && exit 0
if ! command -v dpkg-query >/dev/null 2>&1; then
  notice "this is not Debian; install the equivalents of tools/debian-packages.txt yourself"
  exit 0
fi

# One "a | b" line per need that no installed package meets.
missing_needs() {
  {
    # shellcheck disable=SC2016 # dpkg's own format fields
    dpkg-query -W -f '+${db:Status-Status} ${Package} ${Provides}\n'
    sed -e 's/#.*//' -e '/^[[:space:]]*$/d' tools/debian-packages.txt
    # Any Node will do for the two npm packages; Debian's is taken where there is none.
    command -v npm >/dev/null 2>&1 || echo npm
    for package in "$@"; do echo "$package"; done
  } | awk '
    /^\+/ {
      if ($1 == "+installed") for (i = 2; i <= NF; i++) { sub(",", "", $i); installed[$i] = 1 }
      next
    }
    {
      for (i = 1; i <= NF; i++) if ($i in installed) next
      print
    }'
}

# For each need the first alternative that apt offers, or a line "missing: ..." where it offers none.
candidates() {
  names=$(echo "$needs" | tr -d '|')
  {
    # shellcheck disable=SC2086 # a list of names
    LC_ALL=C apt-cache policy $names 2>/dev/null | sed -n -e 's/^\([^ ].*\):$/+\1/p' -e 's/^  Candidate: /+/p'
    echo "$needs"
  } | awk '
    /^\+/ { if (is_version) { if ($0 != "+(none)") offered[name] = 1 } else name = substr($0, 2)
             is_version = !is_version; next }
    {
      for (i = 1; i <= NF; i++) if ($i in offered) { print $i; next }
      print "missing: " $0
    }'
}

needs=$(missing_needs "$@")
[ -n "$needs" ] || exit 0

if [ "$(id -u)" = 0 ]; then
  as_root=''
elif command -v sudo >/dev/null 2>&1; then
  as_root='sudo'
else
  fail "these packages are missing, and installing them needs root or sudo:
$needs
Install them as root, or set ROLLCALL_SKIP_PACKAGES=1 to go on without."
fi

say "Debian packages: $(echo "$needs" | wc -l) missing"
export DEBIAN_FRONTEND=noninteractive
mkdir -p build
log=build/packages.log

update() { $as_root apt-get -qq update >"$log" 2>&1; }
install() {
  packages=$(candidates)
  case $packages in *missing:*) return 1 ;; esac
  # shellcheck disable=SC2086 # a list of names
  $as_root apt-get -qq -y --no-install-recommends -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=120 install $packages >"$log" 2>&1
}

# An absent or stale index names no files or files that are gone: update once, then try again.
install && exit 0
update || fail "apt-get update failed; its log is $log"
install && exit 0
case $packages in
  *missing:*) fail "this Debian does not offer:
$(echo "$packages" | sed -n 's/^missing: //p')" ;;
esac
fail "apt-get could not install them; its log is $log"
