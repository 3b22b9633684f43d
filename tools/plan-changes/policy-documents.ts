type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

const names: Readonly<Record<string, string>> = {
  sid: "Sid",
  effect: "Effect",
  actions: "Action",
  not_actions: "NotAction",
  resources: "Resource",
  not_resources: "NotResource",
};

/**
 * A plan in which every policy document is as IAM writes it. A stand-in for the AWS provider, which knows nothing but the provider's
 * schema, gives the arguments of `aws_iam_policy_document` for the document; the provider itself prints what is made here.
 */
export function withPolicyDocuments(plan: string): string {
  return JSON.stringify(
    JSON.parse(plan, (_key, value: Json) => (isDocument(value) ? written(value) : value)),
  );
}

function isDocument(value: Json): value is string {
  return typeof value === "string" && value.startsWith('{"Version"') && value.includes('"actions":');
}

function written(text: string): string {
  const document = JSON.parse(text) as { Version: string; Statement: Record<string, Json>[] };
  return JSON.stringify({ Version: document.Version, Statement: document.Statement.map(statement) });
}

function statement(from: Record<string, Json>): Json {
  const plain = Object.entries(from).flatMap(([key, value]) =>
    names[key] === undefined || value === "" || (Array.isArray(value) && value.length === 0)
      ? []
      : [[names[key], value] as const],
  );
  const principals = grouped(from.principals, (each) => [textOf(each.type), each.identifiers ?? null]);
  const conditions = asList(from.condition).map(
    (each) => [textOf(each.test), { [textOf(each.variable)]: each.values ?? null }] as const,
  );
  const condition: Record<string, Record<string, Json>> = {};
  for (const [test, keys] of conditions) condition[test] = { ...condition[test], ...keys };
  return {
    Effect: "Allow",
    ...Object.fromEntries(plain),
    ...(principals !== undefined && { Principal: principals }),
    ...(conditions.length > 0 && { Condition: condition }),
  };
}

function grouped(
  value: Json | undefined,
  entry: (each: Record<string, Json>) => readonly [string, Json],
): Json | undefined {
  const list = asList(value);
  if (list.length === 0) return undefined;
  if (list.some(({ type }) => type === "*")) return "*";
  return Object.fromEntries(list.map(entry));
}

function asList(value: Json | undefined): Record<string, Json>[] {
  return Array.isArray(value) ? (value as Record<string, Json>[]) : [];
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
