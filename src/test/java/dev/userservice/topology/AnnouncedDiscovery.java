package dev.userservice.topology;

import dev.userservice.datasource.Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** A discovery that announces what a test says. */
public final class AnnouncedDiscovery implements EndpointDiscovery {

  private final Topology first;
  private Consumer<Topology> changes = topology -> {};

  public AnnouncedDiscovery(Topology first) {
    this.first = first;
  }

  @Override
  public boolean active() {
    return true;
  }

  @Override
  public Topology discover(Duration wait) {
    return first;
  }

  @Override
  public void watch(Consumer<Topology> listener) {
    changes = listener;
  }

  /** Announces a topology of one shard; returns when it is in force. */
  public void announce(List<Endpoint> endpoints) {
    announce(new Topology(List.of(endpoints), first.credentials()));
  }

  public void announce(Topology topology) {
    changes.accept(topology);
  }
}
