/** One file of a target. */
export interface Layer {
  readonly file: string;
  /** The service that the file is about; absent: the file is about the whole target. */
  readonly workload?: string;
}
