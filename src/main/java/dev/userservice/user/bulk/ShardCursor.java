package dev.userservice.user.bulk;

import dev.userservice.consistency.Consistency;
import dev.userservice.http.ProblemException;
import dev.userservice.sharding.Shard;
import dev.userservice.user.User;
import dev.userservice.user.UserReads;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Reads one shard's users in ID order, and requests the next page while the present one is used.
 * Blocks. Belongs to one thread.
 */
final class ShardCursor {

  private static final int PAGE = 1000;

  private final UserReads reads;
  private final Shard shard;
  private final Consistency asked;
  private List<User> page = List.of();
  private int position;
  private CompletableFuture<List<User>> nextPage;

  ShardCursor(UserReads reads, Shard shard, Consistency asked) {
    this.reads = reads;
    this.shard = shard;
    this.asked = asked;
    this.nextPage = read(0);
  }

  boolean hasNext() {
    if (position == page.size() && (page.isEmpty() || page.size() == PAGE)) {
      turnPage();
    }
    return position < page.size();
  }

  /** The ID of the next user; only after {@link #hasNext} was true. */
  long nextId() {
    return page.get(position).id();
  }

  User next() {
    if (position >= page.size()) {
      throw new NoSuchElementException();
    }
    return page.get(position++);
  }

  private void turnPage() {
    try {
      page = nextPage.join();
    } catch (CompletionException failure) {
      throw failure.getCause() instanceof ProblemException problem ? problem : failure;
    }
    position = 0;
    if (page.size() == PAGE) {
      nextPage = read(page.get(PAGE - 1).id());
    }
  }

  private CompletableFuture<List<User>> read(long afterId) {
    return reads.page(shard, afterId, PAGE, asked).toCompletionStage().toCompletableFuture();
  }
}
