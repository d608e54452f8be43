package dev.userservice.http;

import io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.server.core.Deployment;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.handlers.RestInitialHandler.InitialMatch;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;
import org.jboss.resteasy.reactive.server.spi.ServerRestHandler;

/** Finds the methods that the resource under a path has. */
final class AllowedMethods {

  private AllowedMethods() {}

  /** The methods in alphabetical order, none if there is no resource. */
  static Set<String> of(String path) {
    Deployment deployment = ResteasyReactiveRecorder.getCurrentDeployment();
    Set<String> methods = new TreeSet<>();
    RequestMapper.RequestMatch<InitialMatch> match =
        new RequestMapper<>(deployment.getClassMappers()).map(path);
    if (match == null) {
      return methods;
    }
    for (ServerRestHandler handler : match.value.handlers) {
      if (handler instanceof ClassRoutingHandler routing) {
        routing.getMappers().forEach((method, mapper) -> add(method, mapper, match, methods));
      }
    }
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    if (!methods.isEmpty()) {
      methods.add("OPTIONS");
    }
    return methods;
  }

  private static void add(
      String method,
      RequestMapper<RuntimeResource> mapper,
      RequestMapper.RequestMatch<InitialMatch> match,
      Set<String> methods) {
    if (method != null && mapper.map(match.remaining.isEmpty() ? "/" : match.remaining) != null) {
      methods.add(method);
    }
  }
}
