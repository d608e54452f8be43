package dev.userservice.election.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.userservice.election.ShopLease;
import dev.userservice.election.lock.ElectionThread;
import dev.userservice.kubernetes.ApiProxy;
import dev.userservice.kubernetes.ApiServer;
import dev.userservice.kubernetes.KubernetesApi;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One Lease, read and written by the real client on an API server that fails in several ways. */
final class KubernetesLeasesTest {

  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final Duration CALL = Duration.ofMillis(500);
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final ApiServer api = new ApiServer();
  private final ShopLease lease = new ShopLease(api);
  private final ElectionThread loop = new ElectionThread();
  private final KubernetesLeases leases = leases(api.client());
  private final AtomicInteger hints = new AtomicInteger();

  @AfterEach
  void stop() {
    leases.close();
    loop.close();
    api.close();
  }

  @Test
  void absentLeaseIsCreated() throws Exception {
    assertThat(answer(leases.read())).isEqualTo(LeaseRecord.ABSENT);
    LeaseRecord written = answer(leases.write(taken(LeaseRecord.ABSENT))).orElseThrow();
    assertThat(written.version()).isNotNull();
    assertThat(answer(leases.read())).isEqualTo(written);
    assertThat(lease.now().getSpec())
        .satisfies(
            spec -> {
              assertThat(spec.getHolderIdentity()).isEqualTo("pod-a");
              assertThat(spec.getLeaseDurationSeconds()).isEqualTo(2);
              assertThat(spec.getLeaseTransitions()).isEqualTo(1);
              assertThat(spec.getAcquireTime().toInstant()).isEqualTo(NOON);
              assertThat(spec.getRenewTime()).isNotNull();
            });
  }

  @Test
  void metadataOfTheChartAreKept() throws Exception {
    lease.chart();
    LeaseRecord empty = answer(leases.read());
    assertThat(empty.holder()).isNull();
    assertThat(answer(leases.write(taken(empty).withEpoch(7)))).isPresent();
    Lease now = lease.now();
    assertThat(now.getMetadata().getLabels()).containsEntry("app.kubernetes.io/managed-by", "Helm");
    assertThat(now.getMetadata().getAnnotations())
        .containsEntry("meta.helm.sh/release-name", "users")
        .containsEntry(KubernetesLeases.EPOCH, "7");
    assertThat(now.getMetadata().getOwnerReferences()).hasSize(1);
    assertThat(now.getSpec().getHolderIdentity()).isEqualTo("pod-a");
  }

  @Test
  void writeNamesTheReplacedVersionAndIsSentOnce() throws Exception {
    lease.chart();
    LeaseRecord seen = answer(leases.read());
    lease.hold("pod-b");
    int reads = api.requests(ApiServer.READ).size();
    assertThat(answer(leases.write(taken(seen)))).isEmpty();
    assertThat(api.requests(ApiServer.REPLACE))
        .singleElement()
        .satisfies(
            request ->
                assertThat(request.getUtf8Body())
                    .contains("\"resourceVersion\":\"" + seen.version() + "\""));
    assertThat(api.requests(ApiServer.READ)).hasSize(reads);
    assertThat(lease.holder()).isEqualTo("pod-b");
  }

  @Test
  void writeOfAnOlderReadReplacesNothing() throws Exception {
    lease.chart();
    LeaseRecord seen = answer(leases.read());
    lease.hold("pod-b");
    assertThat(answer(leases.read()).holder()).isEqualTo("pod-b");
    assertThat(answer(leases.write(seen.released()))).isEmpty();
    assertThat(lease.holder()).isEqualTo("pod-b");
  }

  @Test
  void oneOfTwoProcessesTakesTheSameLease() throws Exception {
    try (ApiProxy network = api.anotherNetwork();
        KubernetesLeases others = leases(api.clientThrough(network))) {
      lease.chart();
      LeaseRecord seen = answer(leases.read());
      LeaseRecord seenByOther = answer(others.read());
      CompletionStage<Optional<LeaseRecord>> mine = leases.write(taken(seen));
      CompletionStage<Optional<LeaseRecord>> theirs =
          others.write(seenByOther.takenBy("pod-b", 2000, NOON));
      assertThat(answer(mine).isPresent()).isNotEqualTo(answer(theirs).isPresent());
      assertThat(lease.holder()).isEqualTo(answer(mine).isPresent() ? "pod-a" : "pod-b");
    }
  }

  @Test
  void oneOfTwoProcessesCreatesTheLease() throws Exception {
    assertThat(answer(leases.write(taken(LeaseRecord.ABSENT)))).isPresent();
    assertThat(answer(leases.write(LeaseRecord.ABSENT.takenBy("pod-b", 2000, NOON)))).isEmpty();
    assertThat(lease.holder()).isEqualTo("pod-a");
  }

