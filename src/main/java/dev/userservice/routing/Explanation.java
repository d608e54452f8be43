package dev.userservice.routing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a read would find now.
 *
 * @param shard the shard's number
 * @param strategy how a server is chosen among those that may answer
 * @param level the promise that the read would be made under
 * @param required what a server must have reached, as timeline and LSN; absent when nothing
 * @param servers each server of the shard, in the order of the topology
 */
public record Explanation(
    int shard,
    String strategy,
    String level,
    @Nullable String required,
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
   * @param verdict {@code eligible}, or what speaks against it
   * @param score how it stands by the strategy, lower is better; absent unless eligible
   * @param weight as configured
   * @param effectiveWeight less than the weight while the server starts slowly
   * @param latencyMillis the average of its point reads; 0 when there were none
   * @param inFlight reads on their way to it
   * @param position the timeline and LSN it is known to have reached
   * @param lagBytes log it has yet to replay; absent when not known
   * @param stalenessMillis at most this old is what it shows; absent when not known
   * @param ejections how often it was ejected since the process started
   */
  public record ServerExplanation(
      String endpoint,
      String role,
      String verdict,
      @Nullable Double score,
      double weight,
      double effectiveWeight,
      double latencyMillis,
      int inFlight,
      String position,
      @Nullable Long lagBytes,
      @Nullable Long stalenessMillis,
      long ejections) {}
}
