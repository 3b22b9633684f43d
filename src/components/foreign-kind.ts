/** A kind of objects by whose content a controller acts with rights that the team which writes the object has not. */
export interface ForeignKind {
  readonly group: string;
  readonly kind: string;
  /** Its name in the API. */
  readonly resource: string;
  /** Controller that makes such objects in the namespaces of teams. */
  readonly madeBy?: string;
  /** The platform itself makes them there, by whoever deploys it. */
  readonly madeByPlatform?: true;
}

/** Who a service account is for the API server. */
export function serviceAccount(namespace: string, name: string): string {
  return `system:serviceaccount:${namespace}:${name}`;
}
