/** The rules of a user's fields as validation constraints, each written once for all requests. */
@NullMarked
package dev.userservice.user.rule;

import org.jspecify.annotations.NullMarked;
