package dev.userservice.election.lease;

import dev.userservice.election.SimulatedNetwork;
import dev.userservice.election.SimulatedProcess;
import dev.userservice.election.SimulatedStore;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A Lease of the Kubernetes API, with the time of each renewal by its holder's wall clock. */
public final class SimulatedLease extends SimulatedStore {

  private LeaseRecord record = LeaseRecord.ABSENT;
  private Instant renewedAt = Instant.EPOCH;
  private long version;

  public SimulatedLease() {
    super("api");
  }

  /** When the holder says that it renewed: what an elector that trusts clocks goes by. */
  public Instant renewedAt() {
    return renewedAt;
  }

  public void delete() {
    record = LeaseRecord.ABSENT;
  }

  /** The Lease as one process reaches it. */
  public LeaseStore store(SimulatedNetwork network, SimulatedProcess process) {
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
        // A watch may always be late; this one never reports.
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
