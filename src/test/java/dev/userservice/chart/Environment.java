package dev.userservice.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The environment variables of the service's container. */
record Environment(JsonNode variables) {

  static Environment of(RenderedChart chart) {
    return new Environment(chart.only("Deployment").at("/spec/template/spec/containers/0/env"));
  }

  List<String> names() {
    List<String> names = new ArrayList<>();
    variables.forEach(variable -> names.add(variable.path("name").asText()));
    return names;
  }

  String value(String name) {
    return variable(name).path("value").asText();
  }

  /** Secret and key that a variable is read from, as "secret/key". */
  String secret(String name) {
    JsonNode reference = variable(name).at("/valueFrom/secretKeyRef");
    return reference.path("name").asText() + "/" + reference.path("key").asText();
  }

  private JsonNode variable(String name) {
    assertThat(names()).contains(name);
    return variables.get(names().indexOf(name));
  }
}
