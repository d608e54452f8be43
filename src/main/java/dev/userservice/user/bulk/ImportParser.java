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
import java.io.IOException;
import java.util.Set;

/** Turns one line of an import into a row. Thread-safe. */
@Singleton
final class ImportParser {

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
    if (hasNul(line)) {
      throw malformed("The line is not text in UTF-8.");
    }
    try {
      ImportedUser user = reader.readValue(line);
      if (user == null) {
        throw malformed("The line is not a JSON object.");
      }
      return user;
    } catch (JsonProcessingException malformed) {
      throw malformed(MalformedJson.detail(malformed));
    } catch (IOException undecodable) {
      throw malformed("The line is not text in UTF-8.");
    }
  }

  // JSON in UTF-8 has no such byte. One in UTF-16 or UTF-32, which Jackson would read, always has.
  private static boolean hasNul(byte[] line) {
    for (byte each : line) {
      if (each == 0) {
        return true;
      }
    }
    return false;
  }

  private static ProblemException malformed(String detail) {
    return new ProblemException(ProblemType.MALFORMED_REQUEST, detail);
  }
}
