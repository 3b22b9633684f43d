/** How ids of guardrails begin. Waivers of other rules, those of the address plan, are judged with the configuration. */
const PREFIXES = [
  "NET",
  "REACH",
  "ADMISSION",
  "EKS",
  "NODE",
  "IAM",
  "PERMISSION",
  "POLICY",
  "ENC",
  "SEC",
  "HELM",
  "K8S",
  "STATE",
  "NAME",
  "VALUE",
  // Of a project's own rules.
  "OWN",
] as const;

export function isGuardrailId(rule: string): boolean {
  return PREFIXES.some((prefix) => rule.startsWith(`${prefix}-`));
}
