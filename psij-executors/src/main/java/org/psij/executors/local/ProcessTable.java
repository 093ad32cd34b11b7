package org.psij.executors.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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

  /** Finds one living process, or null if there is none with this number. */
  static @Nullable Row find(long pid) {
    if (Files.isReadable(PROC.resolve("self/stat"))) {
      return procRow(PROC.resolve(pid + "/stat"));
    }
    try {
      return read().process(pid);
    } catch (IOException e) {
      throw new UncheckedIOException("ps(1) cannot be asked", e);
    }
  }

  /**
   * Finds the process of a job by the variable that it carries: the oldest of those that lead a
   * group, as every process does that is started for a job, and some of its descendants may.
   *
   * @return the process, or null if there is none, or the system does not tell
   */
  static @Nullable Row findByVariable(String variable) throws IOException {
    byte[] wanted = ("\0" + variable + "\0").getBytes(StandardCharsets.UTF_8);
    return read().rows.values().stream()
        .filter(row -> row.group() == row.pid() && contains(environment(row.pid()), wanted))
        .min(Comparator.comparingInt((Row row) -> row.birth().length()).thenComparing(Row::birth))
        .orElse(null);
  }

  private static byte[] environment(long pid) {
    try {
      byte[] variables = Files.readAllBytes(PROC.resolve(pid + "/environ"));
      byte[] framed = new byte[variables.length + 2];
      System.arraycopy(variables, 0, framed, 1, variables.length);
      return framed;
    } catch (IOException e) {
      return new byte[0]; // it has just ended, or is somebody else's
    }
  }

  private static boolean contains(byte[] bytes, byte[] wanted) {
    for (int start = 0; start + wanted.length <= bytes.length; start++) {
      if (Arrays.equals(bytes, start, start + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
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
