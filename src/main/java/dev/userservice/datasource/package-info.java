/** Connections to PostgreSQL, made per endpoint at run time. */
@NullMarked
package dev.userservice.datasource;

import org.jspecify.annotations.NullMarked;
