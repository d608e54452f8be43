package dev.userservice.user.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.datasource.Endpoint;
import dev.userservice.replication.Role;
import dev.userservice.routing.Served;
import dev.userservice.routing.Served.Reason;
import dev.userservice.wal.LogPosition;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ServedByTest {

  private static Served<?> served(int shard, Role role, long stalenessNanos, Reason reason) {
    Endpoint endpoint = new Endpoint("10.0.0." + shard, 5432);
    return new Served<>(
        "any", shard, new LogPosition(1, 5), endpoint, role, stalenessNanos, reason);
  }

  @Test
  void stalenessIsInWholeMilliseconds() {
    assertThat(ServedBy.of(served(0, Role.REPLICA, 3_999_999, Reason.CHOSEN)))
        .isEqualTo("\"10.0.0.0:5432\";shard=0;role=replica;staleness=3;reason=chosen");
  }

  @Test
  void unknownStalenessIsLeftOut() {
    assertThat(ServedBy.of(served(7, Role.UNKNOWN, Long.MAX_VALUE, Reason.LAST_RESORT)))
        .isEqualTo("\"10.0.0.7:5432\";shard=7;role=unknown;reason=last-resort");
  }

  @Test
  void serversOfSeveralShardsAreAList() {
    assertThat(
            ServedBy.of(
                List.of(
                    served(0, Role.PRIMARY, 0, Reason.NO_REPLICA),
                    served(1, Role.REPLICA, 0, Reason.CAUGHT_UP))))
        .isEqualTo(
            "\"10.0.0.0:5432\";shard=0;role=primary;staleness=0;reason=no-replica, "
                + "\"10.0.0.1:5432\";shard=1;role=replica;staleness=0;reason=caught-up");
  }
}
