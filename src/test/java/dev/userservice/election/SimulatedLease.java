package dev.userservice.election;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A Lease of the Kubernetes API, with what its holder's wall clock said at each renewal. */
final class SimulatedLease extends SimulatedStore {

  private LeaseRecord record = LeaseRecord.ABSENT;
  private Instant renewedAt = Instant.EPOCH;
  private long version;

  SimulatedLease() {
    super("api");
  }

  /** When the holder says that it renewed: what an elector that trusts clocks goes by. */
  Instant renewedAt() {
    return renewedAt;
  }

  void delete() {
    record = LeaseRecord.ABSENT;
  }

  /** The Lease as one process reaches it. */
  LeaseStore store(SimulatedNetwork network, SimulatedProcess process) {
    SimulatedLease lease = this;
    return new LeaseStore() {
      @Override
      public CompletionStage<LeaseRecord> read() {
        return network.call(process, lease, () -> record);
      }

      @Override
      public CompletionStage<Optional<LeaseRecord>> write(LeaseRecord next) {
        Instant now = process.wallClock();
        return network.call(process, lease, () -> written(next, now));
      }

      @Override
      public void onChange(Runnable hint) {
        // Watches may always be late: this one never tells.
      }
    };
  }

  private Optional<LeaseRecord> written(LeaseRecord next, Instant now) {
    if (!Objects.equals(next.version(), record.version())) {
      return Optional.empty();
    }
    record =
        new LeaseRecord(
            Long.toString(++version),
            next.holder(),
            next.leaseMillis(),
            next.epoch(),
            next.transitions(),
            next.acquiredAt());
    renewedAt = now;
    return Optional.of(record);
  }
}
