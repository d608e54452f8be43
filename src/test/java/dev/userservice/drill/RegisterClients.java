package dev.userservice.drill;

import dev.userservice.history.History;
import dev.userservice.history.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/**
 * Clients that write and read a few registers, each a user, and record what they saw. No two writes
 * write the same value. A write that was refused has not happened, as the service promises; any
 * other failed write may have happened at any time.
 */
final class RegisterClients {

  static final long INITIAL = 1;

  private static final int CLIENTS = 8;
  private static final int REGISTERS = 10;
  private static final long PAUSE_AFTER_FAILURE_MILLIS = 20;

  private final UserClient client;
  private final RecordedClient recorded;
  private final String consistency;
  private final List<Long> registers;
  private final History history = new History();
  private final AtomicLong lastValue = new AtomicLong(INITIAL);
  private final AtomicLong successfulWrites = new AtomicLong();
  private final ReadTally reads = new ReadTally();
  private volatile boolean stopped;

  /**
   * Clients of fresh registers, all of whose reads are held to be strong.
   *
   * @param consistency the header of their reads
   */
  RegisterClients(UserClient client, FreshIds ids, String consistency) {
    this.client = client;
    this.recorded = new RecordedClient(client, history);
    this.consistency = consistency;
    this.registers = LongStream.generate(ids::next).limit(REGISTERS).boxed().toList();
  }

  /** Sets all registers to {@link #INITIAL}. */
  Future<Void> prepare() {
    List<Future<UserAnswer>> answers = new ArrayList<>();
    registers.forEach(
        register -> answers.add(recorded.put("setup-" + register, register, INITIAL, null)));
    return Future.all(answers)
        .map(
            all -> {
              if (!all.<UserAnswer>list().stream().allMatch(UserAnswer::successful)) {
                throw new IllegalStateException("a register could not be made: " + all.list());
              }
              return null;
            });
  }

  /** Runs all clients until {@link #stop}. */
  Future<Void> run(long seed) {
    List<Future<Void>> ends = new ArrayList<>();
    for (int each = 0; each < CLIENTS; each++) {
      Promise<Void> end = Promise.promise();
      next("client-" + each, new Random(seed + each), end);
      ends.add(end.future());
    }
    return Future.all(ends).mapEmpty();
  }

  void stop() {
    stopped = true;
  }

  History history() {
    return history;
  }

  long successfulWrites() {
    return successfulWrites.get();
  }

  @Override
  public String toString() {
    return "%d operations, %d writes of unknown outcome, %d writes refused; reads: %s"
        .formatted(
            history.events().size(),
            history.count(Outcome.UNKNOWN),
            history.count(Outcome.REFUSED),
            reads);
  }

  private void next(String session, Random random, Promise<Void> end) {
    if (stopped) {
      end.complete();
      return;
    }
    long register = registers.get(random.nextInt(REGISTERS));
    Future<Boolean> done =
        random.nextBoolean() ? write(session, register) : read(session, register);
    done.onSuccess(
        successful -> {
          if (successful) {
            next(session, random, end);
          } else {
            client
                .vertx()
                .setTimer(PAUSE_AFTER_FAILURE_MILLIS, fired -> next(session, random, end));
          }
        });
  }

  private Future<Boolean> write(String session, long register) {
    return recorded
        .put(session, register, lastValue.incrementAndGet(), null)
        .map(
            answer -> {
              if (answer.successful()) {
                successfulWrites.incrementAndGet();
              }
              return answer.successful();
            });
  }

  private Future<Boolean> read(String session, long register) {
    return recorded
        .get(session, register, consistency, "strong", null)
        .map(
            answer -> {
              if (answer.successful()) {
                reads.checked(answer);
              } else {
                reads.failed(answer);
              }
              return answer.successful();
            });
  }
}
