package dev.userservice.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The objects that the chart renders for some values, as release "users" in namespace "people". */
final class RenderedChart {

  static final Path CHART = Path.of("helm/user-service");
  static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  /** The name of a hook's annotation in {@link #objects()}. */
  static final String HOOK = "hook";

  private static final Path COPY = copyWithoutHooks();
  private static final Pattern SOURCE =
      Pattern.compile("^# Source: user-service/(\\S+)$", Pattern.MULTILINE);
  private static final Map<String, RenderedChart> RENDERED = new ConcurrentHashMap<>();

  private final String text;
  private final List<JsonNode> objects;

  private RenderedChart(String text) {
    this.text = text;
    try {
      objects =
          YAML.readerFor(JsonNode.class).<JsonNode>readValues(text).readAll().stream()
              .filter(object -> !object.isNull())
              .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }

  /** The chart with its default values. */
  static RenderedChart byDefault() {
    return with("{}");
  }

  /** The chart with the values of this YAML text. */
  static RenderedChart with(String values) {
    return RENDERED.computeIfAbsent(values, RenderedChart::render);
  }

  /** The chart with the values of {@code ci/NAME-values.yaml}. */
  static RenderedChart of(String name) {
    try {
      return with(Files.readString(CHART.resolve("ci/" + name + "-values.yaml")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names of the files in {@code ci/}, as {@link #of} takes them. */
  static Stream<String> names() {
    String end = "-values.yaml";
    return files("ci").filter(name -> name.endsWith(end)).map(name -> name.replace(end, ""));
  }

  /** Names of the files in a folder of the chart. */
  static Stream<String> files(String folder) {
    try (Stream<Path> paths = Files.list(CHART.resolve(folder))) {
      return paths
          .filter(Files::isRegularFile)
          .map(path -> path.getFileName().toString())
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A copy of the chart with hooks as plain objects, because the library does not return hooks. */
  private static Path copyWithoutHooks() {
    try (Stream<Path> paths = Files.walk(CHART)) {
      Path copy = Files.createTempDirectory("chart");
      for (Path path : paths.toList()) {
        Path target = copy.resolve(CHART.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.writeString(
              target, Files.readString(path).replace("\"helm.sh/hook\"", "\"" + HOOK + "\""));
        }
        target.toFile().deleteOnExit();
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RenderedChart render(String values) {
    try {
      Path file = Files.createTempFile("values", ".yaml");
      try {
        Files.writeString(file, values);
        return new RenderedChart(command().withValuesFile(file).call());
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TemplateCommand command() {
    return new Helm(COPY)
        .template()
        .withName("users")
        .withNamespace("people")
        .withKubeVersion("1.34.0");
  }

  List<JsonNode> objects() {
    return objects;
  }

  /** The files under {@code templates} that rendered something. */
  Set<String> sources() {
    Set<String> sources = new TreeSet<>();
    SOURCE.matcher(text).results().forEach(result -> sources.add(result.group(1)));
    return sources;
  }

  List<JsonNode> all(String kind) {
    return objects.stream().filter(object -> object.path("kind").asText().equals(kind)).toList();
  }

  /** The only object of this kind. */
  JsonNode only(String kind) {
    List<JsonNode> found = all(kind);
    assertThat(found).as(kind).hasSize(1);
    return found.get(0);
  }

  /** The object of this kind and name. */
  JsonNode named(String kind, String name) {
    List<JsonNode> found =
        all(kind).stream().filter(object -> nameOf(object).equals(name)).toList();
    assertThat(found).as(kind + " " + name).hasSize(1);
    return found.get(0);
  }

  static String nameOf(JsonNode object) {
    return object.at("/metadata/name").asText();
  }

  /** The values of a list of strings, or of no list at all. */
  static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  /** The object of a YAML text, for comparison. */
  static JsonNode yaml(String text) {
    try {
      return YAML.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
