package dev.userservice.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.userservice.http.ProblemException;
import dev.userservice.wal.LogPosition;
import java.util.Base64;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class TokenCodecTest {

  private final TokenCodec codec = new TokenCodec(new byte[32]);

  @Test
  void encodedTokensAreDecoded() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      ConsistencyToken token = random(random);
      assertThat(codec.decode(codec.encode(token))).as("seed %d", seed).isEqualTo(token);
    }
  }

  @Test
  void changedCharacterIsRefused() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String text = codec.encode(random(random));
    for (int at = 0; at < text.length(); at++) {
      // The last character may carry bits that stand for nothing.
      char other = text.charAt(at) == 'A' ? 'Q' : 'A';
      String changed = text.substring(0, at) + other + text.substring(at + 1);
      byte[] decoded = Base64.getUrlDecoder().decode(changed);
      if (!java.util.Arrays.equals(decoded, Base64.getUrlDecoder().decode(text))) {
        refused(changed);
      }
    }
  }

  @Test
  void tokenOfAnotherClusterIsRefused() {
    byte[] key = new byte[32];
    key[0] = 1;
    refused(new TokenCodec(key).encode(ConsistencyToken.EMPTY.with(0, new LogPosition(1, 7))));
  }

  @Test
  void malformedTextIsRefused() {
    for (String nonsense : new String[] {"", "A", "AQ", "é", "====", "A".repeat(1_000_000)}) {
      refused(nonsense);
    }
  }

  private void refused(String text) {
    assertThatThrownBy(() -> codec.decode(text))
        .isInstanceOf(ProblemException.class)
        .hasMessage("The Consistency-Token is not one of this service.");
  }

  private static ConsistencyToken random(Random random) {
    TreeMap<Integer, LogPosition> positions = new TreeMap<>();
    for (int shard = random.nextInt(13); shard > 0; shard--) {
      positions.put(
          random.nextInt(1024),
          new LogPosition(1 + random.nextInt(Integer.MAX_VALUE - 1), random.nextLong()));
    }
    return new ConsistencyToken(positions);
  }
}
