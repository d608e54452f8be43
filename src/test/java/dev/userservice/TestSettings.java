package dev.userservice;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidatorImpl;
import java.util.Map;

/** Settings outside the service, read and checked as the service reads and checks them. */
public final class TestSettings {

  private TestSettings() {}

  /** One part of the settings, all of them at their defaults. */
  public static <T> T byDefault(Class<T> part) {
    return of(part, Map.of());
  }

  /** One part of the settings; those that the map lacks have their defaults. */
  public static <T> T of(Class<T> part, Map<String, String> settings) {
    return of(settings, part).getConfigMapping(part);
  }

  /** Several parts of the settings; those that the map lacks have their defaults. */
  public static SmallRyeConfig of(Map<String, String> settings, Class<?>... parts) {
    SmallRyeConfigBuilder builder =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .addDiscoveredConverters()
            .withValidator(new BeanValidationConfigValidatorImpl())
            .withSources(new PropertiesConfigSource(settings, "test", 100));
    for (Class<?> part : parts) {
      builder.withMapping(part);
    }
    return builder.build();
  }
}
