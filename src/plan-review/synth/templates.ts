/**
 * A text of Terraform JSON with its interpolations as they are written, so that a document around them can be read: chart values
 * that hold `${data.x.y["z"]}` are no JSON before Terraform has put a value there.
 */
export function withQuotedReferences(template: string): string {
  let out = "";
  let inText = false;
  for (let i = 0; i < template.length; i++) {
    const here = template[i] ?? "";
    if (/^[$%]{2}\{/.test(template.slice(i, i + 3))) {
      out += template.slice(i + 1, i + 3);
      i += 2;
    } else if (/^[$%]\{/.test(template.slice(i, i + 2))) {
      const end = endOf(template, i + 2);
      const quoted = JSON.stringify(template.slice(i, end));
      out += inText ? quoted.slice(1, -1) : quoted;
      i = end - 1;
    } else if (inText && here === "\\") {
      out += template.slice(i, i + 2);
      i++;
    } else {
      if (here === '"') inText = !inText;
      out += here;
    }
  }
  return out;
}

/** Where an interpolation ends: braces and texts inside it count. */
function endOf(template: string, from: number): number {
  let depth = 1;
  let inText = false;
  for (let i = from; i < template.length; i++) {
    const here = template[i];
    if (inText) {
      if (here === "\\") i++;
      else if (here === '"') inText = false;
    } else if (here === '"') inText = true;
    else if (here === "{") depth++;
    else if (here === "}" && --depth === 0) return i + 1;
  }
  return template.length;
}
