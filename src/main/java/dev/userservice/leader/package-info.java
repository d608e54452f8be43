/**
 * What a leader may do, under its epoch: each transaction of a leader begins with the epoch, and a
 * database that has seen a newer one refuses it (SQLSTATE {@code US002}).
 */
@NullMarked
package dev.userservice.leader;

import org.jspecify.annotations.NullMarked;
