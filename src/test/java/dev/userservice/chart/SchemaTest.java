package dev.userservice.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The schema of the values: it contains and describes every value, and refuses unknown keys. */
final class SchemaTest {

  /** The values' schemas by their dotted names. */
  private static Map<String, JsonNode> schemas() throws IOException {
    Map<String, JsonNode> schemas = new TreeMap<>();
    JsonNode root =
        new ObjectMapper().readTree(RenderedChart.CHART.resolve("values.schema.json").toFile());
    collect("", root, schemas);
    return schemas;
  }

  private static void collect(String name, JsonNode schema, Map<String, JsonNode> schemas) {
    schemas.put(name, schema);
    for (var property : schema.path("properties").properties()) {
      collect(name + "." + property.getKey(), property.getValue(), schemas);
    }
  }

  @Test
  void everyValueIsDescribed() throws IOException {
    List<String> silent = new ArrayList<>();
    schemas()
        .forEach(
            (name, schema) -> {
              if (!schema.has("properties") && schema.path("description").asText().isEmpty()) {
                silent.add(name);
              }
            });
    assertThat(silent).isEmpty();
  }

  @Test
  void unknownKeysAreRefused() throws IOException {
    assertThat(schemas().values())
        .filteredOn(schema -> schema.has("properties"))
        .isNotEmpty()
        .allMatch(schema -> !schema.path("additionalProperties").asBoolean(true));
  }

  @Test
  void onlyPartsOfKubernetesObjectsAcceptAnyKey() throws IOException {
    List<String> free = new ArrayList<>();
    schemas()
        .forEach(
            (name, schema) -> {
              if (schema.path("additionalProperties").asBoolean()) {
                free.add(name.substring(1));
              }
            });
    assertThat(free)
        .containsExactlyInAnyOrder(
            "affinity",
            "autoscaling.behavior",
            "podSecurityContext",
            "postgresql.backup.objectStore",
            "postgresql.cluster.resources",
            "postgresql.cluster.spec",
            "postgresql.recovery.objectStore",
            "postgresql.recovery.target",
            "resources",
            "securityContext");
  }

  @Test
  void everyDefaultSatisfiesTheSchema() {
    assertThat(RenderedChart.byDefault().objects()).isNotEmpty();
  }
}
