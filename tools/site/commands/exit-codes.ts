/** Beside these a command has a reason of its own for one of them, or for another code. */
export const allCodes: Readonly<Record<string, string>> = {
  "0": "all is well",
  "1": "the configuration is invalid, or something that the command had to do failed",
  "2": "wrong usage: an unknown option or target",
  "128 and more": "a signal ended it: 128 and the signal's number",
};

type Codes = Readonly<Record<string, string>>;

/** What the exit codes of a command say beyond that, by its name. */
export const ownCodes: Readonly<Record<string, Codes>> = {
  list: { "1": "with --left: something is left behind" },
  synth: { "1": "with --check: the folder is not what would be written" },
  "config validate": { "1": "a file has a problem" },
  adopt: {
    "1": "somebody has to decide: a change that is not said, several things that fit, or a question that AWS refused",
  },
  bundle: { "1": "something is left out of the folder, or nobody could tell all that a chart needs" },
  check: { "1": "a finding of an error is not waived" },
  permissions: { "1": "a policy denies a call that an identity must make" },
  reachability: { "1": "something that must be reached can't be" },
  readiness: { "1": "an item is not met, or a decision is missing" },
  capacity: { "1": "a target does not fit its addresses, and no waiver holds" },
  "cost refresh": { "3": "prices of a region could not all be read" },
  diff: { "1": "with --exit-code: something changes" },
  review: { "1": "the review comes to what --fail-on names, or may", "2": "a plan can't be read" },
  plan: { "1": "with --review and --fail-on: the review comes to that, or may" },
  verify: {
    "1": "something is not met",
    "3": "nothing is not met, and something is not known",
  },
  upgrade: {
    "1": "no way leads there; with --apply: a stack or a check failed, or something of a team would break",
    "3": "with --apply: stopped on purpose before a hop, because of the canary or of the way back",
  },
  "replace-group": {
    "1": "a node can't be drained or is not Ready in time, or the stack failed; both groups are there",
  },
  drift: {
    "1": "something is not as the config says: the review comes to what --fail-on names (default: routine), or something is left behind",
  },
  sweep: { "1": "controllers left something, or AWS could not be asked for all of it" },
  diagnose: { "1": "a cause was found, or advice" },
  render: { "1": "a release could not be rendered, or what was rendered has a finding" },
  images: { "1": "the images of a release are not known, or can't be copied" },
  "mesh show": { "1": "a mesh lacks something" },
  "release refresh": {
    "1": "a publisher does not offer a pin, or has another archive under its version",
    "3": "nothing was contradicted, but not everybody could be reached",
  },
};
