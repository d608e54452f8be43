package dev.userservice.election.vote;

/**
 * What a process says of itself when it stands for leader.
 *
 * @param identity its name, of this one life of the process
 * @param version what it runs
 */
public record Candidacy(String identity, Version version) {}
