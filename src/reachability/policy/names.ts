/** Which DNS names a rule takes: `matchName`, or `matchPattern` with its wildcards. */
export interface NamePattern {
  /** As written. */
  readonly text: string;
  readonly expression: RegExp;
}

const CHARACTERS = "[-a-zA-Z0-9_]";

/**
 * Names and patterns as Cilium compiles them (pkg/fqdn/matchpattern, v1.19.6). Undefined: Cilium refuses them.
 * An empty rule takes no name.
 */
export function namePattern(matchName: string, matchPattern: string): NamePattern | undefined {
  if (matchName !== "") {
    if (!/^[-a-zA-Z0-9_.]+$/.test(matchName)) return undefined;
    return { text: matchName, expression: compile(rooted(matchName)) };
  }
  if (matchPattern !== "" && !/^[-a-zA-Z0-9_.*]+$/.test(matchPattern)) return undefined;
  if (matchPattern.length > 255) return undefined;
  return { text: matchPattern, expression: compile(matchPattern) };
}

export function takesName({ expression }: NamePattern, name: string): boolean {
  return expression.test(rooted(name.toLowerCase()));
}

function rooted(name: string): string {
  return name.endsWith(".") ? name : `${name}.`;
}

/** `*` is part of one label, `**.` in front one or more labels; stars alone are any name. */
function compile(pattern: string): RegExp {
  if (/^\*+\.?$/.test(pattern)) return new RegExp(`(^(${CHARACTERS}+[.])+$)|(^[.]$)`);
  const escaped = rooted(pattern)
    .toLowerCase()
    .replaceAll(".", "[.]")
    .replace(/^\*{2,}\[\.\]/, () => `(${CHARACTERS}+([.]${CHARACTERS}+){0,})[.]`);
  return new RegExp(`^${escaped.replaceAll(/\*+/g, () => `${CHARACTERS}*`)}$`);
}
