package dev.userservice.routing.strategy;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A server as strategies see it, a database or an HTTP peer: its weight, its calls in flight, the
 * latency of its past calls, and whether it is ejected. Lock-free, allocates nothing. Every call of
 * {@link #sent} is followed by exactly one of {@link #answered}, {@link #replied}, {@link
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

  /** A candidate without a group, which is never ejected. */
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

  /** Changes the weight from the next choice on. */
  public void weight(double next) {
    weight = next;
  }

  public int inFlight() {
    return flight.count();
  }

  public void sent(long nowNanos) {
    flight.sent(nowNanos);
  }

  /** A call that is the same work on every server, such as a point read, succeeded. */
  public void answered(long nowNanos, long latencyNanos) {
    replied(nowNanos, latencyNanos);
    succeeded();
  }

  /** A reply arrived; {@link #succeeded} or {@link #failedAfterReply} follows. */
  public void replied(long nowNanos, long latencyNanos) {
    flight.answered(nowNanos);
    latency.sample(nowNanos, Math.max(1, latencyNanos));
  }

  /** The last reply was a success. */
  public void succeeded() {
    failures.succeeded();
  }

  /** The last reply was an error: adds a sample of a failure for the duration of the call. */
  public void failedAfterReply(long nowNanos, long callNanos) {
    latency.sampleFor(callNanos, Math.max(failurePenaltyNanos, callNanos));
    countFailure(nowNanos);
  }

  /** A call succeeded whose latency depends on the question, such as a page of users. */
  public void finished(long nowNanos) {
    flight.answered(nowNanos);
    failures.succeeded();
  }

  /** A call failed or was abandoned. It counts as slow, however soon it failed. */
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

  /** The server is new or reachable again: forgets its latency and begins its slow start. */
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

  /** Leaves its group. */
  public void leave() {
    group.leave(failures);
  }

  /** The least expected latency of the next call; 0 when nothing is known. */
  double latencyNanos(long nowNanos) {
    return Math.max(latency.nanos(), (double) flight.silenceNanos(nowNanos));
  }

  /** The average latency of past calls; 0 when nothing is known. */
  public double averageNanos() {
    return latency.nanos();
  }

  /** How long calls have been in flight without any answer; 0 when none is in flight. */
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

  /** The credit that {@link SmoothWeighted} keeps for this candidate. */
  AtomicLong smoothCredit() {
    return smoothCredit;
  }
}
