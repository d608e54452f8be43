package dev.userservice.drill;

import dev.userservice.ServiceProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Three processes of the service on the same servers, one of which leads. */
final class ServiceTrio implements AutoCloseable {

  /** Starts a process of the service without waiting for it. */
  interface Launch {
    ServiceProcess process(String name, String... options) throws IOException;
  }

  static final Duration LEASE = Duration.ofSeconds(3);
  static final Duration RETRY = Duration.ofMillis(400);

  private static final Duration BOUND = Duration.ofMinutes(1);

  private final Launch launch;
  private final List<ServiceProcess> processes = new ArrayList<>();
  private final List<String> options;
  private int launched;

  /** Launches three and waits until they are ready and agree on a leader. */
  ServiceTrio(DrillCluster cluster, String... options) throws IOException {
    this(cluster::launch, options);
  }

  /** The same, with processes that find their servers in another way. */
  ServiceTrio(Launch launch, String... options) throws IOException {
    this.launch = launch;
    this.options =
        Stream.concat(
                Stream.of(
                    "-Dusers.election.lease-duration=" + LEASE,
                    "-Dusers.election.renew-deadline=PT2S",
                    "-Dusers.election.retry-period=" + RETRY),
                Stream.of(options))
            .toList();
    try {
      for (int process = 0; process < 3; process++) {
        launchOne();
      }
      processes.forEach(ServiceProcess::awaitReady);
      awaitAgreement();
    } catch (IOException | RuntimeException failure) {
      close();
      throw failure;
    }
  }

  /** Launches one more process, to replace one that has ended. */
  void launchOne() throws IOException {
    processes.add(launch.process("service-" + launched++, options.toArray(String[]::new)));
  }

  List<ServiceProcess> processes() {
    return processes;
  }

  /** The process that leads. */
  ServiceProcess leader() throws InterruptedException {
    for (ServiceProcess process : processes) {
      if (process.leads()) {
        return process;
      }
    }
    throw new IllegalStateException("no process leads");
  }

  /** The number of processes that report that they lead. */
  int leaders() throws InterruptedException {
    int leaders = 0;
    for (ServiceProcess process : processes) {
      leaders += process.leads() ? 1 : 0;
    }
    return leaders;
  }

  /** The epoch that the leader reports. */
  long epoch() throws InterruptedException {
    return leader().leader().orElseThrow().getLong("epoch");
  }

  /** Waits until another process than the given one leads. Returns how long that took. */
  Duration awaitOtherThan(ServiceProcess former) {
    long begin = System.nanoTime();
    Awaitility.await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(BOUND)
        .until(
            () -> {
              for (ServiceProcess process : processes) {
                if (process != former && process.leads()) {
                  return true;
                }
              }
              return false;
            });
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /** Removes a process that has ended, and launches another. */
  void replace(ServiceProcess ended) throws IOException {
    processes.remove(ended);
    ended.close();
    launchOne();
    processes.get(processes.size() - 1).awaitReady();
    awaitAgreement();
  }

  /** Waits until all processes name the same leader. */
  void awaitAgreement() {
    Awaitility.await()
        .atMost(BOUND)
        .until(
            () -> {
              List<String> named = new ArrayList<>();
              for (ServiceProcess process : processes) {
                named.add(process.leader().map(each -> each.getString("leader")).orElse("nobody"));
              }
              return !named.contains("nobody") && named.stream().distinct().count() == 1;
            });
  }

  @Override
  public void close() {
    processes.forEach(ServiceProcess::terminate);
    processes.forEach(ServiceProcess::close);
  }
}
