package dev.userservice.sharding.write;

import io.quarkus.arc.Unremovable;
import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import io.quarkus.hibernate.orm.runtime.tenant.TenantResolver;
import jakarta.enterprise.context.RequestScoped;

/** Tells Hibernate ORM the tenant of the current transaction. */
@RequestScoped
@Unremovable
@PersistenceUnitExtension
class ShardTenant implements TenantResolver {

  private final CurrentShard current;

  ShardTenant(CurrentShard current) {
    this.current = current;
  }

  @Override
  public String getDefaultTenantId() {
    return "0";
  }

  @Override
  public String resolveTenantId() {
    return Integer.toString(current.get());
  }
}
