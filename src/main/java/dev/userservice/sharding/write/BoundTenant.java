package dev.userservice.sharding.write;

import io.quarkus.arc.Unremovable;
import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import io.quarkus.hibernate.orm.runtime.tenant.TenantResolver;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Tells Hibernate ORM its tenant: always the same one, whose connections are to the primary that
 * the {@link WriteGate} has bound the transaction to.
 */
@ApplicationScoped
@Unremovable
@PersistenceUnitExtension
class BoundTenant implements TenantResolver {

  private static final String BOUND_PRIMARY = "bound-primary";

  @Override
  public String getDefaultTenantId() {
    return BOUND_PRIMARY;
  }

  @Override
  public String resolveTenantId() {
    return BOUND_PRIMARY;
  }
}
