/**
 * The native executable as its users meet it: everything that it offers is asked for once, so that
 * what was not registered for it is found, and it is run in environments that lack something.
 */
@NullMarked
package dev.userservice.executable;

import org.jspecify.annotations.NullMarked;
