package dev.userservice.routing;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Which servers of a shard are eligible for a read now, and why the others are not.
 *
 * @param shard the shard's number
 * @param strategy how a server is chosen among the eligible ones
 * @param level the level of consistency of the read
 * @param required the timeline and LSN that a server must have reached; absent if none
 * @param servers each server of the shard, in the order of the topology
 */
@Schema(requiredProperties = {"shard", "strategy", "level", "required", "servers"})
public record Explanation(
    int shard,
    String strategy,
    String level,
    @Schema(nullable = true) @Nullable String required,
    List<ServerExplanation> servers) {

  /** Copies. */
  public Explanation {
    servers = List.copyOf(servers);
  }

  /**
   * One server.
   *
   * @param endpoint {@code host:port}
   * @param role {@code primary}, {@code replica} or {@code unknown}
   * @param verdict {@code eligible}, or the reason why it is not
   * @param score its score by the strategy, lower is better; absent unless eligible
   * @param weight as configured
   * @param effectiveWeight the weight, reduced during the slow start
   * @param latencyMillis the average latency of its point reads; 0 when there were none
   * @param inFlight reads in flight
   * @param position the timeline and LSN that it is known to have reached
   * @param lagBytes bytes of log that it has not replayed; absent when not known
   * @param stalenessMillis the greatest possible age of what it shows; absent when not known
   * @param ejections ejections since the process started
   */
  @Schema(
      requiredProperties = {
        "endpoint",
        "role",
        "verdict",
        "score",
        "weight",
        "effectiveWeight",
        "latencyMillis",
        "inFlight",
        "position",
        "lagBytes",
        "stalenessMillis",
        "ejections"
      })
  public record ServerExplanation(
      String endpoint,
      String role,
      String verdict,
      @Schema(nullable = true) @Nullable Double score,
      double weight,
      double effectiveWeight,
      double latencyMillis,
      int inFlight,
      String position,
      @Schema(nullable = true) @Nullable Long lagBytes,
      @Schema(nullable = true) @Nullable Long stalenessMillis,
      long ejections) {}
}
