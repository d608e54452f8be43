package dev.userservice.routing.strategy;

import java.util.concurrent.atomic.AtomicLong;

/**
 * One server as the strategies see it, a database or an HTTP peer: its weight, the calls on their
 * way to it, its latency as measured on real calls, and whether it is ejected. Lock-free, allocates
 * nothing. Every call to {@link #sent} is followed by exactly one to {@link #answered}, {@link
 * #finished} or {@link #failed}.
 */
public final class Candidate {

  private final String name;
  private final long failurePenaltyNanos;
  private final Flight flight;
  private final LatencyEstimate latency;
  private final SlowStart slowStart;
  private final OutlierEjection group;
  private final FailureRecord failures;
  private final AtomicLong smoothCredit = new AtomicLong();
  private volatile double weight;

  /** A candidate that belongs to no group, and is never ejected. */
  public Candidate(String name, double weight, CandidateSettings settings, long nowNanos) {
    this(name, weight, settings, OutlierEjection.never(), nowNanos);
  }

  /** A candidate that the group may eject. */
  public Candidate(
      String name,
      double weight,
      CandidateSettings settings,
      OutlierEjection group,
      long nowNanos) {
    this.name = name;
    this.weight = weight;
    this.failurePenaltyNanos = settings.failurePenaltyNanos();
    this.flight = new Flight(nowNanos);
    this.latency = new LatencyEstimate(settings.riseNanos(), settings.fallNanos(), nowNanos);
    this.slowStart = new SlowStart(settings.slowStartNanos(), nowNanos);
    this.group = group;
    this.failures = new FailureRecord(group.settings(), slowStart);
    group.join(failures);
  }

  public String name() {
    return name;
  }

  public double weight() {
    return weight;
  }

  /** Changes the weight; the next choice already sees it. */
  public void weight(double next) {
    weight = next;
  }

  public int inFlight() {
    return flight.count();
  }

  public void sent(long nowNanos) {
    flight.sent(nowNanos);
  }

  /** A call that every server answers with the same work, such as a point read, succeeded. */
  public void answered(long nowNanos, long latencyNanos) {
    replied(nowNanos, latencyNanos);
    succeeded();
  }

  /** A reply came, of which {@link #succeeded} or {@link #failedAfterReply} will tell more. */
  public void replied(long nowNanos, long latencyNanos) {
    flight.answered(nowNanos);
    latency.sample(nowNanos, Math.max(1, latencyNanos));
  }

  /** The last reply was a good one. */
  public void succeeded() {
    failures.succeeded();
  }

  /** The reply was an error: its call's time counts once more, as that of a failure. */
  public void failedAfterReply(long nowNanos, long callNanos) {
    latency.sampleFor(callNanos, Math.max(failurePenaltyNanos, callNanos));
    countFailure(nowNanos);
  }

  /** A call succeeded whose latency says nothing of the server, such as a big page. */
  public void finished(long nowNanos) {
    flight.answered(nowNanos);
    failures.succeeded();
  }

  /** A call failed, or was given up: that counts as slow, however fast it was. */
  public void failed(long nowNanos, long elapsedNanos) {
    flight.givenUp();
    latency.sample(nowNanos, Math.max(failurePenaltyNanos, elapsedNanos));
    countFailure(nowNanos);
  }

  private void countFailure(long nowNanos) {
    if (failures.failed(nowNanos)) {
      group.tryEject(failures, nowNanos);
    }
  }

  /** The server is new, or reachable again: what was known of it is void, and it starts slowly. */
  public void returned(long nowNanos) {
    latency.reset(nowNanos);
    slowStart.begin(failures.readmittedAt(nowNanos));
  }

  public boolean ejected(long nowNanos) {
    return failures.ejected(nowNanos);
  }

  /** How often it was ejected since the process started. */
  public long ejections() {
    return failures.ejections();
  }

  /** The group counts it no longer. */
  public void leave() {
    group.leave(failures);
  }

  /** What the next call is expected to take at least; 0 when nothing is known. */
  double latencyNanos(long nowNanos) {
    return Math.max(latency.nanos(), (double) flight.silenceNanos(nowNanos));
  }

  /** The average of what past calls took; 0 when nothing is known. */
  public double averageNanos() {
    return latency.nanos();
  }

  /** How long it has kept calls waiting without answering any. */
  long silenceNanos(long nowNanos) {
    return flight.silenceNanos(nowNanos);
  }

  /** How long nothing was sent to it. */
  long idleNanos(long nowNanos) {
    return flight.idleNanos(nowNanos);
  }

  /** The weight, less while the slow start lasts. Never 0. */
  public double effectiveWeight(long nowNanos) {
    return weight * slowStart.share(nowNanos);
  }

  /** {@link SmoothWeighted}'s account of what it owes this candidate. */
  AtomicLong smoothCredit() {
    return smoothCredit;
  }
}
