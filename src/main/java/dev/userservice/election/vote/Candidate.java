package dev.userservice.election.vote;

/**
 * A candidate as a voter knows it.
 *
 * @param candidacy what the process has registered
 * @param registeredAt microseconds by the voter's clock, comparable only with others of this voter
 * @param beats changes as long as the process is alive
 */
public record Candidate(Candidacy candidacy, long registeredAt, long beats) {}
