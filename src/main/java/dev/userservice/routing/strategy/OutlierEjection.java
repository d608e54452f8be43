package dev.userservice.routing.strategy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Decides whether one more member of a group, say a shard's servers, may be left out of the choice:
 * only while no more than a share of the group is. Whatever makes all of them fail is no fault of
 * one of them, and the rest must carry the load (Envoy's outlier detection, maximum ejection
 * percentage). Thread-safe, never waits.
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

  /** How many members are ejected now. */
  int ejected(long nowNanos) {
    int ejected = 0;
    for (FailureRecord member : members) {
      ejected += member.ejected(nowNanos) ? 1 : 0;
    }
    return ejected;
  }

  /**
   * Ejects the member if the share allows it. Two members that ask at the same moment could both
   * find room for one, so only one is heard; the other asks again with its next failure.
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
