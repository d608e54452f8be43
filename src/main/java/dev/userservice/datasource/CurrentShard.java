package dev.userservice.datasource;

import io.quarkus.arc.Unremovable;
import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import io.quarkus.hibernate.orm.runtime.tenant.TenantResolver;
import jakarta.enterprise.context.RequestScoped;

/**
 * The shard that this request's transaction belongs to, which is Hibernate ORM's tenant. Set before
 * a transaction begins; a transaction never spans two shards.
 */
@RequestScoped
@Unremovable
@PersistenceUnitExtension
public class CurrentShard implements TenantResolver {

  private int shard;

  /** Names the shard of the transactions that begin from now on in this request. */
  public void set(int number) {
    shard = number;
  }

  @Override
  public String getDefaultTenantId() {
    return "0";
  }

  @Override
  public String resolveTenantId() {
    return Integer.toString(shard);
  }
}
