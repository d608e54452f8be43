package dev.userservice.election.vote;

/**
 * What a process registers when it enters the election.
 *
 * @param identity its name, unique to this run of the process
 * @param version its version
 */
public record Candidacy(String identity, Version version) {}
