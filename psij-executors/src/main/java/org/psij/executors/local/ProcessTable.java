package org.psij.executors.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The processes of this machine at one moment, zombies left out. */
final class ProcessTable {
  private static final Path PROC = Path.of("/proc");

  /**
   * One row.
   *
   * @param pid the process
   * @param parent its parent
   * @param group its process group
   * @param birth tells it from a later process with the same id
   */
  record Row(long pid, long parent, long group, String birth) {}

  private final Map<Long, Row> rows = new HashMap<>();
  private final Map<Long, List<Row>> children = new HashMap<>();
  private final Map<Long, List<Row>> groups = new HashMap<>();

  private ProcessTable() {}

  static ProcessTable read() throws IOException {
    ProcessTable table = new ProcessTable();
    if (Files.isReadable(PROC.resolve("self/stat"))) {
      table.readProc();
    } else {
      table.readPs();
    }
    return table;
  }

  private void readProc() throws IOException {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        add(procRow(process.resolve("stat")));
      }
    }
  }

  /** The fields of {@code proc(5)}: pid (name) state ppid pgrp … starttime (22nd). */
  private static @Nullable Row procRow(Path file) {
    String stat;
    try {
      stat = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return null; // it has just ended
    }
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return fields[0].equals("Z") || fields[0].equals("X")
        ? null
        : new Row(
            Long.parseLong(stat.substring(0, stat.indexOf(' '))),
            Long.parseLong(fields[1]),
            Long.parseLong(fields[2]),
            fields[19]);
  }

  private void readPs() throws IOException {
    Process ps =
        new ProcessBuilder("ps", "-A", "-o", "pid=,ppid=,pgid=,stat=,lstart=")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(ps.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.strip().split("\\s+", 5);
        if (fields.length == 5 && !fields[3].startsWith("Z")) {
          add(
              new Row(
                  Long.parseLong(fields[0]),
                  Long.parseLong(fields[1]),
                  Long.parseLong(fields[2]),
                  fields[4]));
        }
      }
    }
  }

  private void add(@Nullable Row row) {
    if (row != null) {
      rows.put(row.pid(), row);
      children.computeIfAbsent(row.parent(), parent -> new ArrayList<>()).add(row);
      groups.computeIfAbsent(row.group(), group -> new ArrayList<>()).add(row);
    }
  }

  @Nullable Row process(long pid) {
    return rows.get(pid);
  }

  boolean isGroup(long group) {
    return groups.containsKey(group);
  }

  boolean contains(Row row) {
    Row now = rows.get(row.pid());
    return now != null && now.birth().equals(row.birth());
  }

  /** The process, what descends from it, and, if it leads a group, what is in that. */
  Set<Row> tree(long pid) {
    Set<Row> tree = new HashSet<>();
    Deque<Row> open = new ArrayDeque<>(groups.getOrDefault(pid, List.of()));
    Row root = rows.get(pid);
    if (root != null) {
      open.add(root);
    }
    while (!open.isEmpty()) {
      Row row = open.remove();
      if (tree.add(row)) {
        open.addAll(children.getOrDefault(row.pid(), List.of()));
      }
    }
    return tree;
  }
}
