#!/usr/bin/env python3
"""The native-image command: turns its arguments into those of the image builder, and becomes the builder.

It stands in for GraalVM's driver, which is no package. It takes the options that Quarkus gives and some more, and ends
with one sentence at any other, for the builder would say less. `build` puts it beside the builder and the JDK.
"""
import os
import re
import sys
import uuid
import zipfile
from pathlib import Path

HOME = Path(__file__).resolve().parent
HEAP = "8g"

# Options with a value: the builder's option for each, and the value if none is given, None if one must be.
VALUED = {
    "--add-exports": ("AddExports", None),
    "--add-opens": ("AddOpens", None),
    "--enable-monitoring": ("EnableMonitoringFeatures", None),
    "--enable-native-access": ("EnableNativeAccess", None),
    "--enable-url-protocols": ("EnableURLProtocols", None),
    "--features": ("Features", None),
    "--gc": ("SupportedGCs", None),
    "--initialize-at-build-time": ("ClassInitialization", ""),
    "--initialize-at-run-time": ("ClassInitialization", ""),
    "--link-at-build-time": ("LinkAtBuildTime", ""),
    "-march": ("MicroArchitecture", None),
}

# Options without a value: what the builder's option is set to.
FIXED = {
    "--enable-http": "EnableURLProtocols=http",
    "--enable-https": "EnableURLProtocols=https",
    "--no-fallback": "FallbackThreshold=0",
    "-g": "GenerateDebugInfo=2",
    **{"-O" + level: "Optimize=" + level for level in "bs0123"},
}

CHOICES = {"--gc": ("serial", "epsilon")}

# The builder has one list of classes for both: each class says when.
WHEN = {"--initialize-at-build-time": ":build_time", "--initialize-at-run-time": ":run_time"}

# They apply to the process of the builder, too.
ALSO_OF_JAVA = ("--add-exports", "--add-opens", "--enable-native-access")

# The builder's own options, the defaults of options at run time, and system properties.
PASSED_ON = ("-H:", "-R:", "-D")

# Experimental options are always unlocked: locking them again would be an error after the driver's own.
DROPPED = ("-H:+UnlockExperimentalVMOptions", "-H:-UnlockExperimentalVMOptions")

# Files of configuration below META-INF/native-image of a jar: the builder's option for each.
CONFIGURATION = {
    "jni-config.json": "JNIConfigurationResources",
    "predefined-classes-config.json": "PredefinedClassesConfigurationResources",
    "proxy-config.json": "DynamicProxyConfigurationResources",
    "reachability-metadata.json": "ReachabilityMetadataResources",
    "reflect-config.json": "ReflectionConfigurationResources",
    "resource-config.json": "ResourceConfigurationResources",
    "serialization-config.json": "SerializationConfigurationResources",
}
PROPERTIES = "native-image.properties"


def fail(sentence):
    sys.exit("native-image: " + sentence)


def absolute(path):
    return Path(os.path.abspath(path))


class Image:
    """What is to be made, as far as arguments and jars have told."""

    def __init__(self):
        self.java = []
        self.hosted = []
        self.class_path = []
        self.excluded = []
        self.jar = None
        self.main = None
        self.name = None

    def add(self, option, origin="user"):
        """Takes an option; the builder tells its origin if the option is wrong."""
        key, separator, value = option.partition("=")
        if option in DROPPED:
            return
        if option.startswith(PASSED_ON):
            self.hosted.append(option)
        elif option in FIXED:
            name, fixed = FIXED[option].split("=")
            self.hosted.append(f"-H:{name}@{origin}+api={fixed}")
        elif key in VALUED:
            name, default = VALUED[key]
            if not separator:
                value = default
            if value is None:
                fail(f"{key} needs a value: {key}=VALUE")
            if value not in CHOICES.get(key, (value,)):
                fail(f"{key} can be {' or '.join(CHOICES[key])}, not {value}")
            if key in WHEN:
                value = ",".join(each + WHEN[key] for each in value.split(",") if each) or WHEN[key]
            self.hosted.append(f"-H:{name}@{origin}+api={value}")
            if key in ALSO_OF_JAVA:
                self.java.append(option)
        elif key.startswith("--pgo"):
            fail(f"{key}: this compiler has no profile-guided optimization; only Oracle GraalVM has")
        else:
            fail(f"unknown option {option}" + ("" if origin == "user" else f" of {origin}"))


def parse(arguments):
    """Reads the command line."""
    image = Image()
    names = []
    rest = iter(arguments)

    def following(option):
        value = next(rest, None)
        if value is None:
            fail(f"{option} needs a value")
        return value

    for argument in rest:
        if argument == "-jar":
            image.jar = absolute(following(argument))
        elif argument in ("-cp", "-classpath", "--class-path"):
            image.class_path += [absolute(each) for each in following(argument).split(":") if each]
        elif argument == "-o":
            image.name = following(argument)
        elif argument == "--exclude-config":
            image.excluded.append((re.compile(following(argument)), re.compile(following(argument))))
        elif argument.startswith("-J"):
            image.java.append(argument[2:])
        elif argument.startswith("-"):
            image.add(argument)
        else:
            names.append(argument)
    take_names(image, names)
    return image


def take_names(image, names):
    """What is no option: the name of the executable, and without a jar the main class before it."""
    if image.jar is None and names:
        image.main = names.pop(0)
    if names:
        image.name = image.name or names.pop(0)
    if names:
        fail(f"cannot tell what {names[0]} is for")


