import { ec2Kinds } from "./ec2";
import type { Kind } from "./kind";
import { serviceKinds } from "./services";

/** Types of resources that are looked for. */
export const kinds: ReadonlyMap<string, Kind> = new Map(
  [...ec2Kinds, ...serviceKinds].map((kind) => [kind.type, kind]),
);
