package dev.userservice.election.vote;

import java.lang.module.ModuleDescriptor;
import java.util.Comparator;

/**
 * The version of a process.
 *
 * @param schema the newest schema version that it knows
 * @param application the version of the service, such as {@code 1.4.0}; one that does not begin
 *     with a number is older than all that do
 */
public record Version(int schema, String application) implements Comparable<Version> {

  private static final Comparator<Version> ORDER =
      Comparator.comparingInt(Version::schema).thenComparing(Version::number);

  @Override
  public int compareTo(Version other) {
    return ORDER.compare(this, other);
  }

  private ModuleDescriptor.Version number() {
    try {
      return ModuleDescriptor.Version.parse(application);
    } catch (IllegalArgumentException noNumber) {
      return ModuleDescriptor.Version.parse("0");
    }
  }
}