def read_manifest(image):
    """Takes main class, class path and opened packages from the manifest of the jar."""
    try:
        with zipfile.ZipFile(image.jar) as jar:
            text = jar.read("META-INF/MANIFEST.MF").decode()
    except (OSError, KeyError, zipfile.BadZipFile) as problem:
        fail(f"cannot read the manifest of {image.jar}: {problem}")
    # A line that begins with a space continues the one before.
    lines = text.replace("\r\n", "\n").replace("\n ", "").split("\n")
    manifest = dict(line.split(": ", 1) for line in lines if ": " in line)
    image.main = manifest.get("Main-Class")
    for option, header in (("--add-opens", "Add-Opens"), ("--add-exports", "Add-Exports")):
        for package in manifest.get(header, "").split():
            image.add(f"{option}={package}=ALL-UNNAMED")
    listed = [image.jar.parent / entry for entry in manifest.get("Class-Path", "").split()]
    image.class_path = [image.jar] + [path for path in listed if path.exists()]


def read_configuration(image):
    """Takes the configuration that the jars of the class path bring along, except what is excluded."""
    for path in image.class_path:
        if not path.is_file():
            continue
        with zipfile.ZipFile(path) as jar:
            for entry in jar.namelist():
                if entry.startswith("META-INF/native-image/") and not is_excluded(image, path, entry):
                    take_entry(image, path, jar, entry)


def is_excluded(image, path, entry):
    return any(jar.search(str(path)) and name.search("/" + entry) for jar, name in image.excluded)


def take_entry(image, path, jar, entry):
    folder, _, name = entry.rpartition("/")
    origin = f"jar:{path.as_uri()}!/{entry}"
    if name in CONFIGURATION:
        image.hosted.append(f"-H:{CONFIGURATION[name]}@{origin}={entry}")
    elif name == PROPERTIES:
        properties = read_properties(jar.read(entry).decode())
        image.java += properties.get("JavaArgs", "").replace("${.}", folder).split()
        for option in properties.get("Args", "").replace("${.}", folder).split():
            image.add(option, origin)


def read_properties(text):
    """A backslash at its end joins a line with the next."""
    lines = re.sub(r"\\\r?\n[ \t]*", "", text).splitlines()
    pairs = (re.match(r"\s*(\w+)\s*[=:]\s*(.*)", line) for line in lines)
    return {pair.group(1): pair.group(2) for pair in pairs if pair}


def java_command(image):
    """The virtual machine of the builder, as GraalVM's driver starts it."""
    modules = HOME / "builder" / "modules"
    version = next(modules.glob("svm-[0-9]*.jar")).stem[len("svm-") :]
    return [
        str(HOME / "jdk" / "bin" / "java"),
        "-XX:+UnlockExperimentalVMOptions",
        "-XX:+EnableJVMCI",
        "-XX:-UseJVMCICompiler",
        "-XX:+UseParallelGC",
        "-XX:+ExitOnOutOfMemoryError",
        "-Xss10m",
        "-Xshare:off",
        # The last one wins.
        "-Xmx" + HEAP,
        "-Djava.awt.headless=true",
        "-Djava.lang.invoke.InnerClassLambdaMetafactory.initializeLambdas=false",
        "-Djava.system.class.loader=com.oracle.svm.hosted.NativeImageSystemClassLoader",
        "-Djdk.internal.lambda.disableEagerInitialization=true",
        "-Djdk.internal.lambda.eagerlyInitialize=false",
        "-Dcom.oracle.graalvm.isaot=true",
        "-Dorg.graalvm.nativeimage.imagecode=buildtime",
        "-Dorg.graalvm.vendor=local",
        # By which Quarkus tells what the builder can do.
        f"-Dorg.graalvm.vendorversion=Mandrel-{version}.0-Final",
        f"-Dorg.graalvm.version={version}",
        "-Dsubstratevm.HostLibC=glibc",
        "-Dsvm.modulesupport.addedModules=ALL-DEFAULT",
        "--add-modules=ALL-DEFAULT",
        "--enable-native-access=org.graalvm.nativeimage.builder",
        f"@{HOME}/builder/exports",
        *image.java,
        "--upgrade-module-path",
        str(HOME / "builder" / "upgrade"),
        "--module-path",
        str(modules),
        "--module",
        "org.graalvm.nativeimage.builder/com.oracle.svm.hosted.NativeImageGeneratorRunner",
    ]


def builder_arguments(image):
    """The arguments of the builder: class path, place and name first, then what has been gathered."""
    default = image.jar.stem if image.jar else image.main.lower()
    target = absolute(image.name or default)
    return [
        "-imagecp",
        ":".join(map(str, image.class_path)),
        "-H:+UnlockExperimentalVMOptions",
        f"-H:CLibraryPath@driver={HOME}/libraries",
        f"-H:Path@driver={target.parent}",
        f"-H:Class@driver={image.main}",
        f"-H:Name@driver={target.name}",
        f"-H:ImageBuildID@driver={uuid.uuid4()}",
        *image.hosted,
    ]


def become_builder(command, arguments):
    """Gives the arguments in a file that is in memory only, for they may be too long for a command line."""
    file = os.memfd_create("arguments", 0)
    with open(file, "wb", closefd=False) as stream:
        stream.write("\0".join(arguments).encode())
    # The version of the JDK is not the one that the builder was made with.
    os.environ["JVMCI_VERSION_CHECK"] = "ignore"
    os.execv(command[0], command + [f"--image-args-file=/proc/self/fd/{file}"])


def main():
    image = parse(sys.argv[1:])
    if image.jar:
        read_manifest(image)
    if not image.main:
        fail("needs -jar FILE with a main class, or -cp PATH and the main class")
    image.class_path = image.class_path or [Path.cwd()]
    read_configuration(image)
    become_builder(java_command(image), builder_arguments(image))


if __name__ == "__main__":
    main()
