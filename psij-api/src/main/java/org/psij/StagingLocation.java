package org.psij;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
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
    if (!isText(location)) {
      throw new InvalidJobException(field, "the path is not UTF-8 in '" + location + "'");
    }
    FieldCheck.pathLength(field, path.length());
    return location;
  }

  /** Whether the escaped bytes are text: {@link URI#getPath} puts something else in their place. */
  private static boolean isText(URI location) {
    if (location.getRawPath().indexOf('%') < 0) {
      return true;
    }
    String escaped = location.getRawPath().replace("+", "%2B").replaceAll("[^\\p{ASCII}]", "x");
    byte[] bytes = URLDecoder.decode(escaped, ISO_8859_1).getBytes(ISO_8859_1);
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
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
