package dev.userservice.drill;

import dev.userservice.ServiceProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Three processes behind one address that are replaced as by a Deployment with {@code maxSurge: 1,
 * maxUnavailable: 0}: a new process is started; when it is ready, it is listed and an old one gets
 * SIGTERM, while the address still sends the old one new connections for a moment.
 */
final class RollingUpdate implements AutoCloseable {

  private static final int PROCESSES = 3;
  private static final Duration NEWS_TRAVEL = Duration.ofMillis(700);
  private static final Duration SERVED_ON = Duration.ofSeconds(2);
  private static final int SIGTERM = 143;

  private final DrillCluster cluster;
  private final ServiceAddress address = new ServiceAddress();
  private final List<ServiceProcess> running = new ArrayList<>();
  private final List<ServiceProcess> ended = new ArrayList<>();
  private int launched;

  /** Starts three processes of one program and waits until all are ready. */
  RollingUpdate(DrillCluster cluster, Path program) throws IOException {
    this.cluster = cluster;
    try {
      for (int process = 0; process < PROCESSES; process++) {
        running.add(launch(program));
      }
      running.forEach(ServiceProcess::awaitReady);
      running.forEach(address::list);
    } catch (IOException | RuntimeException failure) {
      close();
      throw failure;
    }
  }

  ServiceAddress address() {
    return address;
  }

  /**
   * Replaces all processes. Returns the number of requests of the last old process, then of the new
   * ones.
   */
  List<Double> roll(Path program) throws IOException, InterruptedException {
    List<Double> whenMixed = new ArrayList<>();
    List<ServiceProcess> old = List.copyOf(running);
    ServiceProcess next = launch(program);
    for (ServiceProcess leaving : old) {
      running.add(next);
      next.awaitReady();
      address.list(next);
      leaving.terminate();
      DrillTime.pass(NEWS_TRAVEL);
      address.unlist(leaving);
      // The next process starts while this one ends.
      boolean last = leaving == old.get(old.size() - 1);
      next = last ? next : launch(program);
      if (leaving.awaitExit() != SIGTERM) {
        throw new IllegalStateException("did not end in order: " + leaving.output());
      }
      running.remove(leaving);
      ended.add(leaving);
      if (leaving == old.get(PROCESSES - 2)) {
        for (ServiceProcess process : running) {
          whenMixed.add(process.metric("http_server_requests_seconds_count", "/users/{id}"));
        }
      }
    }
    return whenMixed;
  }

  private ServiceProcess launch(Path program) throws IOException {
    return cluster.launch(
        "service-" + launched++,
        program,
        "-Dquarkus.shutdown.delay=" + SERVED_ON,
        "-Dusers.election.lease-duration=" + ServiceTrio.LEASE,
        "-Dusers.election.renew-deadline=PT2S",
        "-Dusers.election.retry-period=" + ServiceTrio.RETRY);
  }

  @Override
  public void close() {
    running.forEach(ServiceProcess::terminate);
    running.forEach(ServiceProcess::close);
    ended.forEach(ServiceProcess::close);
    address.close();
  }
}
