package org.psij.executors.batch;

import java.nio.file.Path;
import java.util.List;
import org.psij.InvalidJobException;
import org.psij.SubmitException;

/** Hands ready scripts to the scheduler as they are. */
final class ReadyScripts {
  private final ScriptDialect dialect;
  private final BatchExecutorConfig config;
  private final LocalCommandRunner runner;
  private final Submitter submitter;
  private final NativeIds nativeIds;

  /**
   * Says how scripts are handed over.
   *
   * @param runner does not change the environment that the job may get from the submit command
   */
  ReadyScripts(
      ScriptDialect dialect,
      BatchExecutorConfig config,
      LocalCommandRunner runner,
      Submitter submitter,
      NativeIds nativeIds) {
    this.dialect = dialect;
    this.config = config;
    this.runner = runner;
    this.submitter = submitter;
    this.nativeIds = nativeIds;
  }

  /**
   * Submits a script.
   *
   * @return the native id
   */
  String submit(Path script) {
    ScriptFile file = ScriptFile.read(script);
    requireOneJob(file);
    String path = file.path().toString();
    List<String> command = dialect.submitCommand(path);
    try {
      String id =
          submitter.submit(
              () ->
                  runner.runAsUser(
                      command,
                      dialect.isReadFromInput() ? file.path() : LocalCommandRunner.NOTHING,
                      config.getSubmitTimeout()));
      return requireFollowable(id);
    } catch (SubmitException e) {
      throw Submitter.aboutWhat("The script " + path, e);
    }
  }

  private void requireOneJob(ScriptFile file) {
    String prefix = dialect.directivePrefix();
    for (ScriptFile.Line line : file.directives(prefix, dialect.hasDirectivesEverywhere())) {
      String refusal = line.words().isEmpty() ? null : dialect.refusal(line.words());
      if (refusal != null) {
        throw new InvalidJobException(
            "script",
            "%s, line %d: '%s %s' %s"
                .formatted(
                    file.path(), line.line(), prefix, String.join(" ", line.words()), refusal));
      }
    }
  }

  private String requireFollowable(String id) {
    if (!nativeIds.contain(id)) {
      throw SubmitException.ofUnknownOutcome(
          "it was submitted and is not followed: '" + id + "' is not the id of one job", null);
    }
    return id;
  }
}
