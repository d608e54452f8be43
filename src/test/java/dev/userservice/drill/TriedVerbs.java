package dev.userservice.drill;

import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Sends every request that an account could send to the API server: each resource and subresource
 * of the server, with each of its verbs, in the account's namespace, in another and in all. Rights
 * are checked before the request is read, so every answer other than 403 means that the right is
 * granted. Bodies are empty, so that nothing is changed.
 */
final class TriedVerbs {

  private static final String ALL = "all namespaces";
  private static final String CLUSTER = "cluster";
  private static final String WATCH = "watch=true&timeoutSeconds=1";

  private final KubernetesClient account;
  private final List<Attempt> attempts = new ArrayList<>();
  private final Set<String> resources = new TreeSet<>();
  private final String name;

  /**
   * Collects the resources and verbs.
   *
   * @param administrator a client that may list the resources
   * @param account the client that sends the requests
   * @param name of the objects that are the account's own
   */
  TriedVerbs(KubernetesClient administrator, KubernetesClient account, String name) {
    this.account = account;
    this.name = name;
    collect("", "/api/v1", administrator.getApiResources("v1").getResources());
    for (APIGroup group : administrator.getApiGroups().getGroups()) {
      group
          .getVersions()
          .forEach(
              version ->
                  collect(
                      "." + group.getName(),
                      "/apis/" + version.getGroupVersion(),
                      administrator.getApiResources(version.getGroupVersion()).getResources()));
    }
  }

  /** Sends all requests. Returns those that were not refused, as {@code verb resource: where}. */
  Set<String> granted() {
    return attempts.stream()
        .filter(attempt -> status(attempt.method, attempt.path) != 403)
        .map(Attempt::what)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The number of requests and of resources. */
  String extent() {
    return attempts.size() + " requests, " + resources.size() + " resources";
  }

  /** The API server's status for one request. Headers are name and value in turn. */
  int status(String method, String path, String... headers) {
    String type = method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
    HttpRequest.Builder request = account.getHttpClient().newHttpRequestBuilder();
    request.uri(account.getMasterUrl().toString().replaceAll("/$", "") + path);
    if (!method.equals("GET")) {
      request.method(method, type, "{}");
    }
    for (int header = 0; header < headers.length; header += 2) {
      request.header(headers[header], headers[header + 1]);
    }
    return account
        .getHttpClient()
        .sendAsync(request.build(), String.class)
        .orTimeout(10, TimeUnit.SECONDS)
        .join()
        .code();
  }

  private void collect(String group, String root, List<APIResource> all) {
    for (APIResource resource : all) {
      resources.add(resource.getName() + group);
      for (String place : places(resource)) {
        String base = place.equals(CLUSTER) || place.equals(ALL) ? "" : "/namespaces/" + place;
        for (String verb : resource.getVerbs()) {
          requests(verb, resource.getName(), place.equals(ALL))
              .forEach(
                  request ->
                      attempts.add(
                          new Attempt(
                              "%s %s%s: %s%s"
                                  .formatted(
                                      verb, resource.getName(), group, place, request.object),
                              request.method,
                              root + base + "/" + request.path)));
        }
      }
    }
  }

  private static List<String> places(APIResource resource) {
    return resource.getNamespaced()
        ? List.of(ChartRelease.NAMESPACE, "default", ALL)
        : List.of(CLUSTER);
  }

  private Stream<Request> requests(String verb, String resource, boolean everywhere) {
    int slash = resource.indexOf('/');
    if (slash >= 0) {
      String path = resource.substring(0, slash) + "/" + name + resource.substring(slash);
      return everywhere ? Stream.of() : Stream.of(new Request("/" + name, method(verb), path));
    }
    String selector = resource + "?fieldSelector=metadata.name%3D" + name;
    return switch (verb) {
      case "list" ->
          Stream.of(new Request("", "GET", resource), new Request("/" + name, "GET", selector));
      case "watch" ->
          Stream.of(
              new Request("", "GET", resource + "?" + WATCH),
              new Request("/" + name, "GET", selector + "&" + WATCH));
      case "deletecollection" ->
          everywhere ? Stream.of() : Stream.of(new Request("", "DELETE", resource));
      case "create" -> everywhere ? Stream.of() : Stream.of(new Request("", "POST", resource));
      default ->
          everywhere
              ? Stream.of()
              : Stream.of(name, "another")
                  .map(each -> new Request("/" + each, method(verb), resource + "/" + each));
    };
  }

  private static String method(String verb) {
    return switch (verb) {
      case "create" -> "POST";
      case "update" -> "PUT";
      case "patch" -> "PATCH";
      case "delete" -> "DELETE";
      default -> "GET";
    };
  }

  private record Request(String object, String method, String path) {}

  private record Attempt(String what, String method, String path) {}
}
