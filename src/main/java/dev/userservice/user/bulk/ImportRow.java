package dev.userservice.user.bulk;

import dev.userservice.user.UserRequest;

/**
 * A valid line on its way to a shard.
 *
 * @param line its number in the import, from 1
 * @param id its ID
 * @param drawn whether the service drew the ID, so that another may replace it
 * @param user the user
 */
record ImportRow(long line, long id, boolean drawn, UserRequest user) {}
