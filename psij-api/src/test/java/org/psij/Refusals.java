package org.psij;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Assertions about descriptions of jobs that are refused. */
public final class Refusals {
  private Refusals() {}

  public static InvalidJobException refusal(ThrowingCallable action) {
    InvalidJobException refusal = catchThrowableOfType(InvalidJobException.class, action);
    assertThat(refusal).as("refusal").isNotNull();
    return refusal;
  }

  public static void assertRefused(String field, ThrowingCallable action) {
    InvalidJobException refusal = refusal(action);
    assertThat(refusal.getField()).as(refusal.getMessage()).isEqualTo(field);
    assertThat(refusal).hasMessageStartingWith(field + ": ");
  }
}
