package org.psij.serialize;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigInteger;
import java.util.List;
import org.psij.InvalidJobException;
import org.psij.JobSpec;

/**
 * Writes and reads {@link JobSpec}s as JSON, in the form that psij-python 0.9.3 writes. The form is
 * described by {@code docs/job-spec.schema.json}. Only given values are written; the document is
 * one line of ASCII, of at most 8 MiB; a longer one is neither written nor read.
 *
 * <p>Beyond psij-python: staging, clean-up, and custom attributes that are null, fractions, or
 * lists are written and read too. Durations are written as {@code hh:mm:ss}, which psij-python
 * reads, and those with a fraction of a second as {@code N.f s}, which psij-python writes but
 * misreads.
 *
 * <p>Safe for use by many threads.
 */
public final class JsonJobSpecSerializer {
  /** Far above what a job can have, and low enough that no document hurts. */
  static final int LONGEST_DOCUMENT = 8 << 20;

  private static final int MOST_TOKENS = 1_000_000;

  /** A character may be written as an escape, and a word left out be written. */
  private static final int LARGEST_GROWTH = 16;

  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder()
          .maxNestingDepth(16)
          .maxNumberLength(1000)
          .maxNameLength(LONGEST_DOCUMENT)
          .maxStringLength(LONGEST_DOCUMENT)
          .maxDocumentLength(LONGEST_DOCUMENT)
          .maxTokenCount(MOST_TOKENS)
          .build();

  /** Names are not kept: strangers choose them, and what is kept of them stays in this JVM. */
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(LIMITS)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .build();

  /** Takes a tenth of a second to make, and whoever only writes does without. */
  private static final class Documents {
    private static final ObjectReader READER =
        new ObjectMapper(FACTORY).reader(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
  }

  /** What has been written, as long as it can be read again. */
  private static final class Document extends Writer {
    private final StringBuilder text = new StringBuilder(1024);

    @Override
    public void write(char[] characters, int offset, int length) {
      if (text.length() + length > LONGEST_DOCUMENT) {
        throw new InvalidJobException(
            null, "a specification has at most " + LONGEST_DOCUMENT + " characters as JSON");
      }
      text.append(characters, offset, length);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
      return text.toString();
    }
  }

  /** Creates a serializer. */
  public JsonJobSpecSerializer() {}

  /**
   * Writes a specification.
   *
   * @param spec the specification
   * @return the document
   * @throws InvalidJobException if the document would be too large to be read again
   */
  public String dumps(JobSpec spec) {
    Document text = new Document();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      new JobSpecWriter(json).write(spec);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the job specification", e);
    }
    String document = text.toString();
    if (document.length() >= MOST_TOKENS || mayBreakALimit(spec)) {
      requireReadable(document);
    }
    return document;
  }

  /** Whether there may be long numbers or deep lists: only custom attributes have them. */
  private static boolean mayBreakALimit(JobSpec spec) {
    return spec.getAttributes().getCustomAttributes().values().stream()
        .anyMatch(value -> value instanceof BigInteger || value instanceof List);
  }

  private static void requireReadable(String document) {
    try (JsonParser json = FACTORY.createParser(document)) {
      JsonToken token = json.nextToken();
      while (token != null) {
        token = json.nextToken();
      }
    } catch (JsonProcessingException e) {
      throw notJson(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes a specification.
   *
   * @param spec the specification
   * @param target takes the document, is flushed, and is not closed
   * @throws InvalidJobException if the document would be too large to be read again
   * @throws UncheckedIOException if it cannot be written
   */
  public void dump(JobSpec spec, Writer target) {
    String document = dumps(spec);
    try {
      target.write(document);
      target.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the job specification", e);
    }
  }

  /**
   * Reads a specification.
   *
   * @param document the document
   * @return the specification
   * @throws InvalidJobException if this is not JSON, or not a specification, or longer than any
   *     specification; the message names the place in the document
   */
  public JobSpec loads(String document) {
    return load(new StringReader(document));
  }

  /**
   * Reads a specification.
   *
   * @param source gives the document, and is not closed
   * @return the specification
   * @throws InvalidJobException if this is not JSON, or not a specification, or longer than any
   *     specification; the message names the place in the document
   * @throws UncheckedIOException if it cannot be read
   */
  public JobSpec load(Reader source) {
    try {
      JsonParser json = Documents.READER.createParser(source);
      JobSpec spec = new JobSpecReader().read(onlyValue(json));
      if (json.currentLocation().getCharOffset() > LONGEST_DOCUMENT / LARGEST_GROWTH) {
        dumps(spec); // what can be read can be written, too
      }
      return spec;
    } catch (JsonProcessingException e) {
      throw notJson(e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the job specification", e);
    }
  }

  private static JsonNode onlyValue(JsonParser json) throws IOException {
    JsonNode value = Documents.READER.readTree(json);
    if (json.nextToken() != null) {
      throw new JsonParseException(json, "Something follows the specification");
    }
    return value == null ? MissingNode.getInstance() : value;
  }

  private static InvalidJobException notJson(JsonProcessingException e) {
    JsonLocation location = e.getLocation();
    String place =
        location == null
            ? ""
            : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    String verdict = e instanceof StreamConstraintsException ? "Too large" : "Not";
    return new InvalidJobException(null, verdict + " a JSON document" + place + ": " + problem(e));
  }

  /** What the parser found without quotes may be a secret of the environment: it is not shown. */
  static String problem(JsonProcessingException e) {
    return e.getOriginalMessage().replaceFirst("^Unrecognized token '[^']*'", "Unrecognized token");
  }

  /** Reads documents that people write. */
  static JsonFactory factoryWithComments() {
    return new JsonFactoryBuilder(FACTORY)
        .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
        .enable(JsonReadFeature.ALLOW_YAML_COMMENTS)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .build();
  }
}
