package dev.userservice.routing;

import dev.userservice.consistency.Consistency.Level;
import dev.userservice.replication.MonitoredEndpoint;
import dev.userservice.replication.ReplicationGroup;
import dev.userservice.replication.Role;

/** Whether a server may be chosen for a read, or the first reason why not. */
enum Eligibility {
  ELIGIBLE("eligible"),
  UNREACHABLE("does not answer"),
  NOT_OF_SHARD("belongs to another system, or is a primary beside the shard's"),
  NOT_PRIMARY("a strong read needs the primary"),
  PRIMARY("the primary answers when no replica can"),
  EJECTED("ejected after failures"),
  BEHIND_SESSION("has not reached what the session saw"),
  TOO_STALE("may be staler than the bound");

  private final String verdict;

  Eligibility(String verdict) {
    this.verdict = verdict;
  }

  /** The text in {@link Explanation}. */
  String verdict() {
    return verdict;
  }

  static Eligibility of(
      ReadRequirement requirement, ReadTarget target, ReplicationGroup group, long nowNanos) {
    Role role = target.role(nowNanos);
    if (role == Role.UNKNOWN) {
      return UNREACHABLE;
    }
    if (!group.mayServe(target.endpoint())) {
      return NOT_OF_SHARD;
    }
    if (requirement.level() == Level.STRONG) {
      return forStrongRead(requirement, target.endpoint(), group);
    }
    if (role == Role.PRIMARY) {
      return PRIMARY;
    }
    return target.candidate().ejected(nowNanos)
        ? EJECTED
        : ofReplica(requirement, target.endpoint(), group);
  }

  private static Eligibility forStrongRead(
      ReadRequirement requirement, MonitoredEndpoint server, ReplicationGroup group) {
    if (!group.isPrimary(server)) {
      return NOT_PRIMARY;
    }
    return requirement.reachedBy(server) ? ELIGIBLE : BEHIND_SESSION;
  }

  private static Eligibility ofReplica(
      ReadRequirement requirement, MonitoredEndpoint replica, ReplicationGroup group) {
    return switch (requirement.level()) {
      case STRONG -> NOT_PRIMARY;
      case SESSION -> requirement.reachedBy(replica) ? ELIGIBLE : BEHIND_SESSION;
      case BOUNDED -> isFresh(requirement, replica, group) ? ELIGIBLE : TOO_STALE;
      case EVENTUAL -> ELIGIBLE;
    };
  }

  private static boolean isFresh(
      ReadRequirement requirement, MonitoredEndpoint replica, ReplicationGroup group) {
    return group.stalenessNanos(replica, requirement.beganAtNanos()) <= requirement.boundNanos();
  }
}
