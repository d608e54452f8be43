"""The cluster and the release in it: what it is told to do, and what it says of itself."""
import http.client
import json
import os
import pathlib
import re
import subprocess
import threading
import time
from dataclasses import dataclass

CHART = pathlib.Path("helm/user-service")
HEALTHY = "Cluster in healthy state"


def run(*command, check=True, text=None, timeout=900):
    """Runs a command and answers what it prints; a failure carries what it complained of."""
    done = subprocess.run(command, capture_output=True, text=True, input=text, timeout=timeout)
    if check and done.returncode != 0:
        raise AssertionError(f"{' '.join(command)}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout.strip()


def await_that(what, condition, seconds):
    """Waits until the condition holds and answers what it answered."""
    deadline = time.monotonic() + seconds
    while not (answer := condition()):
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {what}")
        time.sleep(0.1)
    return answer


class Api:
    """Reads the Kubernetes API through `kubectl proxy`, which costs less than a kubectl for each look."""

    def __init__(self):
        self.proxy = subprocess.Popen(
            ("kubectl", "proxy", "--port=0"), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.address = re.search(r"127\.0\.0\.1:\d+", self.proxy.stdout.readline()).group()

    def get(self, path):
        """None while the API server does not answer."""
        connection = http.client.HTTPConnection(self.address, timeout=2)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            content = json.loads(response.read())
            return content if response.status == 200 else None
        except (OSError, http.client.HTTPException, ValueError):
            return None
        finally:
            connection.close()

    def close(self):
        self.proxy.terminate()
        self.proxy.wait()


class Release:
    """A release of the chart in a namespace of its own, by Helm as a user would."""

    def __init__(self, namespace, values, name="users"):
        self.namespace = namespace
        self.values = values
        self.name = name
        self.service = f"{name}-user-service"

    def kubectl(self, *arguments, **options):
        return run("kubectl", "--namespace", self.namespace, *arguments, **options)

    def get(self, kind, name, path):
        return self.kubectl("get", kind, name, "-o", f"jsonpath={{{path}}}")

    def make_namespace(self):
        run("kubectl", "create", "namespace", self.namespace)
        run("kubectl", "label", "namespace", self.namespace, "pod-security.kubernetes.io/enforce=restricted")

    def exists(self):
        return self.name in run("helm", "list", "--short", "--namespace", self.namespace).split()

    def upgrade(self, *options):
        files = [option for file in self.values for option in ("--values", str(file))]
        run("helm", "upgrade", "--install", self.name, str(CHART), "--namespace", self.namespace,
            "--reset-then-reuse-values", *files, *options, "--wait", "--timeout", "10m")

    def roll_back(self, revision):
        run("helm", "rollback", self.name, revision, "--namespace", self.namespace, "--wait", "--timeout", "10m")

    def revision(self):
        return str(json.loads(run("helm", "status", self.name, "--namespace", self.namespace, "-o", "json"))["version"])

    def test(self):
        """The chart's own test, in a pod; what that says when it fails."""
        try:
            run("helm", "test", self.name, "--namespace", self.namespace, "--timeout", "5m")
        except AssertionError as failure:
            raise AssertionError(self.kubectl("logs", f"{self.service}-test", check=False)) from failure

    def remove(self):
        run("helm", "uninstall", self.name, "--namespace", self.namespace, "--wait", check=False)
        run("kubectl", "delete", "namespace", self.namespace, "--ignore-not-found", "--timeout=5m", check=False)

    def address(self):
        """The Service's own, or where it is seen from outside of the cluster."""
        outside = self.get("service", self.service, '.spec.ports[?(@.name=="http")].nodePort')
        if not outside:
            return f"{self.get('service', self.service, '.spec.clusterIP')}:80"
        internal = 'jsonpath={.items[0].status.addresses[?(@.type=="InternalIP")].address}'
        return f"{run('kubectl', 'get', 'nodes', '-o', internal)}:{outside}"

    def pods(self):
        selector = f"app.kubernetes.io/component=service,app.kubernetes.io/instance={self.name}"
        return self.kubectl("get", "pods", "-l", selector, "-o", "jsonpath={.items[*].metadata.name}").split()

    def clusters(self):
        return self.kubectl("get", "clusters.postgresql.cnpg.io", "-o", "jsonpath={.items[*].metadata.name}").split()

    def primary(self, cluster):
        return self.get("clusters.postgresql.cnpg.io", cluster, ".status.currentPrimary")

    def instances(self, cluster):
        return self.get("clusters.postgresql.cnpg.io", cluster, ".status.instanceNames[*]").split()

    def leader(self):
        """The pod that holds the Lease; its identity is the pod's name and a few characters more."""
        return self.get("lease", self.service, ".spec.holderIdentity").rsplit("-", 1)[0]

    def execute(self, pod, *command, container="postgres", **options):
        return self.kubectl("exec", pod, "--container", container, "--", *command, **options)

    def query(self, pod, statement, **options):
        return self.execute(pod, "psql", "-U", "postgres", "-d", "users", "-Atc", statement, **options)


@dataclass(frozen=True)
class Look:
    """What the API server said of the release at one time."""
    at: float
    primaries: dict
    healthy: bool
    ready: int
    restarts: dict


class Observer(threading.Thread):
    """Looks at a release several times a second, until it is closed."""

    PERIOD = 0.2

    def __init__(self, release):
        super().__init__(name="observer", daemon=True)
        self.release = release
        self.api = Api()
        self.looks = []
        self.closed = threading.Event()

    def run(self):
        while not self.closed.wait(self.PERIOD):
            look = self.look()
            if look is not None:
                self.looks.append(look)
        self.api.close()

    def close(self):
        self.closed.set()
        self.join()

    def look(self):
        namespace, service = self.release.namespace, self.release.service
        at = time.monotonic()
        clusters = self.api.get(f"/apis/postgresql.cnpg.io/v1/namespaces/{namespace}/clusters")
        deployment = self.api.get(f"/apis/apps/v1/namespaces/{namespace}/deployments/{service}")
        slices = self.api.get(f"/apis/discovery.k8s.io/v1/namespaces/{namespace}/endpointslices"
                              f"?labelSelector=kubernetes.io/service-name={service}")
        pods = self.api.get(f"/api/v1/namespaces/{namespace}/pods")
        if None in (clusters, deployment, slices, pods):
            return None
        primaries = {each["metadata"]["name"]: each["status"].get("currentPrimary") for each in clusters["items"]}
        healthy = all(map(cluster_is_healthy, clusters["items"])) and deployment_is_complete(deployment) and all(
            is_ready(pod) for pod in pods["items"] if is_to_serve(pod))
        return Look(at, primaries, healthy, ready_addresses(slices), restarts_of(service, pods))

    def await_health(self, seconds, steady=4):
        """Waits until everything has been healthy for some seconds in a row."""
        def steadily():
            recent = [look for look in self.looks if look.at > time.monotonic() - steady]
            return len(recent) >= 3 and all(look.healthy for look in recent)
        await_that("health", steadily, seconds)

    def since(self, start):
        return [look for look in self.looks if look.at >= start]


def cluster_is_healthy(cluster):
    status = cluster["status"]
    return (status.get("phase") == HEALTHY and status.get("readyInstances") == cluster["spec"]["instances"]
            and status.get("currentPrimary") == status.get("targetPrimary"))


def deployment_is_complete(deployment):
    status, wanted = deployment["status"], deployment["spec"]["replicas"]
    return (status.get("observedGeneration") == deployment["metadata"]["generation"]
            and wanted == status.get("readyReplicas") == status.get("updatedReplicas") == status.get("replicas"))


def is_to_serve(pod):
    return pod["status"]["phase"] == "Running" and "deletionTimestamp" not in pod["metadata"]


def is_ready(pod):
    return any(each["type"] == "Ready" and each["status"] == "True" for each in pod["status"].get("conditions", []))


def ready_addresses(slices):
    return sum(1 for each in slices["items"] for endpoint in each.get("endpoints") or []
               if endpoint["conditions"].get("ready"))


def restarts_of(service, pods):
    return {pod["metadata"]["name"]: sum(each["restartCount"] for each in pod["status"].get("containerStatuses", []))
            for pod in pods["items"] if pod["metadata"]["name"].startswith(service)}


class Node:
    """What only root on the node can do: end processes of others, cut cables, stop the API server."""

    def __init__(self):
        self.folder = pathlib.Path(os.environ["NODE_FOLDER"])

    @staticmethod
    def is_here():
        return "NODE_FOLDER" in os.environ

    def process_of(self, release, pod, container):
        named = f'.status.containerStatuses[?(@.name=="{container}")].containerID'
        identity = release.get("pod", pod, named).removeprefix("containerd://")
        for line in self.in_runtime("tasks", "list").splitlines():
            if line.startswith(identity):
                return line.split()[1]
        raise AssertionError(f"{pod} does not run")

    def in_runtime(self, *command):
        return run("ctr", "--address", str(self.folder / "containerd.sock"), "--namespace", "k8s.io", *command)

    def kill(self, release, pod, container):
        """The first process of a container, and with it all others, at once."""
        run("kill", "-KILL", self.process_of(release, pod, container))

    def cut(self, release, pod, container):
        """Drops what comes to the pod and what goes from it; answers the pod's network, to heal it later."""
        network = os.open(f"/proc/{self.process_of(release, pod, container)}/ns/net", os.O_RDONLY)
        self.in_network(network, "-A", "INPUT", "!", "-i", "lo", "-j", "DROP")
        self.in_network(network, "-A", "OUTPUT", "!", "-o", "lo", "-j", "DROP")
        return network

    def heal(self, network):
        self.in_network(network, "-F")
        os.close(network)

    @staticmethod
    def in_network(network, *rule):
        run("nsenter", f"--net=/proc/{os.getpid()}/fd/{network}", "iptables", *rule)

    @staticmethod
    def reports():
        """Each node with the time of its last report to Kubernetes."""
        reported = "jsonpath={range .items[*]}{.metadata.name}={.spec.renewTime} {end}"
        return set(run("kubectl", "--namespace", "kube-node-lease", "get", "lease", "-o", reported).split())

    def kill_api_server(self):
        """Its process is forgotten first: one that is known and ends stops the drill."""
        known = self.folder / "processes/kube-apiserver"
        process = known.read_text().strip()
        known.unlink()
        run("kill", "-KILL", process)

    def start_api_server(self):
        server = subprocess.Popen((self.folder / "commands/kube-apiserver",), start_new_session=True)
        (self.folder / "processes/kube-apiserver").write_text(str(server.pid))
