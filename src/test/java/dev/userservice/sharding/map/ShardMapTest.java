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

  @Test
  void aMapOfTheSameClusterFollows() {
    ShardMap before = ShardMap.even(CLUSTER, 4, 2);
    ShardMap after = new ShardMap(CLUSTER, 2, new int[] {1, 1, 1, 0});
    assertThat(after.objectionAfter(before, 2)).isEmpty();
  }

  @Test
  void aMapOfAnotherClusterDoesNotFollow() {
    ShardMap before = ShardMap.even(CLUSTER, 4, 2);
    ShardMap other = new ShardMap(UUID.randomUUID(), 2, new int[] {0, 0, 1, 1});
    assertThat(other.objectionAfter(before, 2)).hasValueSatisfying(ShardMapTest::namesTheCluster);
  }

  @Test
  void aMapWithOtherSlotsDoesNotFollow() {
    ShardMap before = ShardMap.even(CLUSTER, 4, 2);
    ShardMap other = new ShardMap(CLUSTER, 2, new int[] {0, 1});
    assertThat(other.objectionAfter(before, 2)).contains("it has 2 slots, not 4");
  }

  @Test
  void aMapThatNamesAShardThatIsNotConfiguredDoesNotFollow() {
    ShardMap before = ShardMap.even(CLUSTER, 4, 2);
    ShardMap other = new ShardMap(CLUSTER, 2, new int[] {0, 0, 1, 2});
    assertThat(other.objectionAfter(before, 2))
        .contains("it names shard 2, and this process knows 2");
  }

  private static void namesTheCluster(String objection) {
    assertThat(objection).contains("another cluster");
  }
}
