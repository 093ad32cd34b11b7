package org.psij.executors.batch.gridengine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.NativeStatus;
import org.psij.executors.batch.StatusListing;

/**
 * The records of {@code qacct -j}: one for each run of a job or task, of which the last counts. Not
 * safe for use by several threads.
 */
final class QacctListing {
  private static final String SEPARATOR = "=====";
  private static final Pattern UNKNOWN =
      Pattern.compile("(?:job id|Job-array tasks) \\S+ not found");

  private final Map<NativeId, AccountingRecord> last = new LinkedHashMap<>();
  private final Map<NativeId, Integer> earlier = new HashMap<>();
  private final Set<String> unreadable = new HashSet<>();
  private boolean complete = true;

  private QacctListing() {}

  /** Reads the answer, or says that there is none. */
  static StatusListing parse(CommandResult result) {
    if (result.exitCode() != 0 && UNKNOWN.matcher(result.complaint()).find()) {
      return StatusListing.of(Map.of());
    }
    List<AccountingRecord> records = records(result.stdout());
    if (result.exitCode() != 0 || records.isEmpty()) {
      throw new CommandException("Grid Engine's accounting did not answer", result);
    }
    QacctListing listing = new QacctListing();
    records.forEach(listing::add);
    return listing.listing();
  }

  private static List<AccountingRecord> records(String text) {
    List<AccountingRecord> records = new ArrayList<>();
    AccountingRecord record = null;
    int start = 0;
    // what is behind the last newline may be half a line
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      if (text.startsWith(SEPARATOR, start)) {
        record = new AccountingRecord();
        records.add(record);
      } else if (record != null) {
        record.add(text, start, end);
      }
      start = end + 1;
    }
    return records;
  }

  private void add(AccountingRecord record) {
    NativeId id = record.id();
    if (id == null) {
      complete = false;
    } else if (!record.isWhole()) {
      unreadable.add(id.toString());
    } else {
      if (last.put(id, record) != null) {
        earlier.merge(id, 1, Integer::sum);
      }
    }
  }

  private StatusListing listing() {
    Map<String, NativeStatus> jobs = new LinkedHashMap<>();
    last.forEach(
        (id, record) -> {
          NativeStatus status = JobEnd.interpret(record, earlier.getOrDefault(id, 0));
          if (status != null && complete && !unreadable.contains(id.toString())) {
            jobs.put(id.toString(), status);
          }
        });
    return StatusListing.of(jobs, unreadable, complete);
  }
}
