package org.psij.executors.batch;

import org.jspecify.annotations.Nullable;

/**
 * One line of a batch script that the scheduler reads.
 *
 * @param key the option, without dashes
 * @param value its value, or null if it takes none
 */
public record Directive(String key, @Nullable String value) {}
