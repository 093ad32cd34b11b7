package org.psij.executors.batch.gridengine;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Elements of XML that hold one level of others. Nothing outside the text is ever opened, and
 * control characters, which Grid Engine does not escape, do no harm. Not safe for use by several
 * threads.
 */
final class XmlRows {
  private static final Pattern CONTROL =
      Pattern.compile("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]");

  private final String rowName;
  private final List<Map<String, String>> rows = new ArrayList<>();
  private Map<String, String> row = new HashMap<>();
  private final StringBuilder text = new StringBuilder();

  private XmlRows(String rowName) {
    this.rowName = rowName;
  }

  /** Gives the texts of each row by name of the element, or null if this is no XML. */
  static @Nullable List<Map<String, String>> parse(String rowName, String elements) {
    String xml = "<rows>" + CONTROL.matcher(elements).replaceAll("?") + "</rows>";
    XmlRows rows = new XmlRows(rowName);
    try {
      XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(xml));
      try {
        rows.read(reader);
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      return null;
    }
    return rows.rows;
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    return factory;
  }

  private void read(XMLStreamReader reader) throws XMLStreamException {
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> text.setLength(0);
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
            text.append(reader.getText());
        case XMLStreamConstants.END_ELEMENT -> end(reader.getLocalName());
        default -> {}
      }
    }
  }

  private void end(String name) {
    if (name.equals(rowName)) {
      rows.add(row);
      row = new HashMap<>();
    } else {
      row.putIfAbsent(name, text.toString().strip());
    }
    text.setLength(0);
  }
}
