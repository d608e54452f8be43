package dev.userservice.routing.strategy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Decides whether one more member of a group, such as the servers of a shard, may be ejected. At
 * most a share of the group is ejected at the same time: a cause that makes all members fail lies
 * outside them, and the other members must be able to carry the load (the maximum ejection
 * percentage of Envoy's outlier detection). Thread-safe, never waits.
 */
public final class OutlierEjection {

  private final EjectionSettings settings;
  private final List<FailureRecord> members = new CopyOnWriteArrayList<>();
  private final AtomicBoolean deciding = new AtomicBoolean();

  public OutlierEjection(EjectionSettings settings) {
    this.settings = settings;
  }

  /** For a candidate without a group, which is never ejected. */
  static OutlierEjection never() {
    return new OutlierEjection(EjectionSettings.NEVER);
  }

  EjectionSettings settings() {
    return settings;
  }

  void join(FailureRecord member) {
    members.add(member);
  }

  void leave(FailureRecord member) {
    members.remove(member);
  }

  /** The number of members that are ejected now. */
  int ejected(long nowNanos) {
    int ejected = 0;
    for (FailureRecord member : members) {
      ejected += member.ejected(nowNanos) ? 1 : 0;
    }
    return ejected;
  }

  /**
   * Ejects the member if the share allows it. When two members ask at the same time, only one is
   * considered, so that both cannot take the last place; the other asks again at its next failure.
   */
  void tryEject(FailureRecord member, long nowNanos) {
    if (!deciding.compareAndSet(false, true)) {
      return;
    }
    try {
      if (!member.ejected(nowNanos) && ejected(nowNanos) < allowed()) {
        member.eject(nowNanos);
      }
    } finally {
      deciding.set(false);
    }
  }

  private int allowed() {
    return (int) Math.floor(settings.maxShare() * members.size() + 1e-9);
  }
}
