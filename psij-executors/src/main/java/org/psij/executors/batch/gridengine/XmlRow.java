package org.psij.executors.batch.gridengine;

import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * An element of XML that holds one level of others. Nothing outside the text is ever opened, and
 * control characters, which Grid Engine does not escape, do no harm.
 */
final class XmlRow {
  private static final Pattern CONTROL =
      Pattern.compile("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]");

  private XmlRow() {}

  /** Gives the texts by name of the element, or null if this is no XML. */
  static @Nullable Map<String, String> parse(String xml) {
    try {
      XMLStreamReader reader =
          factory().createXMLStreamReader(new StringReader(withoutControls(xml)));
      try {
        return fields(reader);
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      return null;
    }
  }

  private static String withoutControls(String xml) {
    return CONTROL.matcher(xml).replaceAll("?");
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    return factory;
  }

  private static Map<String, String> fields(XMLStreamReader reader) throws XMLStreamException {
    Map<String, String> fields = new HashMap<>();
    String name = "";
    StringBuilder text = new StringBuilder();
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          name = reader.getLocalName();
          text.setLength(0);
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
            text.append(reader.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          if (reader.getLocalName().equals(name)) {
            fields.putIfAbsent(name, text.toString().strip());
          }
        }
        default -> {}
      }
    }
    return fields;
  }
}
