package org.psij.cli;

import org.jspecify.annotations.Nullable;
import org.psij.JobSpec;
import org.psij.serialize.Profile;
import org.psij.serialize.Profiles;
import picocli.CommandLine.Option;

/** The option that names a profile. Without one, no file is looked for. */
final class ProfileOption {
  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description =
          "Profile that says what is not given here: see psij profile. Default: PSIJ_PROFILE, none.")
  private @Nullable String name;

  private @Nullable Profile profile;

  void applyTo(JobSpec.Builder spec) {
    Profile chosen = chosen();
    if (chosen != null) {
      chosen.applyTo(spec);
    }
  }

  @Nullable String executor() {
    Profile chosen = chosen();
    return chosen == null ? null : chosen.getExecutor();
  }

  private @Nullable Profile chosen() {
    String wanted = name == null ? variable("PSIJ_PROFILE") : name;
    if (profile == null && wanted != null) {
      profile = Profiles.loadDefaultFiles().get(wanted);
    }
    return profile;
  }

  /** An environment variable of this process; an empty one is none. */
  static @Nullable String variable(String name) {
    String value = System.getenv(name);
    return value == null || value.isEmpty() ? null : value;
  }
}
