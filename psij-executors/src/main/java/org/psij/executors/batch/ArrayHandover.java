package org.psij.executors.batch;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.psij.SubmitException;
import org.psij.executors.work.JobDirectory;
import org.psij.executors.work.WorkDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands an array to the scheduler, with its files written before and its native id kept after it.
 * What becomes of one of its tasks later is up to {@link Handover}, as for any job.
 */
final class ArrayHandover {
  private static final Logger LOG = LoggerFactory.getLogger(ArrayHandover.class);

  private final WorkDirectory workDirectory;
  private final NativeIds nativeIds;
  private final BatchScriptWriter scripts;
  private final Submitter submitter;
  private final Handover handover;

  ArrayHandover(
      WorkDirectory workDirectory,
      NativeIds nativeIds,
      BatchScriptWriter scripts,
      Submitter submitter,
      Handover handover) {
    this.workDirectory = workDirectory;
    this.nativeIds = nativeIds;
    this.scripts = scripts;
    this.submitter = submitter;
    this.handover = handover;
  }

  /**
   * Submits an array.
   *
   * @return the native id of the array
   * @throws SubmitException if it was not handed over, or nobody knows; only then do its files stay
   */
  String handOver(NewArray array, ArrayDialect dialect) {
    workDirectory.requirePresent();
    try {
      scripts.write(array);
      String arrayId = submitOrFind(array, dialect);
      handover.keepArrayId(array.directory(), arrayId);
      return arrayId;
    } catch (IOException e) {
      handover.discard(array.directory());
      throw SubmitException.ofTransient(
          "its files cannot be written to " + array.directory().path() + ": " + e, e);
    } catch (RuntimeException e) {
      if (!Submitter.isOutcomeUnknown(e)) {
        handover.discard(array.directory());
      }
      throw e;
    }
  }

  private String submitOrFind(NewArray array, ArrayDialect dialect) {
    String script = array.directory().script().toString();
    try {
      return submitter.submit(dialect.submitCommand(array.first(), script, 0, array.size() - 1));
    } catch (SubmitException e) {
      String found = e.isOutcomeUnknown() ? find(array) : null;
      if (found == null) {
        throw e;
      }
      LOG.info("The array {} was submitted as {} although it was not said", array.id(), found);
      return found;
    }
  }

  private @Nullable String find(NewArray array) {
    try {
      String claimed = claimed(array);
      String found = claimed != null ? claimed : submitter.marks().findArray(array.directory());
      return found != null ? found : claimed(array); // it may have left the queue since
    } catch (CommandException e) {
      LOG.debug("The array {} cannot be looked up", array.id(), e);
      return null;
    }
  }

  private @Nullable String claimed(NewArray array) {
    JobDirectory directory = array.directory();
    for (int index = 0; index < array.size(); index++) {
      String claim = Handover.read(directory.task(index).claim());
      ArrayTask task = claim == null ? null : nativeIds.task(claim);
      if (task != null) {
        return task.arrayId();
      }
    }
    return null;
  }
}
