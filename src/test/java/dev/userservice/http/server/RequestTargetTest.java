package dev.userservice.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses are well-formed, by the parser of the JDK as the oracle. */
final class RequestTargetTest {

  private static final String PARTS =
      "//??==&&%%41%zzA7é\u00A0\u0000\u007F \"<>\\^`{|}[]:@!$'()*+,;#-._~";

  @ParameterizedTest
  @ValueSource(strings = {"/users/7", "/users?ids=1,2&limit=5", "http://localhost/users", "*"})
  void anAddressOfTheServiceIsWellFormed(String address) {
    assertThat(RequestTarget.isValid(address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%zz", "/users/%4", "/users/<7>", "/a b", "/users?ids={1}", "/\\"})
  void anAddressThatIsNotEncodedIsMalformed(String address) {
    assertThat(RequestTarget.isValid(address)).isFalse();
  }

  @Test
  void everyAddressIsJudgedAsByTheParser() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int number = 0; number < 100_000; number++) {
      StringBuilder address = new StringBuilder(random.nextInt(8) == 0 ? "" : "/");
      for (int length = random.nextInt(8); length > 0; length--) {
        address.append(PARTS.charAt(random.nextInt(PARTS.length())));
      }
      assertThat(RequestTarget.isValid(address.toString()))
          .as("seed %d: %s", seed, address)
          .isEqualTo(isUri(address.toString()));
    }
  }

  private static boolean isUri(String address) {
    try {
      URI.create(address);
      return true;
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }
}
