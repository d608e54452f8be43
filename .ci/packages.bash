# Sourced: installs what a step needs and a new Debian machine lacks.
# shellcheck shell=bash

# need <command[=package]…>: each of these commands is there afterwards, or the script fails and names those that are not.
# Debian's package of a missing command is installed, if the user is root; it has the command's name unless another one is given.
# The path of a file may stand for a command. `command=`, without a package, is one that Debian 12 lacks or has in too old a version.
need() {
  local each absent=() packages=()
  for each; do
    if [[ $each == /* && -e ${each%%=*} ]] || PATH=$PATH:/usr/sbin:/sbin type -P "${each%%=*}" >/dev/null; then continue; fi
    absent+=("${each%%=*}")
    if [ -n "${each#*=}" ]; then packages+=("${each#*=}"); fi
  done
  ((${#absent[@]} > 0)) || return 0
  if ((${#packages[@]} < ${#absent[@]} || EUID != 0)) || ! type -P apt-get >/dev/null; then
    echo "${0##*/}: this machine lacks ${absent[*]} (packages of Debian: ${packages[*]:-none})" >&2
    exit 1
  fi
  install_packages "${packages[@]}"
}

# Quietly, unless it fails. Waits for another installation that goes on, up to five minutes.
install_packages() {
  local log deadline=$((SECONDS + 300))
  log=$(mktemp)
  echo "${0##*/}: installs $*" >&2
  until { apt-get -qq update && DEBIAN_FRONTEND=noninteractive \
    apt-get -qq -o DPkg::Lock::Timeout=300 install --no-install-recommends "$@"; } >"$log" 2>&1; do
    # The lists of packages have a lock of their own, for which apt-get does not wait.
    if ((SECONDS > deadline)) || ! grep -q 'lists/lock' "$log"; then
      echo "${0##*/}: could not install $*: $(tail -n 5 "$log")" >&2
      exit 1
    fi
    sleep 1
  done
  rm -f "$log"
}
