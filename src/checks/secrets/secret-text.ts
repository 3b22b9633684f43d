import type { ConfigPath, SourceNode } from "../../config/read/source-node";
import { hideSecrets, looksSecret } from "../../text/secrets";
import type { Finding, TargetCheck } from "../finding";

/**
 * Texts that are secrets by their look, under whatever key: an address with a password, a token, a private key. A config is in
 * Git, and what it says comes into Terraform's state and the cluster.
 */
export const secretTextCheck: TargetCheck = ({ source }) => secretsIn(source, []);

function secretsIn(node: SourceNode, path: ConfigPath): Finding[] {
  switch (node.kind) {
    case "scalar":
      return typeof node.value === "string" && looksSecret(withoutReferences(node.value))
        ? [{ path, value: hideSecrets(node.value), message: `${WHAT}; ${remedy(path)}` }]
        : [];
    case "list":
      return node.items.flatMap((item, index) => secretsIn(item, [...path, index]));
    case "map":
      return [...node.entries].flatMap(([key, entry]) => secretsIn(entry.node, [...path, key]));
  }
}

const WHAT = "has a secret in it, which everybody reads in Git, in the state and in the cluster";

function remedy(path: ConfigPath): string {
  return path[0] === "workloads"
    ? `keep it in AWS and name it under ${path.slice(0, 2).join(".")}.secrets`
    : "write it without";
}

/** `$(PASSWORD)` and `${PASSWORD}` stand for what the program gets otherwise. */
function withoutReferences(text: string): string {
  return text.replace(/\$\(\w+\)|\$\{\w+\}/g, "");
}
