import type { Difference } from "../../synth/output/differing";
import type { Reads } from "../../reads/reads";
import type { Seals } from "../../synth/record/seals";
import type { RunRequest, RunResult } from "../../synth/record/run-record";

export interface SynthOptions {
  readonly request: RunRequest;
  readonly out: string;
  /** Whether to synthesize even where nothing changed. */
  readonly force?: boolean;
  /** Whether to write nothing, and tell what would be written. */
  readonly check?: boolean;
  /** Where what is read is noted, for who wants to know it even of a run that fails. */
  readonly reads?: Reads;
  /** The program, where it is not the one that runs. */
  readonly program?: string | undefined;
  /** Told what is made and why, and what takes longer than it would have to. */
  readonly note?: (text: string) => void;
}

export interface SynthRun extends RunResult {
  /** Whether the folder was as it would have been written, so that nothing was made. */
  readonly unchanged: boolean;
  readonly differences: readonly Difference[];
  /** Hashes of the files that lie in the folder by this run; none where it wrote nothing. */
  readonly outputs: Seals;
}
