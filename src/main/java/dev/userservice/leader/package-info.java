/**
 * The tasks of a leader and their access to the databases. Each transaction of a leader begins with
 * its epoch, and a database that has seen a newer epoch refuses it (SQLSTATE {@code US002}).
 */
@NullMarked
package dev.userservice.leader;

import org.jspecify.annotations.NullMarked;
