/** Import and export of users as NDJSON, streamed in bounded memory. */
@NullMarked
package dev.userservice.user.bulk;

import org.jspecify.annotations.NullMarked;
