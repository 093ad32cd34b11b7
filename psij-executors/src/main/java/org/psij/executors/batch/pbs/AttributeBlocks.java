package org.psij.executors.batch.pbs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code pbsnodes -a}, {@code qstat -Q -f} and {@code qstat -B -f} print: blocks of attributes
 * under the name of a node, queue or server, see pbsnodes(8B) and qstat(1B). Long values go on in
 * lines that begin with a tab.
 */
final class AttributeBlocks {
  private static final Pattern HEADER = Pattern.compile("(?:(?:Queue|Server):\\s*)?(\\S+)\\s*");
  private static final Pattern ATTRIBUTE = Pattern.compile("\\s+([\\w.]+) = (.*)");

  private AttributeBlocks() {}

  /** One of the blocks. Immutable to the outside. */
  static final class Block {
    private final String name;
    private final Map<String, String> attributes = new LinkedHashMap<>();

    private Block(String name) {
      this.name = name;
    }

    String name() {
      return name;
    }

    @Nullable String text(String attribute) {
      return attributes.get(attribute);
    }

    String text(String attribute, String otherwise) {
      return attributes.getOrDefault(attribute, otherwise);
    }

    @Nullable Integer number(String attribute) {
      return PbsValue.number(text(attribute));
    }

    /** Tells whether a switch is on; it is if nothing is said. */
    boolean isOn(String attribute) {
      return text(attribute, "True").matches("(?i)true|yes|t|y|1");
    }
  }

  /** Reads the blocks in their order. */
  static List<Block> read(String output) {
    List<Block> blocks = new ArrayList<>();
    String lastAttribute = null;
    for (String line : output.split("\n", -1)) {
      Matcher attribute = ATTRIBUTE.matcher(line);
      Matcher header = HEADER.matcher(line);
      Block block = blocks.isEmpty() ? null : blocks.get(blocks.size() - 1);
      if (block != null && attribute.matches()) {
        lastAttribute = attribute.group(1);
        block.attributes.put(lastAttribute, attribute.group(2).strip());
      } else if (block != null && lastAttribute != null && line.startsWith("\t")) {
        block.attributes.merge(lastAttribute, line.strip(), String::concat);
      } else if (header.matches()) {
        blocks.add(new Block(header.group(1)));
        lastAttribute = null;
      }
    }
    return blocks;
  }
}
