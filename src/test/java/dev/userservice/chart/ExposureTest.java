package dev.userservice.chart;

import static dev.userservice.chart.RenderedChart.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** How the API is reached: Services, Ingress, HTTPRoute. */
final class ExposureTest {

  private static final JsonNode PODS =
      yaml(
          """
          app.kubernetes.io/name: user-service
          app.kubernetes.io/instance: users
          app.kubernetes.io/component: service
          """);

  @Test
  void theApiHasAServiceThatMayBeExposed() {
    RenderedChart chart =
        RenderedChart.with(
            """
            service: {type: LoadBalancer, port: 8443, annotations: {a: b}}
            networkPolicy: {clients: [{ipBlock: {cidr: 0.0.0.0/0}}]}
            """);
    JsonNode service = chart.named("Service", "users-user-service");
    assertThat(service.at("/spec/type").asText()).isEqualTo("LoadBalancer");
    assertThat(service.at("/spec/selector")).isEqualTo(PODS);
    assertThat(service.at("/spec/ports"))
        .isEqualTo(yaml("[{name: http, port: 8443, targetPort: http, appProtocol: http}]"));
    assertThat(service.at("/metadata/annotations")).isEqualTo(yaml("{a: b}"));
  }

  @Test
  void healthAndMetricsHaveAServiceThatIsNeverExposed() {
    RenderedChart chart =
        RenderedChart.with("{service: {type: NodePort}, networkPolicy: {enabled: false}}");
    JsonNode management = chart.named("Service", "users-user-service-management").path("spec");
    assertThat(management.path("type").isMissingNode()).isTrue();
    assertThat(management.path("clusterIP").asText()).isEqualTo("None");
    assertThat(management.path("publishNotReadyAddresses").asBoolean()).isTrue();
    assertThat(management.path("selector")).isEqualTo(PODS);
    assertThat(management.at("/ports/0/targetPort").asText()).isEqualTo("management");
  }

  @Test
  void thePodsAreThoseThatTheServicesSelect() {
    JsonNode template = RenderedChart.byDefault().only("Deployment").path("spec");
    assertThat(template.at("/selector/matchLabels")).isEqualTo(PODS);
    PODS.properties()
        .forEach(
            label ->
                assertThat(template.at("/template/metadata/labels").path(label.getKey()))
                    .isEqualTo(label.getValue()));
  }

  @Test
  void labelsOfTheValuesDoNotReplaceSelectorLabels() {
    String stolen = "{app.kubernetes.io/name: other, app.kubernetes.io/component: other}";
    JsonNode deployment =
        RenderedChart.with("{labels: %s, podLabels: %s}".formatted(stolen, stolen))
            .only("Deployment");
    assertThat(
            deployment.at("/spec/template/metadata/labels/app.kubernetes.io~1component").asText())
        .isEqualTo("service");
  }

  @Test
  void anIngressSendsItsHostsToTheApi() {
    JsonNode ingress = RenderedChart.of("everything").only("Ingress").path("spec");
    assertThat(ingress)
        .isEqualTo(
            yaml(
                """
                ingressClassName: public
                tls: [{secretName: users-certificate, hosts: [users.example.org]}]
                rules:
                  - host: users.example.org
                    http:
                      paths:
                        - path: /
                          pathType: Prefix
                          backend: {service: {name: users-user-service, port: {name: http}}}
                """));
  }

  @Test
  void aRouteSendsItsHostNamesToTheApi() {
    JsonNode route = RenderedChart.of("everything").only("HTTPRoute").path("spec");
    assertThat(route)
        .isEqualTo(
            yaml(
                """
                parentRefs: [{name: gateway, namespace: gateways, sectionName: https}]
                hostnames: [users.internal.example.org]
                rules:
                  - matches: [{path: {type: PathPrefix, value: /}}]
                    backendRefs: [{name: users-user-service, port: 80}]
                """));
  }

  @Test
  void nothingIsExposedByDefault() {
    RenderedChart chart = RenderedChart.byDefault();
    assertThat(chart.all("Ingress")).isEmpty();
    assertThat(chart.all("HTTPRoute")).isEmpty();
    assertThat(chart.named("Service", "users-user-service").at("/spec/type").asText())
        .isEqualTo("ClusterIP");
  }
}
