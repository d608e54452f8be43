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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
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

  static Stream<byte[]> linesThatAreNoObject() {
    String good = "{\"name\":\"Ada\"}";
    Stream<byte[]> encoded =
        Stream.of("UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "X-UTF-32LE-BOM")
            .map(name -> good.getBytes(Charset.forName(name)));
    Stream<byte[]> binary =
        Stream.of(
                "\0\0\0{",
                "{\0\0\0",
                "\0{",
                "{\0",
                "\u00FE\u00FF",
                "\u00FF\u00FE\0\0",
                "\u00EF\u00BB",
                "\u00EF\u00BB\u00BF",
                "{\"name\":\"\u00C3\"}",
                "{\"name\":\"\u00C0\u0080\"}",
                "{\"name\":\"\u00ED\u00A0\u0080\"}",
                "{\"name\":\"\u00F4\u0090\u0080\u0080\"}",
                "\f",
                "")
            .map(line -> line.getBytes(StandardCharsets.ISO_8859_1));
    Stream<byte[]> documents =
        Stream.of("null", " null ", "[]", "1", "-1e999", "\"x\"", "true", "{", "}", "nul", "nulll")
            .map(line -> line.getBytes(StandardCharsets.UTF_8));
    return Stream.of(encoded, binary, documents).flatMap(lines -> lines);
  }

  @ParameterizedTest
  @MethodSource("linesThatAreNoObject")
  void whateverIsNoObjectInUtf8IsRefusedAsALine(byte[] line) {
    assertThatThrownBy(() -> parser.parse(3, line)).isInstanceOf(ProblemException.class);
  }

  @Test
  void aByteOrderMarkOfUtf8IsNoPartOfTheLine() {
    assertThat(parse("\uFEFF{\"id\":7,\"name\":\"Ada\"}").id()).isEqualTo(7);
  }

  /** The answer quotes the name of an unknown field, and an answer is UTF-8. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 57, 58, 59, 60, 61})
  void theReasonHasNoHalfOfASurrogatePair(int length) {
    for (String tail : new String[] {"\\ud800", "\uD83D\uDE00", "\\udc00\\ud800"}) {
      assertThatThrownBy(() -> parse("{\"" + "f".repeat(length) + tail + "\":1}"))
          .isInstanceOfSatisfying(
              ProblemException.class,
              refused ->
                  assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(refused.getMessage()))
                      .as(refused.getMessage())
                      .isTrue());
    }
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
