package org.psij.executors.work;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.psij.JobSpec;
import org.psij.StageIn;
import org.psij.StageOut;
import org.psij.StageOutFlags;

/**
 * The part of a {@link JobScript} that differs from job to job, also of those that are tasks of one
 * array: variables and functions of bash. Every value arrives byte by byte.
 */
public final class JobPart {
  private static final ScriptTemplate TEMPLATE =
      new ScriptTemplate(JobPart.class, "part.sh.mustache");

  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /**
   * Variables that bash sets by itself, refuses to set, or acts upon, besides those that begin with
   * its name.
   */
  private static final Set<String> BASH_VARIABLES =
      Set.of(
          "_",
          "COMP_WORDBREAKS",
          "DIRSTACK",
          "EPOCHREALTIME",
          "EPOCHSECONDS",
          "EUID",
          "FUNCNAME",
          "GROUPS",
          "HISTCMD",
          "LINENO",
          "OLDPWD",
          "OPTIND",
          "PIPESTATUS",
          "POSIXLY_CORRECT",
          "PPID",
          "PWD",
          "RANDOM",
          "SECONDS",
          "SHELLOPTS",
          "SHLVL",
          "SRANDOM",
          "UID");

  /** How the names of the script's own variables begin. */
  private static final String OF_THE_SCRIPT = "psij_";

  /** Variables that bash gives to every program that it starts. */
  private static final Set<String> ADDED_BY_BASH = Set.of("_", "OLDPWD", "PWD", "SHLVL");

  /** Also takes out what the script has found and could not, since no shell knows such a name. */
  private static final String ENV = "/usr/bin/env \"${psij_unset[@]}\"";

  private final Map<String, Object> values = new HashMap<>();

  /**
   * Collects what differs.
   *
   * @param spec the job
   * @param directory where the script writes its files
   * @param workingDirectory the absolute working directory of the job
   * @param environment the variables that are set for the job, those of the library included
   * @param launchCommand the command of the launcher
   * @param submitterDirectory where relative locations on the submitter's side are resolved
   * @throws org.psij.InvalidJobException if a location for staging is not a local file
   */
  public JobPart(
      JobSpec spec,
      JobDirectory directory,
      Path workingDirectory,
      Map<String, String> environment,
      List<String> launchCommand,
      Path submitterDirectory) {
    values.put("workingDirectory", quote(workingDirectory));
    values.put("environment", exports(environment));
    values.put("launchCommand", launch(spec, environment, launchCommand));
    values.put("preLaunch", sourced(workingDirectory, spec.getPreLaunch()));
    values.put("postLaunch", sourced(workingDirectory, spec.getPostLaunch()));
    streams(spec, directory, workingDirectory);
    values.put("stageIn", stageIn(spec.getStageIn(), submitterDirectory));
    values.put("stageOut", stageOut(spec.getStageOut(), workingDirectory, submitterDirectory));
    values.put("cleanup", cleanup(spec, workingDirectory));
  }

  /**
   * Gives the text of the part.
   *
   * @return the text, to be written as UTF-8
   */
  public String text() {
    return TEMPLATE.render(values);
  }

  private static List<String> exports(Map<String, String> environment) {
    return environment.entrySet().stream()
        .filter(variable -> isPlain(variable.getKey()))
        .map(variable -> variable.getKey() + "=" + ShellWord.quote(variable.getValue()))
        .toList();
  }

  private static boolean isPlain(String variable) {
    return IDENTIFIER.matcher(variable).matches()
        && !BASH_VARIABLES.contains(variable)
        && !variable.startsWith("BASH")
        && !variable.startsWith(OF_THE_SCRIPT);
  }

