package dev.userservice.drill;

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
  private final String consistency;
  private final List<Long> registers;
  private final RegisterHistory history = new RegisterHistory();
  private final AtomicLong lastValue = new AtomicLong(INITIAL);
  private final AtomicLong successfulWrites = new AtomicLong();
  private final AtomicLong refusedWrites = new AtomicLong();
  private final ReadTally reads = new ReadTally();
  private volatile boolean stopped;

  /**
   * Clients of fresh registers.
   *
   * @param consistency the header of their reads
   */
  RegisterClients(UserClient client, FreshIds ids, String consistency) {
    this.client = client;
    this.consistency = consistency;
    this.registers = LongStream.generate(ids::next).limit(REGISTERS).boxed().toList();
  }

  /** Sets all registers to {@link #INITIAL}. */
  Future<Void> prepare() {
    List<Future<UserAnswer>> answers = new ArrayList<>();
    registers.forEach(register -> answers.add(client.put(register, INITIAL, null)));
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
      next(new Random(seed + each), end);
      ends.add(end.future());
    }
    return Future.all(ends).mapEmpty();
  }

  void stop() {
    stopped = true;
  }

  RegisterHistory history() {
    return history;
  }

  long successfulWrites() {
    return successfulWrites.get();
  }

  @Override
  public String toString() {
    return "%d operations, %d writes of unknown outcome, %d writes refused; reads: %s"
        .formatted(history.size(), history.unknownWrites(), refusedWrites.get(), reads);
  }

  private void next(Random random, Promise<Void> end) {
    if (stopped) {
      end.complete();
      return;
    }
    long register = registers.get(random.nextInt(REGISTERS));
    Future<Boolean> done = random.nextBoolean() ? write(register) : read(register);
    done.onSuccess(
        successful -> {
          if (successful) {
            next(random, end);
          } else {
            client.vertx().setTimer(PAUSE_AFTER_FAILURE_MILLIS, fired -> next(random, end));
          }
        });
  }

  private Future<Boolean> write(long register) {
    long value = lastValue.incrementAndGet();
    long calledAt = System.nanoTime();
    return client
        .put(register, value, null)
        .map(
            answer -> {
              if (answer.successful()) {
                history.add(register, Operation.write(value, calledAt, System.nanoTime()));
                successfulWrites.incrementAndGet();
              } else if (answer.refused()) {
                refusedWrites.incrementAndGet();
              } else {
                history.add(register, Operation.unknownWrite(value, calledAt));
              }
              return answer.successful();
            });
  }

  private Future<Boolean> read(long register) {
    long calledAt = System.nanoTime();
    return client
        .get(register, consistency, null)
        .map(
            answer -> {
              if (answer.successful()) {
                reads.checked(answer);
                history.add(
                    register, Operation.read(answer.counter(), calledAt, System.nanoTime()));
              } else {
                reads.failed(answer);
              }
              return answer.successful();
            });
  }
}
