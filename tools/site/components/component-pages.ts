import { installed, title } from "../../../src/components/components";
import type { InstalledRecord, PlatformPorts } from "../../../src/components/component";
import type { Fit } from "../../../src/components/fit";
import type { TargetConfig } from "../../../src/config/schema/target";
import { pinOf, shownVersion } from "../../../src/releases/pins";
import { releases } from "../../../src/releases/releases";
import { prose, sentence } from "../prose";
import { sampleFiles, sampleTargets } from "../samples";
import { type SitePage, titleOf } from "../site-page";
import { anchorOf } from "../anchor";
import { callsBy, type CallsOfAccount } from "./aws-calls";
import { whatItDoes } from "./what-it-does";

interface Facts {
  readonly docs: readonly SitePage[];
  readonly samples: ReadonlyMap<string, TargetConfig>;
  readonly calls: readonly CallsOfAccount[];
}

type Named = InstalledRecord & { readonly name: (typeof installed)[number]["name"] };

/** A page for every component that stacks install, and one that lists them: from their records. */
export function componentPages(docs: readonly SitePage[], calls: readonly CallsOfAccount[]): SitePage[] {
  const samples = new Map([...sampleTargets()].map(([name, { config }]) => [name, config]));
  const facts: Facts = { docs, samples, calls };
  return [
    indexPage(),
    ...installed.map((record) => ({
      path: `reference/components/${record.name}.md`,
      text: `${componentText(record, facts).join("\n\n")}\n`,
    })),
  ];
}

function indexPage(): SitePage {
  const stacks = [...new Set(installed.map(({ stack }) => stack))];
  const parts = stacks.flatMap((stack) => [
    `## In the stack ${stack}`,
    installed
      .filter((each) => each.stack === stack)
      .map(({ name }) => `- [${title(name)}](./${name}.md): ${whatItDoes[name]}`)
      .join("\n"),
  ]);
  const text = [
    "# Every component",
    "What the stacks of a target can install. Each can be switched on and off alone; its version comes from the [release](../../releases.md) that the configuration names.",
    ...parts,
  ];
  return { path: "reference/components/index.md", text: `${text.join("\n\n")}\n` };
}

function componentText(record: Named, facts: Facts): string[] {
  const { name, settings = [], docs, stack } = record;
  const page = facts.docs.find(({ path: at }) => docs === `docs/${at}`);
  const section = settings[0];
  return [
    `# ${title(name)}`,
    whatItDoes[name],
    [
      `- ${KINDS[record.kind]}, in the stack \`${stack}\``,
      ...(section === undefined
        ? ["- No keys of its own"]
        : [`- Keys: [\`${settings.join(".")}\`](../keys/${section}.md#${anchorOf(settings.join("."))})`]),
      ...(page === undefined ? [] : [`- Guide: [${titleOf(page)}](../../${page.path})`]),
    ].join("\n"),
    ...part("Versions", versions(record)),
    ...part("What goes with what", (record.fits ?? []).map(fitLine)),
    ...part("Namespaces", Object.entries(record.namespaces ?? {}).map(namespaceLine)),
    ...part("Identities and AWS calls", identities(record, facts)),
    ...part(
      "Kinds that it defines",
      Object.entries(record.crds ?? {}).map(([group, kinds]) => `- \`${group}\`: ${kinds.join(", ")}`),
    ),
    ...part(
      "Images",
      (record.registries ?? []).map((each) => `- \`${each}\``),
    ),
    ...part("Upgrades", upgrades(record, facts)),
    ...part("Samples that install it", samples(record, facts)),
  ];
}

const KINDS: Readonly<Record<InstalledRecord["kind"], string>> = {
  charts: "Helm charts",
  "add-on": "An add-on of EKS",
  "node image": "An image of nodes",
  "control plane": "The cluster itself",
  definitions: "Definitions without a chart",
};

const part = (heading: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`## ${heading}`, lines.join("\n")];

function versions(record: Named): string[] {
  const lines = Object.values(releases).map((release) => {
    const pin = pinOf(release, record.name);
    const doubt = pin.verified ? "" : `, not verified: ${pin.doubt ?? "its publisher was not in reach"}`;
    return `- Release \`${release.name}\`: ${shownVersion(pin)}${doubt}`;
  });
  const charts = "charts" in record ? Object.values(record.charts) : [];
  return [
    ...lines,
    ...charts.map(({ repository, name }) => `- Chart \`${name}\` of ${repository}`),
    "",
    "Where each was read, and when: `npx octarine release show 2026.11 --sources`.",
  ];
}

function fitLine(fit: Fit): string {
  const what = "needs" in fit ? `needs ${fit.needs}` : `goes with ${fit.for} at`;
  const versions =
    "needs" in fit
      ? `At \`${fit.versions}\` it ${what}`
      : `With Kubernetes at \`${fit.versions}\` its version for the ${fit.for} is`;
  const otherwise = fit.level === "warn" ? "a warning" : "refused";
  return `- ${versions} ${fit.says}; otherwise ${otherwise} (${fit.source}, ${fit.sourceDate})`;
}

function namespaceLine([name, ports]: [string, PlatformPorts | "not closed"]): string {
  if (ports === "not closed")
    return `- \`${name}\`: not closed: no policy of the platform limits who calls it`;
  const { open, metrics } = ports;
  const says = [
    ...(open.length > 0 ? [`ports that others call: ${open.join(", ")}`] : []),
    ...(metrics.length > 0 ? [`ports that Prometheus reads: ${metrics.join(", ")}`] : []),
  ];
  return `- \`${name}\`: closed${says.length === 0 ? "" : `; ${says.join("; ")}`}`;
}

/** What its accounts call in any sample, by what for. */
function identities(record: Named, { calls }: Facts): string[] {
  const own = calls.filter(({ account }) => callsBy(record, account));
  const lines = own.flatMap(({ account, calls: made }) => {
    const reasons = [...new Set(made.map(({ why }) => why))];
    return [
      `- \`${account}\``,
      ...reasons.map((why) => {
        const actions = [...new Set(made.filter((each) => each.why === why).map(({ action }) => action))];
        return `  - ${why}: ${actions.map((each) => `\`${each}\``).join(", ")}`;
      }),
    ];
  });
  return lines.length === 0
    ? []
    : [
        ...lines,
        "",
        "These are the calls of all samples together; `npx octarine permissions TARGET` lists those of a target, on which resources, with their source.",
      ];
}

function upgrades({ upgrade }: Named, { docs }: Facts): string[] {
  const { phase, restarts, crdsByHand, notes = [] } = upgrade;
  return [
    `- With: ${phase}`,
    `- Restarts: ${restarts}`,
    ...(crdsByHand
      ? ["- Helm does not upgrade its definitions; do it by hand, as the plan of the upgrade says"]
      : []),
    ...(upgrade.inPlace === undefined
      ? []
      : [`- Minors at once: ${upgrade.inPlace.minors} (${upgrade.inPlace.source})`]),
    ...notes.map(({ since, says, source }) => `- Since ${since}: ${prose(sentence(says), docs)} (${source})`),
  ];
}

/** Samples that are a file, and not one region of a list. */
function samples({ isUsed }: Named, { samples: all }: Facts): string[] {
  const names = [...all].filter(([, config]) => isUsed(config)).map(([name]) => name);
  if (names.length === all.size) return ["All of them."];
  const files = new Set(sampleFiles());
  return names
    .filter((name) => files.has(`${name}.yaml`))
    .slice(0, 6)
    .map((name) => `- [\`${name}\`](../../files/${name}.yaml.md)`);
}
