package dev.userservice.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Explains each kind of problem under the address that names it. */
@Path("/problems/{name}")
class ProblemResource {

  private static final String AN_HOUR = "public, max-age=3600";
  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head><meta charset="utf-8"><title>%1$s</title></head>
      <body><h1>%1$s</h1><p>Status %2$d</p><p>%3$s</p></body>
      </html>
      """;

  /** For people. */
  @GET
  @CacheControl(AN_HOUR)
  @Produces("text/html;charset=UTF-8")
  @Operation(hidden = true)
  public String page(@PathParam("name") String name) {
    ProblemType type = type(name);
    return PAGE.formatted(type.title(), type.status(), type.advice());
  }

  /** For programs. */
  @GET
  @CacheControl(AN_HOUR)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(hidden = true)
  public Problem document(@PathParam("name") String name) {
    ProblemType type = type(name);
    return Problem.of(type, type.advice());
  }

  private static ProblemType type(String name) {
    return ProblemType.ofUri("/problems/" + name).orElseThrow(NotFoundException::new);
  }
}
