package dev.userservice.bench;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;

/** A point read as Panache's guide teaches it. */
@Path("/users/{id}")
public class BenchUserResource {

  /** One user. */
  @GET
  public BenchUser get(long id) {
    BenchUser user = BenchUser.findById(id);
    if (user == null) {
      throw new NotFoundException();
    }
    return user;
  }
}
