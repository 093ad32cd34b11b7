package org.psij.executors.batch;

/**
 * A task of an array.
 *
 * @param arrayId the native id of the array
 * @param index the index of the task, from 0
 */
public record ArrayTask(String arrayId, int index) {}
