package dev.userservice.election;

import java.lang.module.ModuleDescriptor;
import java.util.Comparator;

/**
 * What a process runs.
 *
 * @param schema the newest schema version that it knows
 * @param application the version of the service, such as {@code 1.4.0}
 */
public record Version(int schema, String application) implements Comparable<Version> {

  private static final Comparator<Version> ORDER =
      Comparator.comparingInt(Version::schema)
          .thenComparing(version -> ModuleDescriptor.Version.parse(version.application()));

  /** Refuses an application version that is no version. */
  public Version {
    ModuleDescriptor.Version.parse(application);
  }

  @Override
  public int compareTo(Version other) {
    return ORDER.compare(this, other);
  }
}
