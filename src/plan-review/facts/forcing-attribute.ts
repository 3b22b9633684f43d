/** Where it was read which attributes force a replacement: one commit of a repository that holds the provider's source. */
export interface ForcingSource {
  readonly repository: string;
  readonly commit: string;
  /** Path of the file below the repository's root. */
  readonly file: string;
  /** Version of the provider in that commit, where it is known. */
  readonly version?: string;
}

export interface ForcingAttributes {
  /** Attributes whose change replaces the resource: names, with a dot for a field of a block. */
  readonly attributes: readonly string[];
  readonly source: ForcingSource;
}
