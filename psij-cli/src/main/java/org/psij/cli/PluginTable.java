package org.psij.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.psij.spi.PluginInfo;

/** Lists plug-ins for people or for machines. */
final class PluginTable {
  private static final List<String> HEADINGS = List.of("NAME", "VERSION", "ALIASES", "FROM");

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
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADINGS);
    plugins.forEach(plugin -> rows.add(row(plugin)));
    out.println(aligned(rows, HEADINGS));
    for (PluginInfo plugin : plugins) {
      out.println(aligned(rows, row(plugin)));
      String remark = note.apply(plugin);
      if (plugin.getProblem() != null) {
        out.println("  broken: " + plugin.getProblem());
      } else if (remark != null) {
        out.println("  " + remark);
      }
    }
  }

  private static List<String> row(PluginInfo plugin) {
    String aliases = plugin.getAliases().stream().sorted().collect(Collectors.joining(","));
    return List.of(
        plugin.getName(),
        plugin.getVersion(),
        aliases.isEmpty() ? "-" : aliases,
        plugin.getLocation());
  }

  private static String aligned(List<List<String>> rows, List<String> row) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size() - 1; column++) {
      int index = column;
      int width = rows.stream().mapToInt(cells -> cells.get(index).length()).max().orElse(0);
      line.append(String.format("%-" + (width + 2) + "s", row.get(column)));
    }
    return line.append(row.get(row.size() - 1)).toString();
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
