package dev.userservice.routing.strategy;

import java.util.concurrent.atomic.AtomicInteger;

/** Chooses the candidates in turn. The score is the same for all. */
final class RoundRobin implements Strategy {

  private final AtomicInteger calls = new AtomicInteger();

  @Override
  public int choose(Candidates candidates, long nowNanos) {
    int size = candidates.size();
    return size == 1 ? 0 : Integer.remainderUnsigned(calls.getAndIncrement(), size);
  }

  @Override
  public double score(Candidate candidate, Candidates candidates, long nowNanos) {
    return 0;
  }
}
