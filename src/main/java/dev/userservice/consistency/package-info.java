/**
 * What a read may show: the level of consistency that a request asks for, and the token that
 * carries what its session has seen. {@link dev.userservice.consistency.Consistency} decides what
 * an answer must include and what the next token holds.
 */
@NullMarked
package dev.userservice.consistency;

import org.jspecify.annotations.NullMarked;
