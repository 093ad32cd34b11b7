package org.psij.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.psij.serialize.Profile;
import org.psij.serialize.Profiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the profiles. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    header = "List the profiles that there are.",
    description = {"", "Shows the executor and the file of each; - is none.", ""})
final class ProfileListCommand implements Runnable {
  @Spec private CommandSpec command;

  @Option(names = "--json", description = "Print the list as JSON.")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ProfileListCommand() {}

  @Override
  public void run() {
    Profiles known = Profiles.loadDefaultFiles();
    List<Profile> profiles = known.names().stream().map(known::get).toList();
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      out.println(JsonText.of(profiles.stream().map(ProfileListCommand::fields).toList()));
      return;
    }
    TextTable table = new TextTable("NAME", "EXECUTOR", "FROM");
    profiles.forEach(profile -> table.add(row(profile)));
    table.lines().forEach(out::println);
  }

  private static String[] row(Profile profile) {
    String executor = profile.getExecutor();
    return new String[] {
      profile.getName(), executor == null ? "-" : executor, profile.getFile().toString()
    };
  }

  private static Map<String, @Nullable Object> fields(Profile profile) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("name", profile.getName());
    fields.put("executor", profile.getExecutor());
    fields.put("from", profile.getFile().toString());
    return fields;
  }
}
