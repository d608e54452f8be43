package dev.userservice.drill;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.userservice.ServiceProcess;
import dev.userservice.datasource.Credentials;
import dev.userservice.embedded.EmbeddedServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A release of the chart on a real API server and real databases. Processes of the service use the
 * API server with the token of the chart's account. They use the databases at the addresses in the
 * API server, with the chart's roles.
 */
final class ReleasedChart implements AutoCloseable {

  private final String name;
  private final ControlPlane plane;
  private final DrillCluster cluster;
  private final PodAddresses addresses;
  private final ChartRelease release;
  private final Path kubeconfig;

  private ReleasedChart(
      String name, ControlPlane plane, DrillCluster cluster, PodAddresses addresses, int shards)
      throws Exception {
    this.name = name;
    this.plane = plane;
    this.cluster = cluster;
    this.addresses = addresses;
    this.release = new ChartRelease(plane.client(), shards);
    release.install();
    for (int shard = 0; shard < clusters(); shard++) {
      makeShard(shard);
    }
    this.kubeconfig = plane.kubeconfig("service", release.token());
  }

  /**
   * Starts everything but the service, or skips the test if the programs are not installed.
   *
   * @param name of the test's files
   * @param clusters how many shards have a database and a Service
   * @param shards how many of them the release configures
   */
  static ReleasedChart start(String name, int clusters, int shards) throws Exception {
    @Nullable String binaries = System.getenv("KUBERNETES_BINARIES");
    assumeTrue(
        binaries != null && Files.isExecutable(Path.of(binaries, "kube-apiserver")),
        "KUBERNETES_BINARIES names no folder with etcd and kube-apiserver");
    ControlPlane plane =
        new ControlPlane(Path.of(String.valueOf(binaries)), Path.of("target", name + "-plane"));
    DrillCluster cluster = null;
    try {
      cluster = DrillCluster.start(name, clusters, 1);
      return new ReleasedChart(name, plane, cluster, PodAddresses.before(cluster), shards);
    } catch (Exception | AssertionError failure) {
      if (cluster != null) {
        cluster.close();
      }
      plane.close();
      throw failure;
    }
  }

  /** Launches a process as a pod of this release, without waiting for it. */
  ServiceProcess launch(String process, String... options) throws IOException {
    return launch(release, process, options);
  }

  /** The same, as a pod of an upgrade with another number of shards. */
  ServiceProcess launchWithShards(int shards, String process, String... options)
      throws IOException {
    return launch(new ChartRelease(plane.client(), shards), process, options);
  }

  ControlPlane plane() {
    return plane;
  }

  DrillCluster cluster() {
    return cluster;
  }

  ChartRelease release() {
    return release;
  }

  /** A client with the rights of the chart's account. */
  KubernetesClient account() throws IOException {
    return ControlPlane.clientOf(kubeconfig);
  }

  /** Tells the API server how many pods a shard has, one or two. */
  void tellPods(int shard, int pods) {
    plane.client().resource(PodAddresses.slice(shard, pods)).serverSideApply();
  }

  /** The administrator of the release's databases. */
  Credentials administrator() {
    return ChartRelease.in(cluster.topology().credentials());
  }

  @Override
  public void close() {
    addresses.close();
    cluster.close();
    plane.close();
  }

  private int clusters() {
    return (int) cluster.servers().servers().stream().filter(EmbeddedServer::primary).count();
  }

  private void makeShard(int shard) throws Exception {
    release.makeDatabase(cluster.primary(shard).endpoint(), cluster.topology().credentials());
    tellPods(shard, 2);
  }

  private ServiceProcess launch(ChartRelease version, String process, String... options)
      throws IOException {
    Map<String, String> environment = new HashMap<>(version.environment());
    environment.put("KUBECONFIG", kubeconfig.toAbsolutePath().toString());
    Files.deleteIfExists(Path.of("target", name + "-" + process + ".out"));
    return ServiceProcess.launchIn(environment, Path.of(name + "-" + process), options);
  }
}
