/**
 * Positions in PostgreSQL's write-ahead log, timelines, and lag (PostgreSQL documentation, sections
 * 28.3 and 25.3.6). Pure values and data structures.
 */
@NullMarked
package dev.userservice.wal;

import org.jspecify.annotations.NullMarked;
