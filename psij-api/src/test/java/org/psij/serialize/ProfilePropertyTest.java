package org.psij.serialize;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.psij.JobSpec;

class ProfilePropertyTest {
  private static final Path FILE = Path.of("profiles.json");

  @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
  void everySpecificationIsItsOwnDefault(@ForAll("specs") JobSpec spec) {
    assertThat(JobSpec.builder().defaults(spec).build()).isEqualTo(spec);
    assertThat(spec.toBuilder().defaults(spec).build()).isEqualTo(spec);
    assertThat(spec.toBuilder().defaults(JobSpec.builder().build()).build()).isEqualTo(spec);
  }

  @Property(tries = 20, edgeCases = EdgeCasesMode.NONE)
  void everySpecificationCanStandInAProfile(@ForAll("specs") JobSpec spec) {
    ProfileValues values = new ProfileValues();
    values.set("slurm", List.of(), spec);
    String empty = "{\"profiles\": {\"a\": {} /* a */, \"c\": {}}}";
    String first = new ProfileText(empty).with("b", values.toString());
    String text = new ProfileText(first).with("a", "{ }");
    ProfileDocument document = new ProfileDocument(FILE, text);
    Profile read = new ProfileReader(document, Map.of()).readAll().get("b");
    assertThat(read).isNotNull();
    assertThat(read.getDefaults()).isEqualTo(spec);
    assertThat(new ProfileText(text).without("b"))
        .isEqualTo("{\"profiles\": {\"a\": { } /* a */, \"c\": {}\n  }}");
  }

  @Provide
  Arbitrary<JobSpec> specs() {
    return GeneratedSpecs.any();
  }
}
