package org.psij;

/** How a file gets from where it is to where it is needed. */
public enum StagingMode {
  /** The source stays where it is and the target is a copy. */
  COPY,
  /** The target is a symbolic link to the source. */
  LINK,
  /** The source is gone afterwards; across file systems it is copied and then deleted. */
  MOVE
}
