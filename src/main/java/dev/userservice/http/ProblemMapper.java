package dev.userservice.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns every failure of a request into its response. */
final class ProblemMapper {

  private static final Logger LOG = Logger.getLogger(ProblemMapper.class);
  private static final String RETRY_AFTER_SECONDS = "1";

  @ServerExceptionMapper
  Response map(ProblemException failure) {
    Response response = respond(failure.problem(), failure);
    if (failure.headers().isEmpty()) {
      return response;
    }
    Response.ResponseBuilder builder = Response.fromResponse(response);
    failure.headers().forEach(builder::header);
    return builder.build();
  }

  @ServerExceptionMapper
  Response map(ConstraintViolationException failure) {
    return respond(Violations.problem(failure.getConstraintViolations()), failure);
  }

  @ServerExceptionMapper
  Response map(JsonProcessingException failure) {
    return respond(MalformedJson.problem(failure), failure);
  }

  /** Named on its own because the framework has a mapper of its own for it. */
  @ServerExceptionMapper
  Response map(MismatchedInputException failure) {
    return map((JsonProcessingException) failure);
  }

  /** A path that exists has other methods, also where the framework finds nothing. */
  @ServerExceptionMapper
  Response map(WebApplicationException failure, UriInfo address, Request request) {
    int status = failure.getResponse().getStatus();
    if (status == 404 || status == 405) {
      Set<String> allowed = AllowedMethods.of(address.getPath());
      if (!allowed.isEmpty() && !allowed.contains(request.getMethod())) {
        return notAllowed(allowed, failure);
      }
    }
    return refused(failure);
  }

  Response refused(WebApplicationException failure) {
    ProblemException ours = Causes.find(failure, ProblemException.class);
    if (ours != null) {
      return map(ours);
    }
    JsonProcessingException json = Causes.find(failure, JsonProcessingException.class);
    if (json != null) {
      return map(json);
    }
    int status = failure.getResponse().getStatus();
    if (status < 400) {
      return failure.getResponse();
    }
    ProblemType type = ProblemType.ofStatus(status);
    return withHeadersOf(
        failure.getResponse(), respond(Problem.of(type, type.title() + "."), failure));
  }

  private static Response notAllowed(Set<String> allowed, Throwable failure) {
    String methods = String.join(", ", allowed);
    Problem problem =
        Problem.of(ProblemType.METHOD_NOT_ALLOWED, "The methods here are " + methods + ".");
    return Response.fromResponse(respond(problem, failure))
        .header(HttpHeaders.ALLOW, methods)
        .build();
  }

  /** The framework says in headers what it would have accepted; its body gives way to ours. */
  private static Response withHeadersOf(Response framework, Response ours) {
    Response.ResponseBuilder builder = Response.fromResponse(ours);
    framework
        .getHeaders()
        .forEach(
            (name, values) -> {
              if (!name.regionMatches(true, 0, "Content-", 0, "Content-".length())
                  && !ours.getHeaders().containsKey(name)) {
                values.forEach(value -> builder.header(name, value));
              }
            });
    return builder.build();
  }

  @ServerExceptionMapper
  Response map(Throwable failure) {
    ProblemException ours = Causes.find(failure, ProblemException.class);
    if (ours != null) {
      return map(ours);
    }
    if (failure instanceof IOException disconnected) {
      LOG.debug("The caller went away", disconnected);
      return respond(Problem.of(ProblemType.MALFORMED_REQUEST, "The body ended early."), failure);
    }
    return respond(Problem.of(ProblemType.INTERNAL, "The failure was logged."), failure);
  }

  private static Response respond(Problem problem, Throwable failure) {
    if (problem.status() == 500) {
      LOG.error("A request failed", failure);
    } else {
      LOG.debug("A request was refused", failure);
    }
    Response.ResponseBuilder response =
        Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
    if (problem.status() == 503) {
      response.header("Retry-After", RETRY_AFTER_SECONDS);
    }
    return response.build();
  }
}
