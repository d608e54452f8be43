package dev.userservice.replication;

import dev.userservice.datasource.ConnectionFactory;
import dev.userservice.datasource.Credentials;
import dev.userservice.datasource.Endpoint;
import dev.userservice.time.Ticker;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Applies the topology to one replication group. A server that joins gets connections and probes.
 * One that stays keeps them. One that leaves is first no longer chosen, then no longer probed, and
 * its connections close when their calls have ended. Thread-safe.
 */
final class GroupMembers {

  private static final Logger LOG = Logger.getLogger(GroupMembers.class);

  private final ReplicationGroup group;
  private final ConnectionFactory connections;
  private final ReplicationConfig config;
  private final Vertx vertx;
  private final Ticker ticker;
  private Map<Endpoint, Member> members = new LinkedHashMap<>();
  private boolean stopped;

  GroupMembers(
      int shard,
      ConnectionFactory connections,
      ReplicationConfig config,
      Vertx vertx,
      Ticker ticker) {
    this.group = new ReplicationGroup(shard, List.of());
    this.connections = connections;
    this.config = config;
    this.vertx = vertx;
    this.ticker = ticker;
  }

  ReplicationGroup group() {
    return group;
  }

  /** Makes the given servers those of the group. Returns before any of them is probed. */
  synchronized void become(List<Endpoint> endpoints, Credentials credentials) {
    if (stopped) {
      return;
    }
    Map<Endpoint, Member> leaving = members;
    List<Member> joining = new ArrayList<>();
    members = new LinkedHashMap<>();
    for (Endpoint endpoint : endpoints) {
      Member member = leaving.remove(endpoint);
      if (member == null) {
        member = open(endpoint, credentials);
        joining.add(member);
      }
      members.put(endpoint, member);
    }
    publish();
    joining.forEach(member -> member.probes().probeNow());
    leaving.values().forEach(this::dismiss);
  }

  /** Ends all probes and closes all connections, finally. */
  synchronized void stop() {
    stopped = true;
    for (Member member : members.values()) {
      member.probes().stop();
      member.endpoint().connections().close();
    }
  }

  private Member open(Endpoint endpoint, Credentials credentials) {
    MonitoredEndpoint opened =
        new MonitoredEndpoint(
            connections.connections(endpoint, credentials), EndpointState.unknown());
    opened.reads().onLoss(() -> group.reportFailure(opened));
    return new Member(opened, new ProbeLoop(vertx, anEventLoop(), ticker, config, group, opened));
  }

  // Spread over the event loops, so that a start does not compute all logins on one of them.
  private Context anEventLoop() {
    return ((VertxInternal) vertx).createEventLoopContext();
  }

  private void publish() {
    List<Member> now = List.copyOf(members.values());
    group.onProbeNeeded(() -> now.forEach(member -> member.probes().probeNow()));
    group.replace(now.stream().map(Member::endpoint).toList());
  }

  private void dismiss(Member member) {
    MonitoredEndpoint left = member.endpoint();
    LOG.infof("Shard %d: %s is no longer one of its servers", group.shard(), left.endpoint());
    member.probes().stop();
    connections.retire(left.connections());
  }

  private record Member(MonitoredEndpoint endpoint, ProbeLoop probes) {}
}
