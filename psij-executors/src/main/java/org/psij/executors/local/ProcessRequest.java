package org.psij.executors.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A process to be started.
 *
 * @param command the program and its arguments
 * @param directory the working directory
 * @param inheritEnvironment whether the process sees the environment of this one
 * @param environment variables that are set besides
 * @param stdin what it reads
 * @param stdout what it writes to
 * @param stderr what it writes errors to; the same path as {@code stdout} for one stream
 * @param append whether the files are appended to, and not overwritten
 */
record ProcessRequest(
    List<String> command,
    Path directory,
    boolean inheritEnvironment,
    Map<String, String> environment,
    Path stdin,
    Path stdout,
    Path stderr,
    boolean append) {}
