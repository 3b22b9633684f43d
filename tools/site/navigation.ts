import { type SitePage, titleOf } from "./site-page";

/** An entry of VitePress's navigation: a page, or a group of them. */
export interface Entry {
  readonly text: string;
  readonly link?: string;
  readonly collapsed?: boolean;
  readonly items?: readonly Entry[];
}

export interface Navigation {
  readonly nav: readonly Entry[];
  /** By the beginning of a page's path. */
  readonly sidebar: Readonly<Record<string, readonly Entry[]>>;
}

/** Where a reader finds each page of docs: in the order in which somebody new needs them. */
export const groups: Readonly<Record<string, readonly string[]>> = {
  Begin: [
    "start",
    "first-steps",
    "week",
    "concepts",
    "patterns",
    "config-files",
    "import",
    "adopt",
    "faq",
    "comparison",
  ],
  Network: [
    "addressing",
    "capacity",
    "egress",
    "network-operations",
    "traffic",
    "components/ingress",
    "components/mesh",
    "components/cilium-routing",
  ],
  "Nodes and scaling": ["node-groups", "accelerators", "components/karpenter", "components/pod-scaling"],
  Services: [
    "workloads",
    "components/policies",
    "components/secrets",
    "components/identity",
    "components/gitops",
    "components/observability",
    "components/backup",
    "reference-objects",
    "chart-traps",
  ],
  Security: ["security", "guardrails", "permissions", "reachability", "admission", "readiness", "reporting"],
  Operate: [
    "bootstrap",
    "ci",
    "synth",
    "plan-review",
    "verify",
    "diagnose",
    "runbooks/index",
    "changes",
    "releases",
    "upgrading",
    "taking-a-layer-out",
    "cost",
    "report",
    "render",
    "partitions",
  ],
  "Extend and change": [
    "extend",
    "architecture",
    "contributing",
    "changelog",
    "howto/index",
    "howto/add-a-component",
    "howto/add-a-guardrail",
    "howto/add-a-key",
    "howto/add-a-region",
    "howto/add-an-eks-minor",
    "adr/index",
    "components/index",
  ],
};

/** Where a page's own title says too little beside others, or too much. */
const shortTitles: Readonly<Record<string, string>> = {
  reporting: "Report a vulnerability",
  "reference-objects": "Objects written by hand",
};

const references = {
  keys: "Keys",
  commands: "Commands",
  components: "Components",
} as const;

/** Of whole folders the index is listed, and leads to the rest. */
const isElsewhere = (path: string): boolean =>
  /^(index\.md$|files\/|reference\/)/.test(path) || (path.includes("/") && !path.endsWith("/index.md"));

export function navigationOf(pages: readonly SitePage[]): Navigation {
  const byPath = new Map(pages.map((page) => [page.path, page]));
  const entry = (path: string): Entry => {
    const page = byPath.get(`${path}.md`);
    if (page === undefined) throw new Error(`navigation names ${path}, which is not a page`);
    return { text: shortTitles[path] ?? titleOf(page), link: `/${path.replace(/(^|\/)index$/, "$1")}` };
  };
  // What nobody has sorted yet can be found all the same.
  const rest = unlisted(pages);
  const all = { ...groups, ...(rest.length > 0 && { More: rest }) };
  const guides = Object.entries(all).map(([text, paths], index) => ({
    text,
    collapsed: index > 0,
    items: paths.map(entry),
  }));
  const reference = (folder: keyof typeof references): Entry[] => {
    const inside = pages.map(({ path }) => path).filter((path) => path.startsWith(`reference/${folder}/`));
    const items = inside
      .filter((path) => !path.endsWith("/index.md"))
      .map((path) => path.replace(/\.md$/, ""));
    return [{ ...entry(`reference/${folder}/index`), items: items.map(entry) }];
  };
  return {
    nav: [
      { text: "Start", link: "/start" },
      ...Object.entries(references).map(([folder, text]) => ({ text, link: `/reference/${folder}/` })),
      { text: "Questions", link: "/faq" },
    ],
    sidebar: {
      ...Object.fromEntries(
        Object.keys(references).map((folder) => [
          `/reference/${folder}/`,
          reference(folder as keyof typeof references),
        ]),
      ),
      "/": guides,
    },
  };
}

/** Pages that no group names. */
export function unlisted(pages: readonly SitePage[]): string[] {
  const listed = Object.values(groups).flat();
  return pages
    .filter(({ path }) => !isElsewhere(path))
    .map(({ path }) => path.replace(/\.md$/, ""))
    .filter((path) => !listed.includes(path));
}
