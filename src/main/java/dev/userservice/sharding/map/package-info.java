/**
 * Which slot belongs to which shard, kept in every shard's database with an epoch. Slots are
 * PostgreSQL's own hash partition function (PostgreSQL documentation, section 5.12).
 */
@NullMarked
package dev.userservice.sharding.map;

import org.jspecify.annotations.NullMarked;
