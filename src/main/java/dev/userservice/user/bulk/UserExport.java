package dev.userservice.user.bulk;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.userservice.consistency.Consistency;
import dev.userservice.sharding.Shards;
import dev.userservice.user.User;
import dev.userservice.user.UserReads;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Writes all users as NDJSON, in ID order over all shards. Every user that exists from beginning to
 * end is written once; one that is created or deleted meanwhile may or may not be. Blocks; holds
 * two pages per shard.
 */
@Singleton
final class UserExport {

  private final Shards shards;
  private final UserReads reads;
  private final ObjectWriter writer;

  UserExport(Shards shards, UserReads reads, ObjectMapper mapper) {
    this.shards = shards;
    this.reads = reads;
    this.writer =
        mapper
            .writerFor(User.class)
            .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .without(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
  }

  void write(OutputStream output, Consistency asked) throws IOException {
    PriorityQueue<ShardCursor> cursors =
        new PriorityQueue<>(Comparator.comparingLong(ShardCursor::nextId));
    List<ShardCursor> opened =
        shards.all().stream().map(shard -> new ShardCursor(reads, shard, asked)).toList();
    opened.stream().filter(ShardCursor::hasNext).forEach(cursors::add);
    while (!cursors.isEmpty()) {
      ShardCursor lowest = cursors.remove();
      writer.writeValue(output, lowest.next());
      output.write('\n');
      if (lowest.hasNext()) {
        cursors.add(lowest);
      }
    }
  }
}
