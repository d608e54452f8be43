package dev.userservice.start;

import dev.userservice.sharding.Shards;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;
import java.util.concurrent.TimeUnit;

/** Ends as soon as all shards have the schema of this version, whoever has migrated them. */
public class Migrate implements QuarkusApplication {

  private static final long MINUTES = 30;

  @Inject Shards shards;

  @Override
  public int run(String... arguments) throws InterruptedException {
    return shards.awaitOpen(MINUTES, TimeUnit.MINUTES) ? 0 : 1;
  }
}
