package org.psij;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** The submitter's side of a staged file. */
final class StagingLocation {
  private StagingLocation() {}

  static URI checked(String field, URI location) {
    String path = location.getPath();
    if (path == null || path.isEmpty()) {
      throw new InvalidJobException(field, "no path in '" + location + "'");
    }
    FieldCheck.text(field, path);
    return location;
  }

  static URI ofPath(Path path) {
    String text = path.toString();
    try {
      if (path.isAbsolute()) {
        return new URI("file", null, text, null);
      }
      // a colon in the first part of a relative path would be read as the end of a scheme
      return new URI(null, null, text.contains(":") ? "./" + text : text, null);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a path: " + text, e);
    }
  }
}