  @Test
  void deletedLeaseIsNotReplaced() throws Exception {
    lease.chart();
    LeaseRecord written = answer(leases.write(taken(answer(leases.read())))).orElseThrow();
    lease.delete();
    assertThat(answer(leases.write(written))).isEmpty();
    assertThat(answer(leases.read())).isEqualTo(LeaseRecord.ABSENT);
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 429, 500, 503})
  void refusalFailsAtOnceAndIsNotRetried(int code) throws Exception {
    lease.chart();
    LeaseRecord seen = answer(leases.read());
    api.failNext(1, ApiServer.REPLACE, ApiServer.refusal(code, "Refused", "not now"));
    assertThatThrownBy(() -> answer(leases.write(taken(seen)))).hasMessageContaining("not now");
    api.failNext(1, ApiServer.READ, ApiServer.refusal(code, "Refused", "not now"));
    assertThatThrownBy(() -> answer(leases.read())).hasMessageContaining("not now");
    assertThat(api.requests(ApiServer.REPLACE)).hasSize(1);
    assertThat(answer(leases.write(taken(seen)))).isPresent();
  }

  @Test
  void absentLeaseFailsWithoutThePermissionToCreateIt() throws Exception {
    api.failNext(1, ApiServer.CREATE, ApiServer.refusal(403, "Forbidden", "may not create"));
    assertThatThrownBy(() -> answer(leases.write(taken(LeaseRecord.ABSENT))))
        .hasMessageContaining("may not create");
    lease.chart();
    assertThat(answer(leases.write(taken(answer(leases.read()))))).isPresent();
  }

  @Test
  void writeThatIsAnsweredTooLateFails() throws Exception {
    lease.chart();
    LeaseRecord seen = answer(leases.read());
    api.delayNext(1, ApiServer.REPLACE, CALL.multipliedBy(4));
    assertThatThrownBy(() -> answer(leases.write(taken(seen)))).isNotNull();
    assertThat(answer(leases.write(taken(seen)))).isEmpty();
    LeaseRecord found = answer(leases.read());
    assertThat(found.holder()).isEqualTo("pod-a");
    assertThat(answer(leases.write(found))).isPresent();
  }

  @Test
  void silentApiServerDelaysACallUntilItsDeadlineOnly() throws Exception {
    lease.chart();
    LeaseRecord seen = answer(leases.read());
    api.network().silence();
    for (int attempt = 0; attempt < 3; attempt++) {
      long began = System.nanoTime();
      assertThatThrownBy(() -> answer(leases.write(taken(seen)))).isNotNull();
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(CALL.multipliedBy(3));
    }
    api.network().up();
    assertThat(answer(leases.write(taken(seen)))).isPresent();
  }

  @Test
  void unansweredWatchDoesNotDelayWrites() throws Exception {
    lease.chart();
    api.silenceAtNext(ApiServer.WATCH);
    answer(leases.read());
    await().atMost(BOUND).until(() -> api.faultsLeft() == 0);
    await()
        .atMost(CALL.multipliedBy(6))
        .ignoreExceptions()
        .until(() -> answer(leases.write(taken(answer(leases.read())))).isPresent());
    await().atMost(BOUND).until(() -> answer(leases.read()) != null && api.watches() > 1);
  }

  /** Without it the real API server refuses to open a WebSocket, with 403. */
  @Test
  void watchNamesItsOrigin() throws Exception {
    watched();
    assertThat(api.requests(ApiServer.WATCH))
        .isNotEmpty()
        .allSatisfy(request -> assertThat(request.getHeader("Origin")).startsWith("http"));
  }

  @Test
  void watchReportsARelease() throws Exception {
    watched();
    lease.hold("pod-b");
    lease.hold("");
    await().atMost(BOUND).until(() -> hints.get() == 1);
    lease.hold("pod-b");
    lease.delete();
    await().atMost(BOUND).until(() -> hints.get() == 2);
  }

  @Test
  void brokenWatchIsOpenedAgainByTheNextRead() throws Exception {
    watched();
    api.network().down();
    assertThatThrownBy(() -> answer(leases.read())).isNotNull();
    api.network().up();
    int before = api.watches();
    await()
        .atMost(BOUND)
        .until(() -> answer(leases.read()).version() != null && api.watches() > before);
    await()
        .atMost(BOUND)
        .until(
            () -> {
              lease.hold("");
              return hints.get() > 0;
            });
  }

  @Test
  void leaseIsReadWithoutThePermissionToWatch() throws Exception {
    api.failNext(2, ApiServer.WATCH, ApiServer.refusal(403, "Forbidden", "may not watch"));
    lease.chart();
    assertThat(answer(leases.read()).version()).isNotNull();
    assertThat(answer(leases.read()).version()).isNotNull();
    await().atMost(BOUND).until(() -> answer(leases.read()) != null && api.watches() > 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "seven", "-7", "7.0", "99999999999999999999999", "١٢"})
  void epochThatIsNoNumberCountsAsZero(String epoch) throws Exception {
    lease.chart();
    lease.annotate(KubernetesLeases.EPOCH, epoch);
    LeaseRecord found = answer(leases.read());
    assertThat(found.epoch()).isZero();
    assertThat(answer(leases.write(taken(found).withEpoch(8)))).isPresent();
    assertThat(lease.now().getMetadata().getAnnotations())
        .containsEntry(KubernetesLeases.EPOCH, "8");
  }

  @Test
  void emptyHolderCountsAsNone() throws Exception {
    lease.chart();
    lease.hold("");
    assertThat(answer(leases.read()).holder()).isNull();
  }

  /** A Lease with a holder, and an open watch. */
  private void watched() throws Exception {
    lease.chart();
    lease.hold("pod-b");
    leases.onChange(hints::incrementAndGet);
    assertThat(answer(leases.read()).holder()).isEqualTo("pod-b");
    // This API server does not report a change between a read and its watch, so the change is
    // repeated.
    await()
        .atMost(BOUND)
        .until(
            () -> {
              lease.hold("");
              return hints.get() > 0;
            });
    lease.hold("pod-b");
    hints.set(0);
  }

  private static LeaseRecord taken(LeaseRecord seen) {
    return seen.takenBy("pod-a", 2000, NOON);
  }

  private KubernetesLeases leases(KubernetesApi client) {
    return new KubernetesLeases(client, "shop", ShopLease.NAME, CALL, loop);
  }

  private static <T> T answer(CompletionStage<T> call) throws Exception {
    return Objects.requireNonNull(
        call.toCompletableFuture().get(BOUND.toSeconds(), TimeUnit.SECONDS));
  }
}
