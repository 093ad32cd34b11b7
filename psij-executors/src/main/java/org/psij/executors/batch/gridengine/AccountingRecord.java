package org.psij.executors.batch.gridengine;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One record of qacct(1), in the fields of accounting(5). Not safe for use by several threads. */
final class AccountingRecord {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss yyyy", Locale.ENGLISH);
  private static final Pattern LEADING_NUMBER = Pattern.compile("([0-9]{1,9})(?![0-9]).*");
  private static final Pattern AMOUNT =
      Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,9})?)([kKmMgGtT]?)(?:[Bbs]*)");

  /** The fields that tell something; the others are not kept. */
  private static final List<String> NAMES =
      List.of(
          "jobnumber",
          "taskid",
          "failed",
          "exit_status",
          "end_time",
          "qsub_time",
          "start_time",
          "qname",
          "hostname",
          "owner",
          "jobname",
          "granted_pe",
          "slots",
          "category",
          "ru_wallclock",
          "ru_maxrss",
          "cpu",
          "maxvmem");

  private final Map<String, String> fields = new HashMap<>();

  /** Starts without fields. */
  AccountingRecord() {}

  /** Adds a line of the record: a name, blanks, and the value. */
  void add(String text, int start, int end) {
    int name = start;
    while (name < end && text.charAt(name) <= ' ') {
      name++;
    }
    int nameEnd = name;
    while (nameEnd < end && text.charAt(nameEnd) > ' ') {
      nameEnd++;
    }
    for (String wanted : NAMES) {
      if (wanted.length() == nameEnd - name && text.startsWith(wanted, name)) {
        fields.putIfAbsent(wanted, text.substring(nameEnd, end).strip());
        return;
      }
    }
  }

  /** Gives the id of the job or of its task; null if the record has none. */
  @Nullable NativeId id() {
    String task = text("taskid");
    NativeId job = NativeId.parse(text("jobnumber"));
    if (job == null || task.isEmpty()) {
      return null;
    }
    return task.equals("undefined") ? job : NativeId.parse(job.job() + "." + task);
  }

  /** Gives the value of a field, empty if there is none. */
  String text(String field) {
    return fields.getOrDefault(field, "");
  }

  /** Gives the number at the beginning of a field, null if there is none. */
  @Nullable Integer number(String field) {
    Matcher matcher = LEADING_NUMBER.matcher(text(field));
    return matcher.matches() ? Integer.valueOf(matcher.group(1)) : null;
  }

  /** Tells whether the record goes on behind its exit code, which is whole then. */
  boolean isWhole() {
    return fields.containsKey("ru_wallclock")
        && fields.containsKey("maxvmem")
        && number("failed") != null
        && number("exit_status") != null;
  }

  /** Tells whether something ran: even the shortest process has used some memory. */
  boolean showsUsage() {
    return amount(text("ru_wallclock")) > 0
        || amount(text("ru_maxrss")) > 0
        || amount(text("cpu")) > 0;
  }

  /** Tells whether a limit that the job asked for was reached. */
  boolean reached(String limit, String used) {
    double granted = requested(limit);
    return granted > 0 && amount(text(used)) >= granted;
  }

  /** Tells whether the job used the memory that it asked for as a limit of each slot. */
  boolean reachedMemory() {
    Integer slots = number("slots");
    double granted = requested("h_vmem") * (slots == null ? 1 : slots);
    return granted > 0 && amount(text("maxvmem")) >= granted;
  }

  private double requested(String resource) {
    Matcher request =
        Pattern.compile("(?:^|[\\s,])" + resource + "=([^,\\s]+)").matcher(text("category"));
    return request.find() ? amount(request.group(1)) : 0;
  }

  /** Reads seconds, {@code h:m:s}, and bytes with their units; 0 if it is none of them. */
  private static double amount(String text) {
    if (text.matches("[0-9]{0,9}:[0-9]{0,9}:[0-9]{0,9}")) {
      double seconds = 0;
      for (String part : text.split(":", -1)) {
        seconds = seconds * 60 + (part.isEmpty() ? 0 : Long.parseLong(part));
      }
      return seconds;
    }
    Matcher matcher = AMOUNT.matcher(text);
    return matcher.matches() ? Double.parseDouble(matcher.group(1)) * factor(matcher.group(2)) : 0;
  }

  private static double factor(String unit) {
    return switch (unit) {
      case "k" -> 1e3;
      case "m" -> 1e6;
      case "g" -> 1e9;
      case "t" -> 1e12;
      case "K" -> 0x1p10;
      case "M" -> 0x1p20;
      case "G" -> 0x1p30;
      case "T" -> 0x1p40;
      default -> 1;
    };
  }

  /** Gives the end of the job; null if it is not known. */
  @Nullable Instant endTime() {
    return time("end_time");
  }

  /** Gives a time, which is written without a zone; null if it is not known. */
  @Nullable Instant time(String field) {
    try {
      String text = text(field).replaceAll("\\s+", " ");
      Instant time = LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC);
      return time.getEpochSecond() == 0 ? null : time;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
