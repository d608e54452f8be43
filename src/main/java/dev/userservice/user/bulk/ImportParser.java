package dev.userservice.user.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.userservice.http.MalformedJson;
import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;
import dev.userservice.http.Violations;
import dev.userservice.user.UserIdSequence;
import dev.userservice.user.UserRequest;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/** Turns one line of an import into a row. Thread-safe. */
@Singleton
final class ImportParser {

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final ObjectReader reader;
  private final Validator validator;
  private final UserIdSequence ids;

  ImportParser(ObjectMapper mapper, Validator validator, UserIdSequence ids) {
    this.reader = mapper.readerFor(ImportedUser.class);
    this.validator = validator;
    this.ids = ids;
  }

  /** The row; a line that is wrong is refused with a {@link ProblemException}. */
  ImportRow parse(long number, byte[] line) {
    ImportedUser imported = read(line);
    Set<ConstraintViolation<ImportedUser>> violations = validator.validate(imported);
    if (!violations.isEmpty()) {
      throw Violations.exception(violations);
    }
    Long id = imported.id();
    UserRequest user =
        new UserRequest(imported.name(), imported.age(), imported.email(), imported.attributes());
    return new ImportRow(number, id == null ? ids.next() : id, id == null, user);
  }

  /** The same row under another ID. */
  ImportRow redrawn(ImportRow row) {
    return new ImportRow(row.line(), ids.next(), true, row.user());
  }

  private ImportedUser read(byte[] line) {
    try {
      ImportedUser imported = reader.readValue(text(line));
      if (imported == null) {
        throw malformed("The line is not a JSON object.");
      }
      return imported;
    } catch (JsonProcessingException malformed) {
      throw malformed(MalformedJson.detail(malformed));
    }
  }

  // Jackson would guess the encoding of bytes, and a line that it takes for UTF-32 is an I/O error.
  private static String text(byte[] line) {
    boolean marked =
        Arrays.mismatch(line, BYTE_ORDER_MARK) == BYTE_ORDER_MARK.length
            || Arrays.equals(line, BYTE_ORDER_MARK);
    int start = marked ? BYTE_ORDER_MARK.length : 0;
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(line, start, line.length - start))
          .toString();
    } catch (CharacterCodingException otherwiseEncoded) {
      throw malformed("The line is not valid UTF-8.");
    }
  }

  private static ProblemException malformed(String detail) {
    return new ProblemException(ProblemType.MALFORMED_REQUEST, detail);
  }
}
