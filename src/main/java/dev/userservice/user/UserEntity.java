package dev.userservice.user;

import dev.userservice.user.json.Attributes;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The row of a user, for the ORM. Shared by nobody: it lives as long as one transaction. */
@Entity
@Table(name = "users")
class UserEntity {

  @Id long id;

  String name = "";

  @Nullable Integer age;

  @Nullable String email;

  String attributes = "{}";

  long version;

  @Column(name = "created_at")
  Instant createdAt = Instant.EPOCH;

  @Column(name = "updated_at")
  Instant updatedAt = Instant.EPOCH;

  User toUser() {
    return new User(
        id, name, age, email, new Attributes(attributes), version, createdAt, updatedAt);
  }
}
