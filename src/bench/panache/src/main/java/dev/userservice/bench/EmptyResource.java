package dev.userservice.bench;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** No work at all: what HTTP itself costs, for an answer of a user's size. */
@Path("/empty")
public class EmptyResource {

  private static final String ANSWER =
      """
      {"id":12345,"name":"User 12345","age":42,"email":"user12345@example.com","attributes":{},\
      "version":1,"createdAt":"2026-01-01T00:00:00.000000Z",\
      "updatedAt":"2026-01-01T00:00:00.000000Z"}\
      """;

  /** The constant. */
  @GET
  @NonBlocking
  @Produces(MediaType.APPLICATION_JSON)
  public String get() {
    return ANSWER;
  }
}
