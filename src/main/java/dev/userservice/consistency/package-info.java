/**
 * What a read may show: the level that a caller asks for, and the token that carries what a session
 * has seen.
 */
@NullMarked
package dev.userservice.consistency;

import org.jspecify.annotations.NullMarked;
