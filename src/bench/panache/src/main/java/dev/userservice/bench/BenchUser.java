package dev.userservice.bench;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of the copied table: the same columns as the service's. */
@Entity
@Table(name = "bench_users")
public class BenchUser extends PanacheEntityBase {

  @Id public long id;

  public String name;

  public Integer age;

  public String email;

  @JsonRawValue public String attributes;

  public long version;

  @Column(name = "created_at")
  public Instant createdAt;

  @Column(name = "updated_at")
  public Instant updatedAt;
}
