package dev.userservice.sharding.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.replication.PrimaryUnavailableException;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/**
 * Random failures against a database that counts commits: whoever is answered has been written
 * exactly once, and whoever is told that nothing was changed, never. The seed is printed.
 */
final class WriteAttemptsModelTest {

  private static final int WRITES = 100_000;
  private static final String[] STATES = {
    "08006", "25006", "57P01", "53100", "53300", "57014", "26000", "US001"
  };

  /** A database that knows which writes it has; its servers fail at random. */
  private static final class Model implements Destination, Destination.Primary, Write<Integer> {

    private final SplittableRandom random;
    private int committed;
    private boolean written;
    private boolean forgetful;

    Model(SplittableRandom random) {
      this.random = random;
    }

    @Override
    public Primary primary() {
      if (random.nextInt(20) == 0) {
        throw new PrimaryUnavailableException(0, new IllegalStateException("none"));
      }
      return this;
    }

    @Override
    public boolean refusedBy(Primary primary) {
      return random.nextInt(4) > 0;
    }

    @Override
    public int shard() {
      return 0;
    }

    @Override
    public void lost() {}

    @Override
    public void renewConnections() {}

    @Override
    public <T> T transaction(Callable<T> body) {
      written = false;
      failAtRandom();
      T answer = call(body);
      String state = STATES[random.nextInt(STATES.length)];
      boolean fails = random.nextInt(3) == 0;
      boolean certain = !state.startsWith("08") && !state.startsWith("57P");
      if (!fails || (!certain && random.nextBoolean())) {
        committed += written ? 1 : 0;
      }
      if (fails) {
        throw ScriptedDestination.database(state);
      }
      return answer;
    }

    @Override
    public Integer run() {
      failAtRandom();
      written = true;
      return committed + 1;
    }

    @Override
    public Optional<Integer> resolve(Integer unanswered) {
      failAtRandom();
      if (forgetful) {
        return Optional.empty();
      }
      return committed > 0 ? Optional.of(unanswered) : Optional.of(run());
    }

    private void failAtRandom() {
      if (random.nextInt(4) == 0) {
        throw ScriptedDestination.database(STATES[random.nextInt(STATES.length)]);
      }
    }

    private static <T> T call(Callable<T> body) {
      try {
        return body.call();
      } catch (RuntimeException failed) {
        throw failed;
      } catch (Exception unexpected) {
        throw new AssertionError(unexpected);
      }
    }
  }

  @Test
  void whateverFailsNoWriteIsMadeTwiceOrWronglyAnswered() {
    long seed = System.nanoTime();
    System.out.println("write attempts: seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    int answered = 0;
    int unchanged = 0;
    int unknown = 0;
    for (int write = 0; write < WRITES; write++) {
      Model model = new Model(random.split());
      model.forgetful = random.nextInt(10) == 0;
      try {
        assertThat(new WriteAttempts<>(model, model).run()).isEqualTo(1);
        assertThat(model.committed).as("answered, seed %d, write %d", seed, write).isEqualTo(1);
        answered++;
      } catch (OutcomeUnknownException nobodyKnows) {
        assertThat(model.committed).as("unknown, seed %d, write %d", seed, write).isLessThan(2);
        unknown++;
      } catch (WriteUnavailableException
          | SlotNotOwnedException
          | PrimaryUnavailableException nothing) {
        assertThat(model.committed).as("unchanged, seed %d, write %d", seed, write).isZero();
        unchanged++;
      }
    }
    System.out.printf(
        "write attempts: %d answered, %d unchanged, %d unknown%n", answered, unchanged, unknown);
    assertThat(answered).isPositive();
    assertThat(unchanged).isPositive();
    assertThat(unknown).isPositive();
  }
}
