package dev.userservice.http;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * Describes the problems of all operations in the OpenAPI document: one response for each status,
 * to which an operation refers if what it declares makes the status possible. A 404 is declared by
 * the operations that look for a user. Responses are in the order of their statuses, since
 * generators take the first one for the answer of an operation. Runs while the service is built.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class ProblemResponses implements OASFilter {

  /** Every operation refuses what it does not heed, may fail, and may lack its databases. */
  private static final Set<Integer> OF_EVERY_OPERATION = Set.of(400, 406, 415, 500, 503);

  /** What the server answers before it knows the operation. */
  private static final Set<ProblemType> OF_THE_SERVER =
      EnumSet.of(
          ProblemType.METHOD_NOT_ALLOWED,
          ProblemType.EXPECTATION_FAILED,
          ProblemType.HEADERS_TOO_LARGE);

  private static final String NAME = "Problem";

  @Override
  public void filterOpenAPI(OpenAPI document) {
    Components components = document.getComponents();
    describedStatuses()
        .forEach((status, kinds) -> components.addResponse(NAME + status, response(status, kinds)));
    for (PathItem path : document.getPaths().getPathItems().values()) {
      path.getOperations().forEach(ProblemResponses::complete);
    }
  }

  /** The kinds of each status that an operation may answer. */
  private static Map<Integer, String> describedStatuses() {
    return Arrays.stream(ProblemType.values())
        .filter(type -> !OF_THE_SERVER.contains(type))
        .collect(
            Collectors.groupingBy(
                ProblemType::status,
                TreeMap::new,
                Collectors.mapping(
                    type -> type.title() + " (`" + type.uri() + "`)", Collectors.joining("; "))));
  }

  private static APIResponse response(int status, String kinds) {
    APIResponse response =
        OASFactory.createAPIResponse()
            .description(kinds)
            .content(
                OASFactory.createContent()
                    .addMediaType(
                        Problem.MEDIA_TYPE,
                        OASFactory.createMediaType()
                            .schema(OASFactory.createSchema().ref("Problem"))));
    switch (status) {
      case 404 -> refer(response, "Consistency-Token-Of-Read", "Served-By-Of-Read");
      case 415 -> refer(response, "Accept-Encoding");
      case 503 -> refer(response, "Retry-After");
      default -> {
        // The body tells all.
      }
    }
    return response;
  }

  private static void refer(APIResponse response, String... headers) {
    for (String header : headers) {
      response.addHeader(header.replace("-Of-Read", ""), OASFactory.createHeader().ref(header));
    }
  }

  private static void complete(PathItem.HttpMethod method, Operation operation) {
    APIResponses declared = operation.getResponses();
    Map<String, APIResponse> ordered = new TreeMap<>(declared.getAPIResponses());
    for (int status : problems(method, operation)) {
      ordered.put(Integer.toString(status), OASFactory.createAPIResponse().ref(NAME + status));
    }
    declared.setAPIResponses(new LinkedHashMap<>(ordered));
  }

  private static Set<Integer> problems(PathItem.HttpMethod method, Operation operation) {
    Set<Integer> statuses = new TreeSet<>(OF_EVERY_OPERATION);
    if (heeds(operation, "If-Match")) {
      statuses.add(412);
    }
    if (heeds(operation, "Idempotency-Key")) {
      statuses.addAll(Set.of(409, 422));
    }
    if (method == PathItem.HttpMethod.GET && heeds(operation, "Consistency-Token")) {
      statuses.add(409);
    }
    if (heeds(operation, "ids")) {
      statuses.add(414);
    }
    if (readsJson(operation)) {
      statuses.addAll(Set.of(413, 422));
    }
    return statuses;
  }

  private static boolean heeds(Operation operation, String header) {
    return operation.getParameters() != null
        && operation.getParameters().stream().map(Parameter::getName).anyMatch(header::equals);
  }

  private static boolean readsJson(Operation operation) {
    return operation.getRequestBody() != null
        && operation.getRequestBody().getContent().hasMediaType("application/json");
  }
}
