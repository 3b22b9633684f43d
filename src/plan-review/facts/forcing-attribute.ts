/** Where it was read which attributes force a replacement: a release of a provider's source. */
export interface ForcingSource {
  readonly repository: string;
  readonly version: string;
  /** Folder below the repository's root, and the name of the resource in it. */
  readonly place: string;
}

export interface ForcingAttributes {
  /** Attributes whose change replaces the resource: names, with a dot for a field of a block. */
  readonly attributes: readonly string[];
  /** Attributes whose change replaces it in some cases: the provider decides by the values. */
  readonly byValues?: readonly string[];
  readonly source: ForcingSource;
}