  /** What bash cannot export goes through {@code env}; so does what it would add on its own. */
  private static String launch(
      JobSpec spec, Map<String, String> environment, List<String> launchCommand) {
    List<String> words = new ArrayList<>();
    if (!spec.isInheritEnvironment()) {
      ADDED_BY_BASH.stream()
          .filter(variable -> !environment.containsKey(variable))
          .sorted()
          .forEach(variable -> words.addAll(List.of("-u", variable)));
    }
    List<String> assignments = new ArrayList<>();
    environment.forEach(
        (variable, value) -> {
          if (!isPlain(variable)) {
            assignments.add(variable + "=" + value);
          }
        });
    if (!words.isEmpty() || !assignments.isEmpty()) {
      words.add("--"); // the name of a variable may begin with a dash
      words.addAll(assignments);
    }
    boolean throughEnv = !words.isEmpty();
    if (throughEnv) {
      if (isMisreadByEnv(launchCommand.get(0))) {
        words.addAll(List.of("/usr/bin/nice", "-n", "0", "--")); // takes any word for a command
      }
    } else {
      words.add("--");
    }
    words.addAll(launchCommand);
    String command = words.stream().map(ShellWord::quote).collect(Collectors.joining(" "));
    return throughEnv ? ENV + " " + command : command;
  }

  /** An assignment, or the old form of {@code env -i}. */
  private static boolean isMisreadByEnv(String executable) {
    return executable.contains("=") || executable.equals("-");
  }

  private static String sourced(Path workingDirectory, @Nullable Path script) {
    return script == null ? "" : quote(workingDirectory.resolve(script));
  }

  private void streams(JobSpec spec, JobDirectory directory, Path workingDirectory) {
    Path in = spec.getStdinPath();
    Path out = spec.getStdoutPath();
    Path err = spec.getStderrPath();
    values.put("stdin", in == null ? "/dev/null" : stream(workingDirectory.resolve(in)));
    Path stdout = out == null ? directory.stdout() : workingDirectory.resolve(out);
    Path stderr = err == null ? directory.stderr() : workingDirectory.resolve(err);
    values.put("stdout", stream(stdout));
    values.put("stderr", stderr.equals(stdout) ? "&1" : stream(stderr));
  }

  private static List<Map<String, String>> stageIn(
      Collection<StageIn> files, Path submitterDirectory) {
    List<Map<String, String>> staged = new ArrayList<>();
    for (StageIn file : files) {
      String field = "stage_in[" + staged.size() + "].source";
      Map<String, String> values = new LinkedHashMap<>();
      values.put("mode", file.getMode().name());
      values.put("source", localFile(field, file.getSource(), submitterDirectory));
      values.put("target", ShellWord.quote(dotted(file.getTarget())));
      staged.add(values);
    }
    return staged;
  }

  private static List<Map<String, String>> stageOut(
      Collection<StageOut> files, Path workingDirectory, Path submitterDirectory) {
    List<Map<String, String>> staged = new ArrayList<>();
    for (StageOut file : files) {
      String field = "stage_out[" + staged.size() + "].target";
      Map<String, String> values = new LinkedHashMap<>();
      values.put("occasions", occasions(file.getFlags()));
      values.put("ifPresent", file.getFlags().contains(StageOutFlags.IF_PRESENT) ? "yes" : "no");
      values.put("mode", file.getMode().name());
      values.put("source", quote(workingDirectory.resolve(file.getSource())));
      values.put("target", localFile(field, file.getTarget(), submitterDirectory));
      staged.add(values);
    }
    return staged;
  }

  private static List<Map<String, String>> cleanup(JobSpec spec, Path workingDirectory) {
    String occasions = words(spec.getCleanupFlags());
    return spec.getCleanup().stream()
        .map(path -> path.isAbsolute() ? workingDirectory.relativize(path) : path)
        .map(path -> Map.of("occasions", occasions, "path", ShellWord.quote(dotted(path))))
        .toList();
  }

  private static String occasions(Set<StageOutFlags> flags) {
    return ShellWord.quote(words(flags));
  }

  private static String words(Set<StageOutFlags> flags) {
    return flags.stream().map(Enum::name).collect(Collectors.joining(" "));
  }

  /** A relative path that no command takes for an option. */
  private static String dotted(Path path) {
    return path.isAbsolute() ? path.toString() : "./" + path.normalize();
  }

  private static String localFile(String field, URI location, Path submitterDirectory) {
    return quote(StagedFile.of(field, location, submitterDirectory));
  }

  /** In a redirection, bash takes two folders of no system for the network. */
  static String stream(Path path) {
    boolean network = path.startsWith("/dev/tcp") || path.startsWith("/dev/udp");
    return ShellWord.quote(network ? "/" + path : path.toString());
  }

  private static String quote(Path path) {
    return ShellWord.quote(path.toString());
  }
}
