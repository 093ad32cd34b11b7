package org.psij.executors.batch.gridengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.JobState;
import org.psij.executors.batch.NativeStatus;
import org.psij.executors.batch.StatusListing;

/** XML that wants more than to list jobs: no entity is ever expanded, nothing else opened. */
final class HostileXmlTest {
  private static final String BOMB =
      "<!DOCTYPE a [<!ENTITY a0 'qw'>"
          + "<!ENTITY a1 '&a0;&a0;&a0;&a0;&a0;&a0;&a0;&a0;&a0;&a0;'>"
          + bombs()
          + "]>";

  private static String bombs() {
    StringBuilder entities = new StringBuilder();
    for (int i = 2; i < 12; i++) {
      entities.append("<!ENTITY a").append(i).append(" '");
      entities.append(("&a" + (i - 1) + ";").repeat(10)).append("'>");
    }
    return entities.toString();
  }

  private static String job(int number, String state) {
    return "<job_list><JB_job_number>"
        + number
        + "</JB_job_number><state>"
        + state
        + "</state></job_list>";
  }

  private static StatusListing list(String before, String rows) {
    return QstatListing.parse(Sample.result(0, before + "<job_info>" + rows + "</job_info>\n", ""));
  }

  @Test
  void entitiesAreNotExpandedWhereverTheyAreDeclared() {
    for (String row : new String[] {job(1, "&a11;"), BOMB + job(1, "&a11;")}) {
      StatusListing listing = list(BOMB, row + job(2, "r"));

      NativeStatus expanded = listing.get("1");
      assertThat(expanded == null || expanded.state() == null).as("%s", expanded).isTrue();
      assertThat(listing.lacks("1")).isFalse();
      assertThat(listing.get("2")).extracting(NativeStatus::state).isEqualTo(JobState.ACTIVE);
    }
  }

  @Test
  void filesAndAddressesAreNotOpened(@TempDir Path folder) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "qw");
    try (ServerSocket server = new ServerSocket(0)) {
      server.setSoTimeout(200);
      String address = "http://127.0.0.1:" + server.getLocalPort() + "/";
      for (String uri : new String[] {secret.toUri().toString(), address}) {
        String declaration =
            "<!DOCTYPE job_info SYSTEM '"
                + uri
                + "' [<!ENTITY % p SYSTEM '"
                + uri
                + "'> %p; <!ENTITY e SYSTEM '"
                + uri
                + "'>]>";
        String include =
            "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='"
                + uri
                + "' parse='text'/>";
        for (String row :
            new String[] {job(1, "&e;"), declaration + job(1, "&e;"), job(1, include)}) {
          NativeStatus status = list(declaration, row).get("1");
          assertThat(status == null || status.state() == null).as("%s", status).isTrue();
        }
      }
      assertThatCode(server::accept).as("nobody has connected").isInstanceOf(IOException.class);
    }
  }

  @Test
  void deepAndWideElementsAreReadSoon() {
    int many = 200_000;
    String deep = "<a>".repeat(many) + "</a>".repeat(many);
    StringBuilder wide = new StringBuilder("<a");
    for (int i = 0; i < many; i++) {
      wide.append(" a").append(i).append("='x'");
    }
    long start = System.nanoTime();
    for (String content :
        new String[] {deep, wide + "/>", "<a>".repeat(many), "&#120;".repeat(many)}) {
      StatusListing listing = list("", job(1, content) + job(2, "r"));
      assertThat(listing.lacks("1")).isFalse();
      assertThat(listing.get("2")).extracting(NativeStatus::state).isEqualTo(JobState.ACTIVE);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
  }
}
