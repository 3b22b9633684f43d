import type { Json } from "../../terraform-plan/json";

/**
 * The settings of a Bottlerocket TOML: tables, dotted keys, texts, numbers, switches and lists on one line, which is all that its
 * settings need (toml.io/en/v1.0.0). Undefined for anything else: then the text is compared as text.
 */
export function readToml(text: string): Json | undefined {
  const root = new Map<string, Json>();
  let table = "";
  let seen = 0;
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) continue;
    const head = /^\[([^[\]]+)\](\s*#.*)?$/.exec(line);
    if (head !== null) {
      table = pathOf(head[1] ?? "");
      seen++;
      continue;
    }
    const setting = /^((?:[A-Za-z0-9_.-]|"[^"]*"|'[^']*'|\s)+?)\s*=\s*(.+)$/.exec(line);
    const value = setting === null ? undefined : valueOf(setting[2] ?? "");
    if (setting === null || value === undefined) return undefined;
    root.set([table, pathOf(setting[1] ?? "")].filter(Boolean).join("."), value);
    seen++;
  }
  return seen === 0 ? undefined : nested(root);
}

function pathOf(key: string): string {
  return (key.match(/"[^"]*"|'[^']*'|[^.\s]+/g) ?? [])
    .map((part) => part.replace(/^["']|["']$/g, ""))
    .join(".");
}

function valueOf(text: string): Json | undefined {
  const bare = text.replace(/\s+#[^"'\]]*$/, "").trim();
  if (/^[+-]?\d+$/.test(bare)) return Number(bare);
  if (bare === "true" || bare === "false") return bare === "true";
  const literal = /^'([^']*)'$/.exec(bare);
  if (literal !== null) return literal[1] ?? "";
  try {
    // A basic text, and a list of texts, numbers or switches, are written as in JSON.
    return JSON.parse(bare.replace(/,\s*\]$/, "]")) as Json;
  } catch {
    return undefined;
  }
}

/** Flat names: `settings.kubernetes.max-pods`. Paths are shown as they are, so no table needs to be made of them. */
function nested(flat: ReadonlyMap<string, Json>): Json {
  return Object.fromEntries(flat);
}
