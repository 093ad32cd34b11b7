package org.psij.spi;

import java.util.Objects;

/** What an executor found out about the machine where it is to work. Immutable. */
public final class Detection {
  private final Fit fit;
  private final String reason;

  private Detection(Fit fit, String reason) {
    this.fit = Objects.requireNonNull(fit, "fit");
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  /**
   * Creates a detection.
   *
   * @param fit how well the executor fits
   * @param reason why, for people: a clause without a full stop
   * @return the detection
   */
  public static Detection of(Fit fit, String reason) {
    return new Detection(fit, reason);
  }

  /**
   * Tells how well the executor fits.
   *
   * @return the fit
   */
  public Fit getFit() {
    return fit;
  }

  /**
   * Tells why, for people.
   *
   * @return a clause without a full stop
   */
  public String getReason() {
    return reason;
  }

  @Override
  public String toString() {
    return fit + " (" + reason + ")";
  }
}
