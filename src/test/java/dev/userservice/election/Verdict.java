package dev.userservice.election;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks the statements that were accepted from leaders: a simple model of all fences. */
public final class Verdict {

  private final Map<Long, String> owners = new HashMap<>();
  private final Map<String, Long> newest = new HashMap<>();
  private final List<String> violations = new ArrayList<>();
  private long statements;

  public void accepted(String shard, long epoch, String leader) {
    statements++;
    String owner = owners.putIfAbsent(epoch, leader);
    if (owner != null && !owner.equals(leader)) {
      violations.add("epoch " + epoch + " has two leaders, " + owner + " and " + leader);
    }
    long before = newest.merge(shard, epoch, Math::max);
    if (before > epoch) {
      violations.add(shard + " took a statement of epoch " + epoch + " after one of " + before);
    }
  }

  void violated(String what) {
    violations.add(what);
  }

  List<String> violations() {
    return violations;
  }

  long statements() {
    return statements;
  }
}
