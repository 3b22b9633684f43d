import { installed } from "./components";
import type { InstalledRecord } from "./component";
import type { ForeignKind } from "./foreign-kind";

const records: readonly InstalledRecord[] = installed;

/**
 * Components whose kinds come first in the policies of clusters that run, in this order: another one would roll the policies out
 * again. What is not in it comes behind, as the list of components has it.
 */
const first = [
  "aws-load-balancer-controller",
  "kubernetes",
  "aws-privateca-issuer",
  "external-dns",
  "cilium",
];

const place = ({ name }: InstalledRecord): number =>
  first.includes(name) ? first.indexOf(name) : first.length;
const inOrder = [...records].sort((a, b) => place(a) - place(b));

/** Kinds that no team writes, whatever is in them: what they say is done with the controller's own role in AWS, or to others' traffic. */
export const foreignKinds: readonly ForeignKind[] = inOrder.flatMap(({ foreign = [] }) => foreign);

/** What no team delivers by Argo CD, which would write it with its own rights: by group and kind. */
export const undeliveredKinds: readonly { readonly group: string; readonly kind: string }[] = [
  ...foreignKinds.map(({ group, kind }) => ({ group, kind })),
  ...inOrder.flatMap(({ undelivered = {} }) =>
    Object.entries(undelivered).flatMap(([group, kinds]) => kinds.map((kind) => ({ group, kind }))),
  ),
];
