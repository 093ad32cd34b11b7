package org.psij.serialize;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import org.psij.InvalidJobException;
import org.psij.JobSpec;

/**
 * Writes and reads {@link JobSpec}s as JSON, in the form that psij-python 0.9.3 writes. The form is
 * described by {@code docs/job-spec.schema.json}. Only given values are written; the document is
 * one line of ASCII.
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
  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder()
          .maxNestingDepth(16)
          .maxNumberLength(1000)
          .maxNameLength(200_000)
          .maxStringLength(16 << 20)
          .maxDocumentLength(64L << 20)
          .build();

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .streamReadConstraints(LIMITS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .build();

  /** Takes a tenth of a second to make, and whoever only writes does without. */
  private static final class Documents {
    private static final ObjectReader READER =
        new ObjectMapper(FACTORY).reader(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  /** Creates a serializer. */
  public JsonJobSpecSerializer() {}

  /**
   * Writes a specification.
   *
   * @param spec the specification
   * @return the document
   */
  public String dumps(JobSpec spec) {
    StringWriter text = new StringWriter();
    dump(spec, text);
    return text.toString();
  }

  /**
   * Writes a specification.
   *
   * @param spec the specification
   * @param target takes the document, is flushed, and is not closed
   * @throws UncheckedIOException if it cannot be written
   */
  public void dump(JobSpec spec, Writer target) {
    try (JsonGenerator json = FACTORY.createGenerator(target)) {
      new JobSpecWriter(json).write(spec);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the job specification", e);
    }
  }

  /**
   * Reads a specification.
   *
   * @param document the document
   * @return the specification
   * @throws InvalidJobException if this is not JSON, or not a specification; the message names the
   *     place in the document
   */
  public JobSpec loads(String document) {
    return load(new StringReader(document));
  }

  /**
   * Reads a specification.
   *
   * @param source gives the document, and is not closed
   * @return the specification
   * @throws InvalidJobException if this is not JSON, or not a specification; the message names the
   *     place in the document
   * @throws UncheckedIOException if it cannot be read
   */
  public JobSpec load(Reader source) {
    try {
      JsonNode document = Documents.READER.readTree(source);
      return new JobSpecReader().read(document);
    } catch (JsonProcessingException e) {
      throw notJson(e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the job specification", e);
    }
  }

  /** What the parser found without quotes may be a secret of the environment: it is not shown. */
  private static InvalidJobException notJson(JsonProcessingException e) {
    JsonLocation location = e.getLocation();
    String place =
        location == null
            ? ""
            : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    String problem =
        e.getOriginalMessage().replaceFirst("^Unrecognized token '[^']*'", "Unrecognized token");
    return new InvalidJobException(null, "Not a JSON document" + place + ": " + problem);
  }
}
