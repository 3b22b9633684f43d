import { ExpectedError } from "../../text/errors";

/** An upgrade that stopped on purpose and before anything of the next hop was changed: nothing failed. */
export class Paused extends ExpectedError {
  override readonly exitCode = 3;
}
