package dev.userservice.election;

import dev.userservice.kubernetes.ApiServer;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** The Lease as other clients see and change it. */
public final class ShopLease {

  public static final String NAME = "user-service";

  private final ApiServer api;

  public ShopLease(ApiServer api) {
    this.api = api;
  }

  /** Makes an empty one, as a chart does. */
  public void chart() {
    api.put(
        new LeaseBuilder()
            .withNewMetadata()
            .withName(NAME)
            .withNamespace("shop")
            .addToLabels("app.kubernetes.io/managed-by", "Helm")
            .addToAnnotations("meta.helm.sh/release-name", "users")
            .addNewOwnerReference()
            .withApiVersion("apps/v1")
            .withKind("Deployment")
            .withName("users")
            .withUid("7c8f")
            .endOwnerReference()
            .endMetadata()
            .build());
  }

  /** What it says now. */
  public Lease now() {
    return Objects.requireNonNull(
        api.owner().leases().inNamespace("shop").withName(NAME).get(), "there is no Lease");
  }

  public String holder() {
    String holder = now().getSpec() == null ? null : now().getSpec().getHolderIdentity();
    return holder == null ? "" : holder;
  }

  /** Changes the Lease as another client. */
  void change(UnaryOperator<LeaseBuilder> change) {
    api.put(change.apply(new LeaseBuilder(now())).build());
  }

  public void hold(String holder) {
    change(
        lease ->
            lease
                .editOrNewSpec()
                .withHolderIdentity(holder)
                .withLeaseDurationSeconds(60)
                .endSpec());
  }

  public void annotate(String key, String value) {
    change(lease -> lease.editMetadata().addToAnnotations(key, value).endMetadata());
  }

  public void delete() {
    api.delete(now());
  }
}
