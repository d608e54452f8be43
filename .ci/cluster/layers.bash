# Sourced: images without an engine, from Debian's packages and from files. Images are archived in $FOLDER, programs come from
# $BINARIES, $work is for whatever is written meanwhile.
# shellcheck shell=bash disable=SC2154

readonly SUITE=forky
readonly CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/user-service

# shellcheck disable=SC2016
mirror() { apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' | head -n 1; }

# make_root <folder> <packages>: a Debian system, without what nobody reads in a container. An older debootstrap knows the suite by its
# rolling name only.
make_root() {
  debootstrap --variant=minbase --include="$2" "$SUITE" "$1" "$(mirror)" /usr/share/debootstrap/scripts/sid \
    >"$1.log" 2>&1 || { tail -n 5 "$1.log" >&2; return 1; }
  rm -rf "$1"/var/{cache/apt,lib/apt/lists,log}/* "$1"/usr/share/{doc,man,locale}
}

# kept <name> <function> <arguments…>: the root's layer, made when the cache lacks what this function makes now. The function is
# given the folder and the arguments.
kept() {
  local layer recipe
  recipe=$({ declare -f make_root "$2"; echo "$SUITE ${*:3}"; } | sha256sum | cut -c 1-16)
  layer=$CACHE/$1-$recipe.tar
  if [ ! -f "$layer" ]; then
    mkdir -p "$CACHE"
    "$2" "$work/$1" "${@:3}"
    tar -C "$work/$1" --numeric-owner --exclude='./dev/*' --exclude='./proc/*' --exclude='./sys/*' -cf "$layer.unfinished" .
    mv "$layer.unfinished" "$layer"
    rm -rf "${work:?}/$1"
  fi
  echo "$layer"
}

# layer <name> <folder> <files…>: files of a folder at the image's root.
layer() {
  tar -C "$2" --owner=65532 --group=65532 --sort=name --mtime=@0 -cf "$work/$1.tar" "${@:3}"
  echo "$work/$1.tar"
}

# image <name> <config> <layers…>
image() {
  jq -cn --arg name "$1" --argjson config "$2" '{$name, $config, layers: $ARGS.positional}' --args "${@:3}"
}

# archive <name> <function>: the images that the function tells.
archive() {
  "$2" >"$work/$1.json"
  jq -s . "$work/$1.json" | .ci/cluster/archive "$FOLDER/$1.tar"
}
