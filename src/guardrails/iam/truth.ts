/** Yes, no, or not to be said before something is known; then why. */
export type Truth = true | false | { readonly unknown: string };

export function isUndecided(truth: Truth): truth is { readonly unknown: string } {
  return typeof truth === "object";
}

/** True where all are; false where one is, whatever is unknown of the others. */
export function allOf(truths: Iterable<Truth>): Truth {
  let undecided: Truth = true;
  for (const truth of truths) {
    if (truth === false) return false;
    if (isUndecided(truth)) undecided = truth;
  }
  return undecided;
}

/** True where one is; false where none is. */
export function anyOf(truths: Iterable<Truth>): Truth {
  let undecided: Truth = false;
  for (const truth of truths) {
    if (truth === true) return true;
    if (isUndecided(truth)) undecided = truth;
  }
  return undecided;
}

export function not(truth: Truth): Truth {
  return isUndecided(truth) ? truth : !truth;
}
