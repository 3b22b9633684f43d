import type { LocatedFinding } from "../guardrails/report/located";

/** `envs/prod.yaml:4, prod-us-east-1-cluster/module.eks`: the line that decides it, and the resource. */
export function whereOf({ stack, address, place }: LocatedFinding): string {
  return `${place === undefined ? "" : `${place.file}:${place.line}, `}${stack}/${address}`;
}
