/** What stands for a Terraform expression, by the expression. */
export type Placeholders = Map<string, string>;

/**
 * The text of `helm_release.values` (a Terraform template, see encodeChartValues) as the JSON that it would be, with
 * each expression replaced by a placeholder. The same expression gets the same one.
 */
export function plainValues(template: string, placeholders: Placeholders): string {
  let text = "";
  let inString = false;
  for (let at = 0; at < template.length; at++) {
    const three = template.slice(at, at + 3);
    if (three === "$${" || three === "%%{") {
      text += three.slice(1);
      at += 2;
    } else if (three.startsWith("${")) {
      const end = endOfExpression(template, at + 2);
      const name = placeholderOf(template.slice(at + 2, end), placeholders);
      text += inString ? name : JSON.stringify(name);
      at = end;
    } else if (inString && three.startsWith("\\")) {
      text += template.slice(at, at + 2);
      at += 1;
    } else {
      if (three.startsWith('"')) inString = !inString;
      text += template.charAt(at);
    }
  }
  return text;
}

function placeholderOf(expression: string, placeholders: Placeholders): string {
  const known = placeholders.get(expression);
  if (known !== undefined) return known;
  const name = `after-apply-${placeholders.size + 1}`;
  placeholders.set(expression, name);
  return name;
}

/** Index of the `}` that ends the expression which starts at `from`; braces in its texts do not count. */
function endOfExpression(template: string, from: number): number {
  let depth = 0;
  for (let at = from; at < template.length; at++) {
    const char = template.charAt(at);
    if (char === '"') at = endOfText(template, at + 1);
    else if (char === "{") depth++;
    else if (char === "}" && depth-- === 0) return at;
  }
  return template.length;
}

function endOfText(template: string, from: number): number {
  for (let at = from; at < template.length; at++) {
    const char = template.charAt(at);
    if (char === "\\") at++;
    else if (template.startsWith("${", at) && template.charAt(at - 1) !== "$")
      at = endOfExpression(template, at + 2);
    else if (char === '"') return at;
  }
  return template.length;
}
