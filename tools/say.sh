# shellcheck shell=sh
# Sourced by the other scripts: one look for their messages.
if [ -t 1 ]; then
  bold=$(printf '\033[1m') yellow=$(printf '\033[33m') red=$(printf '\033[31m') plain=$(printf '\033[0m')
else
  bold='' yellow='' red='' plain=''
fi

say() { printf '%s==> %s%s\n' "$bold" "$*" "$plain"; }
notice() { printf '%s==> note: %s%s\n' "$yellow" "$*" "$plain"; }
fail() {
  printf '%serror: %s%s\n' "$red" "$*" "$plain" >&2
  exit 1
}
