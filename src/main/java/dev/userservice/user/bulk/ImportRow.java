package dev.userservice.user.bulk;

import dev.userservice.user.UserRequest;

/**
 * A valid line on its way to a shard.
 *
 * @param line its number in the import, from 1
 * @param id the ID it is to have
 * @param drawn whether the ID was drawn here, and another would do
 * @param user the user
 */
record ImportRow(long line, long id, boolean drawn, UserRequest user) {}
