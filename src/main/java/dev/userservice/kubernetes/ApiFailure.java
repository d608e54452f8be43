package dev.userservice.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;

/** Puts a failed call of the Kubernetes API into few words. */
public final class ApiFailure {

  private ApiFailure() {}

  /** The API's own words if it has answered, otherwise those of the innermost cause. */
  public static String reason(Throwable failure) {
    if (failure instanceof KubernetesClientException api
        && api.getStatus() != null
        && api.getStatus().getMessage() != null) {
      return api.getCode() + " " + oneLine(api.getStatus().getMessage());
    }
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return oneLine(root.getMessage() == null ? root.toString() : root.getMessage());
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
