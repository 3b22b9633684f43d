/** distribution/reference, with a host: what any of the tools takes. */
const REFERENCE =
  /^((?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::\d+)?(?:\/[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*)+)(?::(\w[\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/;

export interface ImageReference {
  /** With the registry's host. */
  readonly name: string;
  readonly host: string;
  /** Path below the host. */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Parts of an image's full name; undefined where no registry accepts it. */
export function imageReference(image: string): ImageReference | undefined {
  const [, name, tag, digest] = REFERENCE.exec(image) ?? [];
  if (name === undefined) return undefined;
  const slash = name.indexOf("/");
  return {
    name,
    host: name.slice(0, slash),
    repository: name.slice(slash + 1),
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
  };
}
