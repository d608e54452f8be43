# Sourced by .ci/kubernetes: a real node for the control plane, in a network namespace with no way out: containerd, kubelet,
# kube-proxy, a firewall that enforces NetworkPolicies, DNS, volumes of a fixed size, the CloudNativePG operator, and every
# image, the service's included.
# shellcheck shell=bash disable=SC2154

readonly NODE=node-1
readonly NODE_ADDRESS=172.31.255.2
readonly POD_ADDRESSES=10.244.0.0/24
readonly VOLUMES=48
readonly VOLUME_SIZE=1G

# A network with no way out, in which the node has an address: both ends of a cable, so that there is a carrier.
make_network() {
  ip link set lo up
  ip link add node type veth peer name nowhere
  ip link set nowhere up
  ip address add "$NODE_ADDRESS/30" dev node
  ip link set node up
  # So that a Service's address is looked up with success, before it is replaced.
  ip route add 10.96.0.0/16 dev node
  sysctl -qw net.ipv4.ip_forward=1 net.bridge.bridge-nf-call-iptables=1
}

write_runtime_settings() {
  mkdir -p "$work/network"
  cat >"$work/containerd.toml" <<TOML
version = 2
root = "$work/containerd"
state = "$work/run"
[grpc]
  address = "$work/containerd.sock"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "local.test/pause:1"
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$work/network"
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
TOML
  cat >"$work/network/10-bridge.conflist" <<JSON
{"cniVersion": "1.0.0", "name": "pods", "plugins": [
  {"type": "bridge", "bridge": "pods", "isGateway": true, "isDefaultGateway": true, "ipMasq": false, "hairpinMode": true,
   "ipam": {"type": "host-local", "dataDir": "$work/addresses", "ranges": [[{"subnet": "$POD_ADDRESSES"}]]}}]}
JSON
}

in_runtime() { ctr --address "$work/containerd.sock" --namespace k8s.io "$@"; }

start_runtime() {
  write_runtime_settings
  launch containerd --config "$work/containerd.toml"
  await 30 'answer of containerd' in_runtime version
}

import_image() { in_runtime images import "$1" >>"$LOGS/images.log" 2>&1; }

import_images() {
  local archive
  for archive in "$work"/images/*.tar; do
    guard import_image "$archive" || fail "an image was refused; see $LOGS/images.log"
  done
  rm -rf "$work/images"
}

# The kubelet trusts one client besides tokens: the API server, by this certificate, which is its own authority.
make_kubelet_client() {
  openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj '/O=system:masters/CN=kube-apiserver' \
    -keyout "$work/kubelet-client.key" -out "$work/kubelet-client.crt" 2>/dev/null
}

write_kubelet_settings() {
  : >"$work/resolv.conf"
  cat >"$work/kubelet.yaml" <<YAML
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: $NODE_ADDRESS
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: $work/kubelet-client.crt}}
authorization: {mode: Webhook}
cgroupDriver: cgroupfs
clusterDNS: [10.96.0.10]
clusterDomain: cluster.local
containerRuntimeEndpoint: unix://$work/containerd.sock
evictionHard: {memory.available: 100Mi, nodefs.available: 1%, imagefs.available: 1%}
failCgroupV1: false
failSwapOn: false
imageGCHighThresholdPercent: 100
makeIPTablesUtilChains: false
oomScoreAdj: 0
podLogsDir: $work/pod-logs
resolvConf: $work/resolv.conf
YAML
}

start_kubelet() {
  write_kubelet_settings
  launch kubelet --config="$work/kubelet.yaml" --kubeconfig="$work/kubelet.kubeconfig" --hostname-override="$NODE" \
    --node-ip="$NODE_ADDRESS" --root-dir="$work/kubelet" --cert-dir="$work/certificates" \
    --node-labels=topology.kubernetes.io/zone=zone-1
  launch kube-proxy --kubeconfig="$work/proxy.kubeconfig" --hostname-override="$NODE" --proxy-mode=nftables \
    --cluster-cidr="$POD_ADDRESSES" --bind-address="$NODE_ADDRESS" --conntrack-max-per-core=0
  await 60 'readiness of the node' kubectl wait --for=condition=Ready "node/$NODE" --timeout=1s
}

# What the bridge forwards between pods of the node passes iptables too, and there the policies: see make_network.
start_firewall() {
  launch firewall -kubeconfig="$KUBECONFIG" -hostname-override="$NODE" -service-cluster-ip-range=10.96.0.0/16
  await 30 'rules of the firewall' iptables --list KUBE-NWPLCY-DEFAULT
}

# Each volume is a file system of its own, so that it can be full, and is not given away twice.
make_volumes() {
  local number folder
  mkdir -p "$work/disks" "$work/volumes"
  for ((number = 1; number <= VOLUMES; number++)); do
    folder=$work/volumes/$number
    mkdir "$folder"
    truncate -s "$VOLUME_SIZE" "$work/disks/$number"
    mkfs.ext4 -q -m 0 "$work/disks/$number"
    mount -o loop "$work/disks/$number" "$folder"
    rmdir "$folder/lost+found"
    sed "s|NUMBER|$number|; s|FOLDER|$folder|; s|NODE|$NODE|; s|SIZE|${VOLUME_SIZE}i|" .ci/cluster/volume.yaml
  done | kubectl create -f - >/dev/null
  kubectl create -f .ci/cluster/storage-class.yaml >/dev/null
}

start_dns() {
  kubectl create -f .ci/cluster/dns.yaml >/dev/null
  guard kubectl --namespace kube-system rollout status deployment/coredns --timeout=90s >/dev/null
}

# The operator as its maintainers release it, with the image that was built from their module.
start_operator() {
  local version=${operator##*@v}
  sed -E "s#(image: |value: )[^ ]*/cloudnative-pg:#\1local.test/cloudnative-pg:#; s#imagePullPolicy: Always#imagePullPolicy: Never#" \
    "$operator/releases/cnpg-$version.yaml" | kubectl apply --server-side --force-conflicts -f - >/dev/null
  guard kubectl --namespace cnpg-system rollout status deployment/cnpg-controller-manager --timeout=180s >/dev/null
}
