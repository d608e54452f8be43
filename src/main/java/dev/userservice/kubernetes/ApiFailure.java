package dev.userservice.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;

/** Describes a failed call of the Kubernetes API in one line. */
public final class ApiFailure {

  private ApiFailure() {}

  /** The message of the API if it has answered, otherwise that of the innermost cause. */
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
