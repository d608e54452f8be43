package dev.userservice.election.vote;

/**
 * A process that stands for leader, as a voter knows it.
 *
 * @param candidacy what it says of itself
 * @param registeredAt microseconds by the voter's clock, comparable with others of this voter only
 * @param beats changes for as long as it is alive
 */
public record Candidate(Candidacy candidacy, long registeredAt, long beats) {}
