package dev.userservice;

import com.sun.source.tree.AnnotatedTypeTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the service as a table in Markdown, read from the sources of the interfaces with
 * {@code @ConfigMapping}: name, default, bounds, and Javadoc.
 */
final class SettingsTable {

  private static final Path SOURCES = Path.of("src/main/java/dev/userservice");
  private static final Map<String, String> UNITS =
      Map.of(
          "nanos", "ns", "millis", "ms", "seconds", "s", "minutes", "min", "hours", "h", "days",
          "d");

  private final DocTrees docs;
  private final CompilationUnitTree unit;
  private final Map<String, ClassTree> interfaces = new TreeMap<>();
  private final List<Setting> settings = new ArrayList<>();

  /**
   * One setting.
   *
   * @param value its default, empty if it has none
   * @param bounds in words, empty if it has none
   */
  record Setting(String name, String type, String value, String bounds, String meaning) {

    private String row() {
      String shown = value.isEmpty() ? "" : "`" + value + "`";
      return "| `%s` | %s | %s | %s |".formatted(name, shown, bounds, meaning);
    }
  }

  private SettingsTable(DocTrees docs, CompilationUnitTree unit) {
    this.docs = docs;
    this.unit = unit;
  }

  /** All settings, in the order of their prefixes and within one as in the source. */
  static List<Setting> settings() throws IOException {
    try (StandardJavaFileManager files =
        ToolProvider.getSystemJavaCompiler()
            .getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      JavacTask task =
          (JavacTask)
              ToolProvider.getSystemJavaCompiler()
                  .getTask(
                      null,
                      files,
                      null,
                      List.of("-proc:none"),
                      null,
                      files.getJavaFileObjectsFromPaths(sources()));
      Map<String, List<Setting>> byPrefix = new TreeMap<>();
      for (CompilationUnitTree unit : task.parse()) {
        SettingsTable table = new SettingsTable(DocTrees.instance(task), unit);
        byPrefix.put(table.read(), table.settings);
      }
      return byPrefix.values().stream().flatMap(List::stream).toList();
    }
  }

  /** The table, without an end of line behind its last row. */
  static String markdown() throws IOException {
    return Stream.concat(
            Stream.of("| setting | default | bounds | meaning |", "| --- | --- | --- | --- |"),
            settings().stream().map(Setting::row))
        .collect(Collectors.joining("\n"));
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<Path> found = new ArrayList<>();
      for (Path file : files.filter(path -> path.toString().endsWith("Config.java")).toList()) {
        if (Files.readString(file).contains("\n@ConfigMapping(")) {
          found.add(file);
        }
      }
      return found;
    }
  }

  private String read() {
    ClassTree mapping = (ClassTree) unit.getTypeDecls().get(0);
    String prefix = argument(annotation(mapping.getModifiers().getAnnotations(), "ConfigMapping"));
    for (Tree member : mapping.getMembers()) {
      if (member instanceof ClassTree nested) {
        interfaces.put(nested.getSimpleName().toString(), nested);
      }
    }
    readMembers(mapping, TreePath.getPath(unit, mapping), prefix);
    return prefix;
  }

  private void readMembers(ClassTree type, TreePath path, String prefix) {
    for (Tree parent : type.getImplementsClause()) {
      ClassTree inherited = Objects.requireNonNull(interfaces.get(parent.toString()));
      readMembers(inherited, TreePath.getPath(unit, inherited), prefix);
    }
    for (Tree member : type.getMembers()) {
      if (member instanceof MethodTree method && method.getBody() == null) {
        readMethod(method, new TreePath(path, method), prefix);
      }
    }
  }

  private void readMethod(MethodTree method, TreePath path, String prefix) {
    String name = prefix + "." + dashed(method.getName().toString());
    Tree type = method.getReturnType();
    if (type instanceof ParameterizedTypeTree list && list.getType().toString().equals("List")) {
      name += "[n]";
      type = list.getTypeArguments().get(0);
    }
    ClassTree group = interfaces.get(type.toString());
    if (group != null) {
      readMembers(group, TreePath.getPath(unit, group), name);
      return;
    }
    if (type instanceof ParameterizedTypeTree map && map.getType().toString().equals("Map")) {
      name += ".\"NAME\"";
    }
    List<AnnotationTree> annotations = annotations(method);
    String value =
        has(annotations, "WithDefault") ? argument(annotation(annotations, "WithDefault")) : "";
    settings.add(
        new Setting(
            name,
            type.toString(),
            value,
            bounds(annotations),
            meaning(Objects.requireNonNull(docs.getDocComment(path), name))));
  }

  /** Those of the method and, for a map or list, those of its values. */
  private static List<AnnotationTree> annotations(MethodTree method) {
    List<AnnotationTree> all = new ArrayList<>(method.getModifiers().getAnnotations());
    if (method.getReturnType() instanceof ParameterizedTypeTree type) {
      for (Tree argument : type.getTypeArguments()) {
        if (argument instanceof AnnotatedTypeTree annotated) {
          all.addAll(annotated.getAnnotations());
        }
      }
    }
    return all;
  }

  private static String bounds(List<AnnotationTree> annotations) {
    String least = bound(annotations, "DurationMin", "DecimalMin", "Min");
    String most = bound(annotations, "DurationMax", "DecimalMax", "Max");
    if (most.isEmpty()) {
      return least.isEmpty() ? "" : "at least " + least;
    }
    return least.isEmpty() ? "at most " + most : least + " to " + most;
  }

  private static String bound(List<AnnotationTree> annotations, String... names) {
    for (String name : names) {
      if (has(annotations, name)) {
        AnnotationTree bound = annotation(annotations, name);
        return name.startsWith("Duration") ? duration(bound) : argument(bound);
      }
    }
    return "";
  }

  private static String duration(AnnotationTree bound) {
    return bound.getArguments().isEmpty()
        ? "0"
        : bound.getArguments().stream()
            .map(AssignmentTree.class::cast)
            .map(
                part -> text(part.getExpression()) + " " + UNITS.get(part.getVariable().toString()))
            .collect(Collectors.joining(" "));
  }

  private static boolean has(List<? extends AnnotationTree> annotations, String name) {
    return annotations.stream().anyMatch(each -> each.getAnnotationType().toString().equals(name));
  }

  private static AnnotationTree annotation(
      List<? extends AnnotationTree> annotations, String name) {
    return annotations.stream()
        .filter(each -> each.getAnnotationType().toString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The value of an annotation's only argument. */
  private static String argument(AnnotationTree annotation) {
    ExpressionTree only = annotation.getArguments().get(0);
    return text(only instanceof AssignmentTree named ? named.getExpression() : only);
  }

  private static String text(ExpressionTree literal) {
    return String.valueOf(((LiteralTree) literal).getValue());
  }

  private static String meaning(@Nullable String javadoc) {
    return String.valueOf(javadoc)
        .strip()
        .replaceAll("\\s+", " ")
        .replaceAll("\\{@code ([^}]*)\\}", "`$1`")
        .replace("|", "\\|");
  }

  private static String dashed(String method) {
    return method.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
