package org.psij.cli;

import org.jspecify.annotations.Nullable;
import org.psij.serialize.ProfileFile;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say which file of profiles is changed. */
final class ProfileFileOption {
  @ArgGroup private @Nullable Choice choice;

  private static final class Choice {
    @Option(names = "--user", description = "Change ~/.config/psij/profiles.json. The default.")
    private boolean user;

    @Option(names = "--project", description = "Change .psij/profiles.json of this directory.")
    private boolean project;
  }

  ProfileFile file() {
    boolean ofProject = choice != null && choice.project && !choice.user;
    return ofProject ? ProfileFile.ofProject() : ProfileFile.ofUser();
  }
}
