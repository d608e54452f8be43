package dev.userservice.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the service's JSON mapper reads and refuses, and what callers are told of it. */
final class StrictJsonTest {

  private static final ObjectMapper MAPPER =
      new ObjectMapper().registerModule(new JavaTimeModule());

  static {
    new StrictJson().customize(MAPPER);
  }

  record Document(@Nullable String text, @Nullable Integer number, @Nullable Long large) {}

  @Test
  void exactTypesAreRead() throws JsonProcessingException {
    assertThat(MAPPER.readValue("{\"text\":\"5\",\"number\":-5,\"large\":5}", Document.class))
        .isEqualTo(new Document("5", -5, 5L));
    assertThat(MAPPER.readValue("{\"text\":null}", Document.class))
        .isEqualTo(new Document(null, null, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"text\":5}",
        "{\"text\":5.5}",
        "{\"text\":true}",
        "{\"text\":[]}",
        "{\"number\":\"5\"}",
        "{\"number\":\"\"}",
        "{\"number\":5.0}",
        "{\"number\":true}"
      })
  void valuesOfAnotherTypeAreRefusedByTheirField(String json) {
    String field = json.substring(2, json.indexOf('"', 2));
    assertThat(refusal(json)).startsWith("The field '" + field + "' is of the wrong type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"number\":2147483648}", "{\"large\":-9223372036854775809}"})
  void numbersOutOfRangeBreakARule(String json) {
    String field = json.substring(2, json.indexOf('"', 2));
    assertThat(refusal(json)).startsWith("The field '" + field + "' is out of range");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "number", "other"})
  void aNumberOfTooManyDigitsIsRefusedByItsBound(String field) {
    assertThat(refusal("{\"" + field + "\":" + "1".repeat(1001) + "}"))
        .startsWith("A number has more than 1000 characters");
  }

  @Test
  void unknownFieldsAreRefusedByTheirName() {
    assertThat(refusal("{\"txet\":\"a\"}")).startsWith("There is no field 'txet' (line 1, column");
    assertThat(refusal("{\"" + "x".repeat(500) + "\":1}"))
        .startsWith("There is no field '" + "x".repeat(60) + "…'");
  }

  @Test
  void repeatedFieldsAreRefused() {
    assertThat(refusal("{\"text\":\"a\",\"text\":\"b\"}")).startsWith("A field appears twice");
  }

  @Test
  void aSecondDocumentIsRefused() {
    assertThat(refusal("{} {}")).startsWith("There is more than one JSON document");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "5", "\"text\""})
  void documentsThatAreNoObjectsAreRefused(String json) {
    assertThat(refusal(json)).startsWith("The body is not a JSON object");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{\"text\":\"a\"", "{text:1}", "{\"text\":'a'}", "{\"number\":05}"})
  void malformedDocumentsAreRefused(String json) {
    assertThat(refusal(json)).startsWith("The body is not one well-formed JSON document");
  }

  @Test
  void documentsNestDownToTheLimit() throws JsonProcessingException {
    int limit = StrictJson.MAXIMUM_NESTING;
    assertThat(MAPPER.readTree("[".repeat(limit) + "]".repeat(limit))).isNotNull();
    assertThatThrownBy(() -> MAPPER.readTree("[".repeat(limit + 1) + "]".repeat(limit + 1)))
        .isInstanceOfSatisfying(
            JsonProcessingException.class,
            refused ->
                assertThat(MalformedJson.detail(refused))
                    .startsWith("The document is nested more than 64 levels deep"));
  }

  @Test
  void charactersBeyondTheBasicPlaneAreWrittenInFourBytes() throws JsonProcessingException {
    assertThat(MAPPER.writeValueAsBytes("𝄞")).isEqualTo("\"𝄞\"".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void instantsAreWrittenAsText() {
    JsonNode written = MAPPER.valueToTree(Instant.parse("2026-05-06T07:08:09.123456Z"));
    assertThat(written.asText()).isEqualTo("2026-05-06T07:08:09.123456Z");
  }

  private static String refusal(String json) {
    try {
      return "read: " + MAPPER.readValue(json, Document.class);
    } catch (JsonProcessingException refused) {
      String detail = MalformedJson.detail(refused);
      assertThat(detail).doesNotContain("dev.userservice", "java.", "Document", "jackson");
      return detail;
    }
  }
}
