import { parse } from "yaml";

/** One version of a chart in a repository's index.yaml. */
export interface IndexEntry {
  readonly version: string;
  /** `sha256:…` of the archive. */
  readonly digest?: string;
  /** Of the archive; may be relative to the repository. */
  readonly urls: readonly string[];
}

/**
 * A chart's versions in an index.yaml. Only the chart's own part is parsed: some indexes have tens of megabytes, and Helm
 * writes them by machine, charts two spaces deep.
 */
export function indexEntries(index: string, chart: string): IndexEntry[] {
  const start = index.search(new RegExp(`^  ["']?${chart.replaceAll(".", "\\.")}["']?:\\s*$`, "m"));
  if (start < 0) return [];
  const body = index.indexOf("\n", start) + 1;
  // Items begin two or four spaces deep; the next chart's name, or a key of the index, ends them.
  const end = index.slice(body).search(/^( {2}[^\s-]|[^\s-])/m);
  const items: unknown = parse(index.slice(body, end < 0 ? undefined : body + end));
  return Array.isArray(items) ? items.flatMap(entry) : [];
}

function entry(item: unknown): IndexEntry[] {
  if (typeof item !== "object" || item === null || !("version" in item)) return [];
  const digest = "digest" in item && typeof item.digest === "string" ? item.digest : undefined;
  return [
    {
      version: String(item.version),
      ...(digest && { digest: `sha256:${digest.replace(/^sha256:/, "")}` }),
      urls: "urls" in item && Array.isArray(item.urls) ? item.urls.filter(isText) : [],
    },
  ];
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
