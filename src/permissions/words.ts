import type { LayerName } from "../guardrails/iam/authorize";
import { readable } from "../guardrails/iam/symbol";
import type { ProvedCall } from "./evaluate/proved-call";

const LAYERS: Readonly<Record<LayerName, string>> = {
  identity: "its own policies",
  boundary: "its permissions boundary",
  session: "the session's policy",
  scp: "the service control policies",
  endpoint: "the VPC endpoint's policy",
  resource: "the resource's own policy",
};

/** Which policy stops a call or leaves it open, and where that is. Empty for one that is allowed. */
export function stoppedBy({ verdict, at }: ProvedCall): string {
  const place = at === undefined ? "" : ` (${at.stack === "" ? "" : `${at.stack}/`}${at.address})`;
  switch (verdict.kind) {
    case "allowed":
      return "";
    case "undecided":
      return `${LAYERS[verdict.layer]}${place}: ${readable(verdict.why)}`;
    case "denied":
      return verdict.by === undefined
        ? `${LAYERS[verdict.layer]}${place}: no statement allows it`
        : `${LAYERS[verdict.layer]}${place}: ${verdict.by.address} denies it`;
  }
}

/** What to do about a call that is denied. */
export const REMEDIES: Readonly<Record<LayerName, string>> = {
  identity: "allow the action on this resource in a policy of the role",
  boundary: "allow it in the boundary as well: a boundary and a policy both have to allow it",
  session: "allow it in the session's policy as well",
  scp: "ask whoever runs the organization to allow it, or do without what makes the call",
  endpoint: "admit the call in the endpoint's policy (network.endpoints), or take it away",
  resource: "name the role in the resource's own policy, or have that policy leave it to the account",
};
