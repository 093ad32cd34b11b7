package org.psij.serialize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.psij.InvalidJobException;
import org.psij.JobSpec;

/** Valid documents that somebody has tampered with are read, or refused as documented. */
class MutatedDocumentsTest {
  /** So many changes of each generated specification. */
  private static final int ROUNDS = Boolean.getBoolean("psij.soak") ? 200 : 5;

  private static final String EVERYTHING =
      """
      {"executable": "/opt/run", "arguments": ["-n", "x"], "directory": "/scratch", "name": "n",
       "inherit_environment": false, "environment": {"A": "1"}, "stdin_path": "i",
       "stdout_path": "/o", "stderr_path": "e",
       "resources": {"node_count": 2, "process_count": 8, "processes_per_node": 4,
                     "cpu_cores_per_process": 3, "gpu_cores_per_process": 0,
                     "exclusive_node_use": true, "memory": 17179869184, "__version": 1},
       "attributes": {"duration": "12:00:00", "queue_name": "q", "account": "a",
                      "reservation_id": "r", "project_name": "a",
                      "custom_attributes": {"x.a": "0", "x.b": 1, "x.c": 0.5, "x.d": null,
                                            "x.e": ["a", 1, true]}},
       "pre_launch": "/pre.sh", "post_launch": "/post.sh", "launcher": "srun",
       "stage_in": [{"source": "file:///d/in", "target": "in", "mode": "LINK"}],
       "stage_out": [{"source": "out", "target": "file:///d/out", "mode": "MOVE",
                      "flags": ["IF_PRESENT", "ON_ERROR"]}],
       "cleanup": ["in"], "cleanup_flags": ["ON_SUCCESS"]}
      """;

  private final JsonJobSpecSerializer serializer = new JsonJobSpecSerializer();

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void changedBytesAreReadOrRefused(@ForAll("specs") JobSpec spec, @ForAll Random random) {
    String document = serializer.dumps(spec);
    for (int i = 0; i < ROUNDS; i++) {
      readOrRefuse(MutatedDocument.ofBytes(document, random));
    }
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void exchangedValuesAreReadOrRefused(@ForAll("specs") JobSpec spec, @ForAll Random random) {
    String document = serializer.dumps(spec);
    for (int i = 0; i < ROUNDS; i++) {
      readOrRefuse(MutatedDocument.ofTree(document, random));
    }
  }

  @Provide
  Arbitrary<JobSpec> specs() {
    return GeneratedSpecs.any();
  }

  @Test
  void aWrongValueIsRefusedWithThePathOfItsField() {
    int fields = MutatedDocument.places(MutatedDocument.parse(EVERYTHING)).size();
    assertThat(fields).isGreaterThan(40);
    for (int field = 0; field < fields; field++) {
      for (String value : MutatedDocument.VALUES) {
        JsonNode document = MutatedDocument.parse(EVERYTHING);
        MutatedDocument.Place place = MutatedDocument.places(document).get(field);
        place.set(MutatedDocument.parse(value));
        InvalidJobException refusal = readOrRefuse(document.toString());
        if (refusal != null) {
          assertThat(isAbout(place.path(), String.valueOf(refusal.getField())))
              .as("%s = %s: %s", place.path(), value, refusal.getMessage())
              .isTrue();
        }
      }
    }
  }

  /** Where two fields contradict each other, what they are part of is meant, or the other one. */
  private static boolean isAbout(String path, String field) {
    boolean same = field.startsWith(path) || path.startsWith(field);
    boolean account = path.equals("attributes.account") && field.equals("attributes.project_name");
    boolean inside = path.equals("directory") && field.equals("cleanup");
    return same || account || inside;
  }

  /** What is read can be written, and read again as the same. */
  private InvalidJobException readOrRefuse(String document) {
    JobSpec spec;
    try {
      spec = serializer.loads(document);
    } catch (InvalidJobException e) {
      assertThat(e.getMessage()).as(document).isNotBlank().hasSizeLessThan(3000);
      return e;
    } catch (Throwable e) {
      return fail("undocumented for " + document, e);
    }
    assertThat(serializer.loads(serializer.dumps(spec))).as(document).isEqualTo(spec);
    return null;
  }
}
