package org.psij.serialize;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.psij.JobSpec;

class JsonRoundTripPropertyTest {
  private final JsonJobSpecSerializer serializer = new JsonJobSpecSerializer();

  @Property(edgeCases = EdgeCasesMode.NONE)
  void everySpecificationSurvives(@ForAll("specs") JobSpec spec) {
    String document = serializer.dumps(spec);
    JobSpec loaded = serializer.loads(document);

    assertThat(loaded).isEqualTo(spec).hasSameHashCodeAs(spec);
    assertThat(serializer.dumps(loaded)).isEqualTo(document);
    assertThat(document).matches("[ -~\u007f]*");
  }

  @Provide
  Arbitrary<JobSpec> specs() {
    return GeneratedSpecs.any();
  }
}
