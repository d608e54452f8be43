package dev.userservice.election;

/**
 * What a process says of itself when it stands for leader.
 *
 * @param identity its name, of this one life of the process
 * @param version what it runs
 */
record Candidacy(String identity, Version version) {}
