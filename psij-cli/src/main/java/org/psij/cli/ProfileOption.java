package org.psij.cli;

import org.jspecify.annotations.Nullable;
import org.psij.JobSpec;
import org.psij.serialize.Profile;
import org.psij.serialize.Profiles;
import picocli.CommandLine.Option;

/** The option that names a profile. Without one, no file is looked for, and no class for it. */
final class ProfileOption {
  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description =
          "Profile that says what is not given here: see psij profile. Default: PSIJ_PROFILE, none.")
  private @Nullable String name;

  private @Nullable JobSpec defaults;
  private @Nullable String executor;

  void applyTo(JobSpec.Builder spec) {
    load();
    if (defaults != null) {
      spec.defaults(defaults);
    }
  }

  @Nullable String executor() {
    load();
    return executor;
  }

  private void load() {
    String wanted = name == null ? variable("PSIJ_PROFILE") : name;
    if (wanted != null && defaults == null) {
      Profile profile = Profiles.loadDefaultFiles().get(wanted);
      defaults = profile.getDefaults();
      executor = profile.getExecutor();
    }
  }

  /** An environment variable of this process; an empty one is none. */
  static @Nullable String variable(String name) {
    String value = System.getenv(name);
    return value == null || value.isEmpty() ? null : value;
  }
}
