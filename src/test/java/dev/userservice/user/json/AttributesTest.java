package dev.userservice.user.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.userservice.http.ProblemException;
import dev.userservice.http.StrictJson;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attributes through the service's JSON mapper. */
final class AttributesTest {

  private static final String[] SCALARS = {
    "0",
    "-0",
    "1.0",
    "1.10",
    "1e2",
    "1E400",
    "-2.5e-10",
    "100000000000000000000000000001",
    "true",
    "false",
    "null",
    "\"\"",
    "\"\\\"\\\\\\n\"",
    "\"é𝄞\"",
    "\"a b\""
  };

  private static final ObjectMapper MAPPER = new ObjectMapper();

  static {
    new StrictJson().customize(MAPPER);
  }

  @Test
  void randomObjectsComeBackCompactAndExact() throws JsonProcessingException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      String compact = object(random, 4);
      assertThat(read(compact).json()).as("seed %d", seed).isEqualTo(compact);
      assertThat(MAPPER.writeValueAsString(read(spaced(compact))))
          .as("seed %d", seed)
          .isEqualTo(compact);
    }
  }

  @Test
  void nullIsNoAttributes() throws JsonProcessingException {
    assertThat(MAPPER.readValue("{\"attributes\":null}", Holder.class).attributes())
        .isEqualTo(Attributes.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "1", "\"{}\"", "true"})
  void valuesOtherThanObjectsAreRefused(String json) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(MismatchedInputException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"a\":\"\\u0000\"}", "{\"\\u0000\":1}", "{\"a\":[{\"b\":\"\\ud800\"}]}"})
  void textsThatPostgresqlCannotStoreAreRefused(String json) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(ProblemException.class)
        .hasMessageStartingWith("A text in attributes must not contain");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":1,\"a\":2}", "{\"a\":", "{\"a\":1}}", "{\"a\":01}"})
  void malformedDocumentsAreRefused(String json) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(JsonProcessingException.class);
  }

  record Holder(Attributes attributes) {}

  private static Attributes read(String json) throws JsonProcessingException {
    return MAPPER.readValue(json, Attributes.class);
  }

  private static String object(Random random, int depth) {
    return IntStream.range(0, random.nextInt(4))
        .mapToObj(field -> "\"f" + field + "\":" + value(random, depth - 1))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String value(Random random, int depth) {
    int kind = depth == 0 ? 2 : random.nextInt(4);
    return switch (kind) {
      case 0 -> object(random, depth);
      case 1 ->
          IntStream.range(0, random.nextInt(3))
              .mapToObj(element -> value(random, depth - 1))
              .collect(Collectors.joining(",", "[", "]"));
      default -> SCALARS[random.nextInt(SCALARS.length)];
    };
  }

  /** White space where JSON allows it; none of the texts contains one of these characters. */
  private static String spaced(String compact) {
    return compact.replaceAll("([{}\\[\\],:])", " $1\t\n");
  }
}
