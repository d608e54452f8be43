package dev.userservice.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

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

  @ServerExceptionMapper
  Response map(WebApplicationException failure) {
    ProblemException ours = causeOf(failure, ProblemException.class);
    if (ours != null) {
      return map(ours);
    }
    JsonProcessingException json = causeOf(failure, JsonProcessingException.class);
    if (json != null) {
      return map(json);
    }
    int status = failure.getResponse().getStatus();
    if (status < 400) {
      return failure.getResponse();
    }
    ProblemType type = ProblemType.ofStatus(status);
    Response response = respond(Problem.of(type, type.title() + "."), failure);
    return withHeadersOf(failure.getResponse(), response);
  }

  /** Such as Allow, without which a client cannot know what to do instead. */
  private static Response withHeadersOf(Response framework, Response ours) {
    Response.ResponseBuilder builder = Response.fromResponse(ours);
    framework
        .getHeaders()
        .forEach(
            (name, values) -> {
              if (!ours.getHeaders().containsKey(name)) {
                values.forEach(value -> builder.header(name, value));
              }
            });
    return builder.build();
  }

  @ServerExceptionMapper
  Response map(Throwable failure) {
    ProblemException ours = causeOf(failure, ProblemException.class);
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

  private static <T extends Throwable> @Nullable T causeOf(Throwable failure, Class<T> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    return null;
  }
}
