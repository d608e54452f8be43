package dev.userservice.sharding.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShardMapTest {

  private static final UUID CLUSTER = UUID.randomUUID();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 64, 4096})
  void aNewMapGivesEveryShardAnEqualShare(int shards) {
    ShardMap map = ShardMap.even(CLUSTER, 4096, shards);
    for (int shard = 0; shard < shards; shard++) {
      assertThat(map.slotsOf(shard)).isBetween(4096 / shards, (4096 + shards - 1) / shards);
    }
    assertThat(map.highestShard()).isEqualTo(shards - 1);
    assertThat(map.epoch()).isEqualTo(1);
  }

  @Test
  void aUserLivesOnTheShardThatOwnsItsSlot() {
    ShardMap map = ShardMap.even(CLUSTER, 4096, 3);
    for (long id = 1; id < 10_000; id++) {
      assertThat(map.shardOf(id)).isEqualTo(map.shardOfSlot(new SlotFunction(4096).slotOf(id)));
    }
  }

  @Test
  void theMapIsNotChangedThroughItsArrays() {
    int[] owners = {0, 1};
    ShardMap map = new ShardMap(CLUSTER, 1, owners);
    owners[0] = 1;
    map.owners()[1] = 0;
    assertThat(map.owners()).containsExactly(0, 1);
  }

  @Test
  void moreShardsThanSlotsAreRefused() {
    assertThatThrownBy(() -> ShardMap.even(CLUSTER, 4, 5))
        .hasMessageContaining("users.sharding.slots");
  }
}
