package dev.userservice.sharding.write;

import dev.userservice.replication.PrimaryUnavailableException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Two shards whose transactions go as a script says. Belongs to one thread. */
final class ScriptedDestination implements Destination {

  /** When a transaction fails: before its commit is sent, or while the commit is not answered. */
  enum Moment {
    BEFORE,
    WHILE,
    NEVER
  }

  /**
   * How one transaction goes.
   *
   * @param moment when it fails
   * @param failure with what; null if it does not fail
   */
  record Step(Moment moment, @Nullable RuntimeException failure) {

    static final Step SUCCEEDS = new Step(Moment.NEVER, null);
  }

  private final Deque<Step> script;
  private final boolean following;
  private final List<String> events = new ArrayList<>();
  private int owner;
  private boolean withoutPrimary;

  ScriptedDestination(boolean following, Step... script) {
    this.following = following;
    this.script = new ArrayDeque<>(List.of(script));
  }

  /** After the given script, there is no primary any more. */
  static ScriptedDestination withoutPrimaryAfter(Step... script) {
    ScriptedDestination destination = new ScriptedDestination(true, script);
    destination.withoutPrimary = true;
    return destination;
  }

  static RuntimeException database(String state) {
    return new IllegalStateException(new SQLException("as the script says", state));
  }

  /** What happened, in order. */
  List<String> events() {
    return events;
  }

  @Override
  public Primary primary() {
    if (withoutPrimary && script.isEmpty()) {
      throw new PrimaryUnavailableException(owner, new IllegalStateException("none"));
    }
    return new ScriptedPrimary(owner, script.remove());
  }

  @Override
  public boolean refusedBy(Primary primary) {
    events.add("refused by " + primary.shard());
    owner = 1 - primary.shard();
    return following;
  }

  private final class ScriptedPrimary implements Primary {

    private final int shard;
    private final Step step;

    ScriptedPrimary(int shard, Step step) {
      this.shard = shard;
      this.step = step;
    }

    @Override
    public int shard() {
      return shard;
    }

    @Override
    public <T> T transaction(Callable<T> body) {
      RuntimeException failure = step.failure();
      if (failure != null && step.moment() == Moment.BEFORE) {
        throw failure;
      }
      T answer = call(body);
      if (failure != null) {
        throw failure;
      }
      events.add("committed on " + shard);
      return answer;
    }

    @Override
    public void lost() {
      events.add("lost " + shard);
    }

    @Override
    public void renewConnections() {
      events.add("renewed connections to " + shard);
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
}
