# Sourced: etcd, API server, controller manager and scheduler as processes that end with the script. The API server listens on
# $listen and is called $api.
# shellcheck shell=bash disable=SC2154

# launch <program> <options…>: in the background, with its log, by a script that can start it again. Whoever ends it removes the
# file with its process first, or it counts as ended by itself.
launch() {
  local program=$1
  shift
  mkdir -p "$work/commands" "$work/processes"
  : >"$LOGS/$program.log"
  printf '#!/usr/bin/env bash\nexec %s>>%q 2>&1 </dev/null\n' \
    "$(printf '%q ' "$(type -P "$program")" "$@")" "$LOGS/$program.log" >"$work/commands/$program"
  chmod +x "$work/commands/$program"
  "$work/commands/$program" &
  echo $! >"$work/processes/$program"
  started+=("$program")
}

# end <program>: kindly first. Its process is what the file says now, since a drill may have started it again.
end() {
  local process
  process=$(cat "$work/processes/$1" 2>/dev/null) || return 0
  rm -f "$work/processes/$1"
  kill "$process" 2>/dev/null || return 0
  timeout 60 tail --pid="$process" -f /dev/null || kill -KILL "$process" 2>/dev/null || true
}

# The last one started, which depends on the others, goes first.
end_started() {
  for ((i = ${#started[@]} - 1; i >= 0; i--)); do end "${started[i]}"; done
  started=()
}

# ended_programs: those that have ended by themselves, each once and with the last line of its log. Fails when there is none.
ended_programs() {
  local file process program found=1
  for file in "$work"/processes/*; do
    process=$(cat "$file" 2>/dev/null) || continue
    if [ -z "$process" ] || kill -0 "$process" 2>/dev/null; then continue; fi
    program=${file##*/}
    rm -f "$file"
    echo "$program ended: $(grep . "$LOGS/$program.log" | tail -n 1) (from $LOGS/$program.log)"
    found=0
  done
  return "$found"
}

# await <seconds> <what> <command…>: until the command succeeds, or a program has ended.
await() {
  local deadline=$((SECONDS + $1)) what=$2 ended
  shift 2
  until "$@" >/dev/null 2>&1; do
    if ended=$(ended_programs); then fail "no $what, since $ended"; fi
    ((SECONDS < deadline)) || fail "no $what; see $LOGS"
    sleep 0.2
  done
}

# guard <command…>: runs the command, and fails at once when a program ends meanwhile. $child is the command's process.
guard() {
  local ended code=0
  "$@" <&0 &
  child=$!
  while kill -0 "$child" 2>/dev/null; do
    if ended=$(ended_programs); then fail "stops $*, since $ended"; fi
    sleep 0.2
  done
  wait "$child" || code=$?
  child=
  return "$code"
}

# For the end of the script, whatever it is: a program may have ended while nothing was awaited.
name_ended_programs() {
  local ended
  if ended=$(ended_programs); then echo "${0##*/}: $ended" >&2; fi
}

# Ports that nobody listens on now.
free_ports() {
  python3 - "$1" <<'PYTHON'
import socket, sys
sockets = [socket.socket() for _ in range(int(sys.argv[1]))]
for each in sockets:
    each.bind(("127.0.0.1", 0))
print(*(each.getsockname()[1] for each in sockets))
PYTHON
}

# write_access <file> <token>: a kubeconfig for whoever has the token.
write_access() {
  cat >"$1" <<YAML
apiVersion: v1
kind: Config
current-context: cluster
contexts:
  - {name: cluster, context: {cluster: cluster, user: bearer}}
clusters:
  - name: cluster
    cluster:
      server: https://$api
      certificate-authority: $work/certificates/apiserver.crt
users:
  - {name: bearer, user: {token: $2}}
YAML
  chmod 600 "$1"
}

# add_user <file> <name> <group>: writes its kubeconfig. Before the API server starts.
add_user() {
  local token
  token=$(openssl rand -hex 16)
  echo "$token,$2,$2,$3" >>"$work/tokens.csv"
  chmod 600 "$work/tokens.csv"
  write_access "$1" "$token"
}

start_store() {
  launch etcd --data-dir="$work/etcd" --unsafe-no-fsync --log-level=warn \
    --listen-client-urls="http://127.0.0.1:$store_port" --advertise-client-urls="http://127.0.0.1:$store_port" \
    --listen-peer-urls="http://127.0.0.1:$peer_port" --initial-advertise-peer-urls="http://127.0.0.1:$peer_port" \
    --initial-cluster="default=http://127.0.0.1:$peer_port"
  await 30 'answer of etcd' curl -fs "http://127.0.0.1:$store_port/health"
}

# start_api_server <options…>
start_api_server() {
  openssl genrsa -out "$work/accounts.key" 2048 2>/dev/null
  launch kube-apiserver --etcd-servers="http://127.0.0.1:$store_port" --bind-address="$listen" \
    --advertise-address="${api%:*}" --secure-port="${api#*:}" --cert-dir="$work/certificates" \
    --token-auth-file="$work/tokens.csv" --authorization-mode=Node,RBAC --anonymous-auth=false \
    --service-account-issuer=https://kubernetes.default.svc --service-account-key-file="$work/accounts.key" \
    --service-account-signing-key-file="$work/accounts.key" --service-cluster-ip-range=10.96.0.0/16 \
    --allow-privileged=false --profiling=false "$@"
  await 60 'readiness of the API server' kubectl get --raw /readyz
}

start_controllers() {
  launch kube-controller-manager --kubeconfig="$KUBECONFIG" --bind-address=127.0.0.1 --secure-port="$controllers_port" \
    --cert-dir="$work/certificates" --leader-elect=false --use-service-account-credentials \
    --service-account-private-key-file="$work/accounts.key" --root-ca-file="$work/certificates/apiserver.crt"
  launch kube-scheduler --kubeconfig="$KUBECONFIG" --bind-address=127.0.0.1 --secure-port="$scheduler_port" \
    --cert-dir="$work/certificates" --leader-elect=false
  await 30 'account of the default namespace' kubectl get serviceaccount default
}

# folder_of <module> <version>: of the Go module, for the definitions in it.
folder_of() {
  go mod download -json "$1@$2" | python3 -c 'import json, sys; print(json.load(sys.stdin)["Dir"])'
}

# find_definitions: sets the folders of the modules that define what the chart asks for. Needs the module registry.
find_definitions() {
  operator=$(folder_of github.com/cloudnative-pg/cloudnative-pg \
    "$(go -C .ci/cluster list -m -f '{{.Version}}' github.com/cloudnative-pg/cloudnative-pg)")
  prometheus=$(folder_of github.com/prometheus-operator/prometheus-operator v0.85.0)
  gateway=$(folder_of sigs.k8s.io/gateway-api v1.4.0)
}

install_definitions() {
  local kind
  kubectl apply --server-side -f "$operator/config/crd/bases" -f "$gateway/config/crd/standard" \
    -f .ci/cluster/objectstore.yaml >/dev/null
  for kind in servicemonitors podmonitors prometheusrules; do
    kubectl apply --server-side >/dev/null \
      -f "$prometheus/example/prometheus-operator-crd/monitoring.coreos.com_$kind.yaml"
  done
  guard kubectl wait --for=condition=Established crd --all --timeout=60s >/dev/null
}
