import type { BundledProvider } from "./manifest";

/** Reads providers in a dependency lock file as Terraform writes it (.terraform.lock.hcl). */
export function lockedProviders(text: string): BundledProvider[] {
  return [...text.matchAll(/^provider "([^"]+)" \{\n([\s\S]*?)^\}/gm)].map(([, source = "", body = ""]) => ({
    source,
    version: /^\s*version\s*=\s*"([^"]+)"/m.exec(body)?.[1] ?? "",
    hashes: [...body.matchAll(/^\s*"(\w+:[^"]+)",?$/gm)].map(([, hash = ""]) => hash).sort(),
  }));
}

/** A lock file in Terraform's own form, so that `terraform init` finds nothing to change. */
export function lockFileText(providers: readonly BundledProvider[]): string {
  const blocks = [...providers]
    .sort((a, b) => (a.source < b.source ? -1 : 1))
    .map(({ source, version, hashes }) =>
      [
        `provider "${source}" {`,
        `  version     = "${version}"`,
        "  hashes = [",
        ...[...hashes].sort().map((hash) => `    "${hash}",`),
        "  ]",
        "}",
        "",
      ].join("\n"),
    );
  return ["# Written by octarine of a bundle (docs/offline.md).", "", ...blocks].join("\n");
}

/**
 * Providers of a bundle that a stack takes: what it pins, and of what only its modules name the one version that is there. Terraform
 * drops from the lock file what nothing names.
 */
export function providersFor(
  bundled: readonly BundledProvider[],
  pinned: readonly { readonly source: string; readonly version: string }[],
): readonly BundledProvider[] {
  const bySource = new Map<string, readonly BundledProvider[]>();
  for (const each of bundled) bySource.set(each.source, [...(bySource.get(each.source) ?? []), each]);
  return [...bySource].flatMap(([source, versions]) => {
    const pin = pinned.find((each) => source === each.source || source.endsWith(`/${each.source}`));
    const found = versions.find(({ version }) => version === pin?.version);
    return found ?? (versions.length === 1 ? versions : []);
  });
}
