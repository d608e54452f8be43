import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Prints the options of the virtual machine by which the image builder may reach into the modules
 * of the JDK. GraalVM's driver has such a list of its own.
 */
class Exports {

  private static final List<String> OPENED =
      List.of(
          "java.base",
          "java.compiler",
          "java.desktop",
          "java.instrument",
          "java.logging",
          "java.management",
          "java.naming",
          "java.prefs",
          "java.rmi",
          "java.security.jgss",
          "java.sql",
          "java.xml",
          "java.xml.crypto",
          "jdk.attach",
          "jdk.crypto.cryptoki",
          "jdk.internal.jvmstat",
          "jdk.internal.vm.ci",
          "jdk.jdeps",
          "jdk.jfr",
          "jdk.jlink",
          "jdk.localedata",
          "jdk.management",
          "jdk.management.agent",
          "jdk.management.jfr",
          "jdk.zipfs");

  private static final String TO =
      String.join(
          ",",
          "jdk.graal.compiler",
          "org.graalvm.collections",
          "org.graalvm.espresso.shared.svm",
          "org.graalvm.nativeimage",
          "org.graalvm.nativeimage.base",
          "org.graalvm.nativeimage.builder",
          "org.graalvm.nativeimage.configure",
          "org.graalvm.nativeimage.libgraal",
          "org.graalvm.nativeimage.objectfile",
          "org.graalvm.nativeimage.pointsto",
          "org.graalvm.truffle.compiler",
          "org.graalvm.word");

  public static void main(String... arguments) {
    for (String module : OPENED) {
      ModuleFinder.ofSystem().find(module).ifPresent(found -> open(found.descriptor()));
    }
  }

  private static void open(ModuleDescriptor module) {
    Set<String> exportedToAll =
        module.exports().stream()
            .filter(export -> !export.isQualified())
            .map(ModuleDescriptor.Exports::source)
            .collect(Collectors.toSet());
    for (String name : new TreeSet<>(module.packages())) {
      System.out.println("--add-opens=" + module.name() + "/" + name + "=" + TO);
      if (!exportedToAll.contains(name)) {
        System.out.println("--add-exports=" + module.name() + "/" + name + "=" + TO);
      }
    }
  }
}
