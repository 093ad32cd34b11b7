package org.psij.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.psij.spi.PluginInfo;

/** Lists plug-ins for people or for machines. */
final class PluginTable {
  private PluginTable() {}

  static void print(
      List<PluginInfo> plugins,
      Function<PluginInfo, @Nullable String> note,
      boolean json,
      PrintWriter out) {
    if (json) {
      out.println(
          JsonText.of(plugins.stream().map(plugin -> fields(plugin, note.apply(plugin))).toList()));
      return;
    }
    TextTable table = new TextTable("NAME", "VERSION", "ALIASES", "FROM");
    plugins.forEach(plugin -> table.add(row(plugin)));
    List<String> lines = table.lines();
    out.println(lines.get(0));
    for (int i = 0; i < plugins.size(); i++) {
      PluginInfo plugin = plugins.get(i);
      out.println(lines.get(i + 1));
      String remark = note.apply(plugin);
      if (plugin.getProblem() != null) {
        out.println("  broken: " + plugin.getProblem());
      } else if (remark != null) {
        out.println("  " + remark);
      }
    }
  }

  private static String[] row(PluginInfo plugin) {
    String aliases = plugin.getAliases().stream().sorted().collect(Collectors.joining(","));
    return new String[] {
      plugin.getName(), plugin.getVersion(), aliases.isEmpty() ? "-" : aliases, plugin.getLocation()
    };
  }

  private static Map<String, @Nullable Object> fields(PluginInfo plugin, @Nullable String note) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("name", plugin.getName());
    fields.put("version", plugin.getVersion());
    fields.put("aliases", plugin.getAliases().stream().sorted().toList());
    fields.put("from", plugin.getLocation());
    fields.put("problem", plugin.getProblem());
    fields.put("note", note);
    return fields;
  }
}
