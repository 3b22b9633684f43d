const expressions = new Map<string, RegExp>();

/**
 * Whether a text is of a pattern with `*` (any characters, none included) and `?` (one character), as actions,
 * resources and the Like operators of IAM have it.
 */
export function matchesGlob(pattern: string, text: string, ignoreCase = false): boolean {
  if (!/[*?]/.test(pattern))
    return ignoreCase ? pattern.toLowerCase() === text.toLowerCase() : pattern === text;
  const key = ignoreCase ? `i${pattern}` : `c${pattern}`;
  const expression = expressions.get(key) ?? new RegExp(source(pattern), ignoreCase ? "isu" : "su");
  expressions.set(key, expression);
  return expression.test(text);
}

function source(pattern: string): string {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, (character) => `\\${character}`);
  return `^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`;
}

/**
 * Whether an ARN is of a pattern: each of its six parts by itself, so that a `*` in one never reaches into the next
 * (IAM User Guide, "ARN condition operators"). The last part may hold colons.
 */
export function matchesArn(pattern: string, arn: string): boolean {
  const [patterns, parts] = [arnParts(pattern), arnParts(arn)];
  return (
    patterns.length === parts.length && patterns.every((each, index) => matchesGlob(each, parts[index] ?? ""))
  );
}

function arnParts(arn: string): string[] {
  const parts = arn.split(":");
  return [...parts.slice(0, 5), ...(parts.length > 5 ? [parts.slice(5).join(":")] : [])];
}
