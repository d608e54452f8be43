package dev.userservice.user.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.userservice.http.ProblemException;
import dev.userservice.http.StrictJson;
import dev.userservice.user.UserIdSequence;
import dev.userservice.user.UserRequest;
import dev.userservice.user.json.Attributes;
import jakarta.validation.Validation;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which lines of an import become rows, and what is told of the others. */
final class ImportParserTest {

  private final ImportParser parser =
      new ImportParser(
          mapper(), Validation.buildDefaultValidatorFactory().getValidator(), new UserIdSequence());

  @Test
  void aLineMayNameItsId() {
    assertThat(parse("{\"id\":7,\"name\":\"Ada\",\"age\":36,\"attributes\":{\"x\":1.0}}"))
        .isEqualTo(
            new ImportRow(
                3, 7, false, new UserRequest("Ada", 36, null, new Attributes("{\"x\":1.0}"))));
  }

  @Test
  void aLineWithoutAnIdGetsAnotherOneEachTime() {
    ImportRow row = parse("{\"name\":\"Ada\"}");
    ImportRow redrawn = parser.redrawn(row);
    assertThat(row.drawn()).isTrue();
    assertThat(redrawn.drawn()).isTrue();
    assertThat(redrawn.id()).isNotEqualTo(row.id()).isPositive();
    assertThat(redrawn.line()).isEqualTo(row.line());
    assertThat(redrawn.user()).isEqualTo(row.user());
  }

  /** An export can be imported: its lines have the fields that only the service sets. */
  @Test
  void fieldsOfTheServiceAreIgnored() {
    assertThat(
            parse(
                "{\"id\":7,\"name\":\"Ada\",\"version\":9,\"createdAt\":\"x\",\"updatedAt\":null}"))
        .isEqualTo(new ImportRow(3, 7, false, new UserRequest("Ada", null, null, Attributes.NONE)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"id\":0,\"name\":\"A\"} | id must be greater than or equal to 1.",
        "{\"age\":1} | name must not be null.",
        "{\"name\":\"\"} | name must have from 1 to 200 characters.",
        "{\"name\":\"A\",\"age\":151} | age must be less than or equal to 150.",
        "{\"name\":\"A\",\"email\":\"nobody\"} | email must be an e-mail address.",
        "{\"name\":\"A\",\"attributes\":{\"\\u0000\":1}} |"
            + " A text in attributes must not contain the character NUL.",
        "{\"id\":\"7\",\"name\":\"A\"} | The field 'id' is of the wrong type",
        "{\"name\":\"A\",\"mail\":\"a@b\"} | There is no field 'mail'",
        "{\"name\":\"A\"} {} | There is more than one JSON document",
        "name=A | The body is not one well-formed",
        "null | The line is not a JSON object",
        "{\"id\":9007199254740992,\"name\":\"A\"} | id must be less than or equal to",
        "{\"name\":\" \\u00a0\"} | name must not consist of blanks"
      })
  void wrongLinesAreRefusedWithTheReason(String line, String reason) {
    assertThatThrownBy(() -> parse(line))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> assertThat(refused.problem().detail()).startsWith(reason));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32BE", "UTF-32LE"})
  void aLineInAnotherEncodingIsRefused(String encoding) {
    byte[] line = "{\"name\":\"Ada\"}".getBytes(Charset.forName(encoding));
    assertThatThrownBy(() -> parser.parse(1, line))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("UTF-8");
  }

  private ImportRow parse(String line) {
    return parser.parse(3, line.getBytes(StandardCharsets.UTF_8));
  }

  private static ObjectMapper mapper() {
    ObjectMapper mapper = new ObjectMapper();
    new StrictJson().customize(mapper);
    return mapper;
  }
}
