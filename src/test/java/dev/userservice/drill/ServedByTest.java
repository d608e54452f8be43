package dev.userservice.drill;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ServedByTest {

  @Test
  void headerIsAnItemWithParameters() {
    assertThat(
            ServedBy.parse(
                "\"127.0.0.1:6001\";shard=0;role=replica;staleness=12;reason=lowest-score"))
        .isEqualTo(new ServedBy("127.0.0.1:6001", "replica", 12));
    assertThat(ServedBy.parse("\"[::1]:5432\"; role=primary"))
        .isEqualTo(new ServedBy("[::1]:5432", "primary", -1));
    assertThat(ServedBy.parse(null)).isNull();
  }
}
