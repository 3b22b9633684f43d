import { quoteOf } from "../read/lines";
import { type Reading, type Rule, type Said, saidRule } from "../rule";
import type { KnownIdentity, World } from "../world";
import { listAt, quoteIn } from "../read/values";

const accessSaid: readonly Said[] = [
  {
    cause: "no-credentials",
    says: /no EC2 IMDS role found|NoCredentialProviders|failed to refresh cached credentials|[Uu]nable to locate credentials|WebIdentityErr|InvalidIdentityToken|169\.254\.170\.23\S*: (?:dial|context|connect)/,
    certainty: "sure",
    from: "aws/aws-sdk-go-v2 credentials/ec2rolecreds/provider.go, credentials/endpointcreds; aws/aws-sdk-go aws/credentials/chain_provider.go",
  },
];

/** What IAM and the services write when they refuse (IAM User Guide, "Troubleshoot access denied error messages"). */
const DENIED =
  /not authorized to perform|UnauthorizedOperation|\bAccessDenied(?:Exception)?\b|isn't authorized to call|AuthCheckFailed/;

/** AWS refuses: who, what, on what, by the words of the proof of permissions. */
const denied: Rule = (world) =>
  world.lines.flatMap((line): Reading[] => {
    if (!DENIED.test(line.text) || /forbidden: User "system:/.test(line.text)) return [];
    return [
      {
        cause: "controller-denied",
        certainty: "sure",
        quotes: [quoteOf(line, DENIED.exec(line.text)?.[0])],
        ...withDetail(refusedIn(line.text, world)),
      },
    ];
  });

export interface Refused {
  readonly action: string;
  readonly role: string;
  readonly resource: string;
  /** As the proof of permissions knows it. */
  readonly identity: KnownIdentity | undefined;
}

export function refusedIn(text: string, { target }: Pick<World, "target">): Refused {
  const action = /(?:perform|to call):? ([a-z0-9-]+:[A-Za-z]+)/.exec(text)?.[1] ?? "";
  const [, role = "", session = ""] = /assumed-role\/([\w+=,.@-]+)(?:\/([\w+=,.@-]+))?/.exec(text) ?? [];
  const resource = /on resource: (\S+)/.exec(text)?.[1] ?? "";
  const known = target?.identities ?? [];
  const identity =
    known.find((each) => each.role !== "" && each.role === role) ??
    [...known]
      .sort((a, b) => b.name.length - a.name.length)
      .find(({ name }) => role.includes(slug(name)) || session.includes(slug(name)));
  return { action, role, resource, identity };
}

function slug(name: string): string {
  return name.toLowerCase().replace(/\s+/g, "-");
}

function withDetail({ action, role, resource, identity }: Refused): { readonly detail?: string } {
  const who = identity?.name ?? (role === "" ? "" : `role ${role}`);
  const what = [action, resource === "" ? "" : `on ${resource}`].filter(Boolean).join(" ");
  const said = [who, what].filter(Boolean).join(" calls ");
  if (said === "") return {};
  return {
    detail: identity === undefined || action === "" ? said : `${said}; ${provedOf(identity, action)}`,
  };
}

/** What the proof says of a call that AWS refused, and so where to look. */
function provedOf({ actions }: KnownIdentity, action: string): string {
  switch (actions[action]) {
    case "allowed":
      return "the proof allows it: apply its stack, then look for an SCP, a boundary or an endpoint's policy";
    case "denied":
      return "the proof denies it, too: npx octarine permissions says by what";
    case "undecided":
      return "the proof leaves it open: npx octarine permissions says why";
    default:
      return "the proof knows no need of it: another version, or a controller set up by hand";
  }
}

/** A cluster whose service accounts have no roles. */
const noAssociations: Rule = ({ objects }) =>
  objects.flatMap(({ value, from }) =>
    Array.isArray(value.associations) && listAt(value, "associations").length === 0
      ? [
          {
            cause: "no-credentials",
            certainty: "possible",
            quotes: [quoteIn(from, "associations", "associations: []")],
            detail: "no service account of the cluster has a role",
          },
        ]
      : [],
  );

/** A controller whose calls are signed with its node's role: the session is named after the instance. The CNI may have no other. */
const asNode: Rule = ({ lines }) =>
  lines
    .filter(
      ({ text, command }) =>
        DENIED.test(text) && /assumed-role\/\S+\/i-[0-9a-f]+/.test(text) && /\blogs\b/.test(command),
    )
    .filter(({ command }) => !/aws-node|ipamd/.test(command))
    .map((line) => ({
      cause: "no-credentials",
      certainty: "sure",
      quotes: [quoteOf(line, "assumed-role")],
      detail: "it calls with the role of its node, having none of its own",
    }));

export const accessRules: readonly Rule[] = [saidRule(accessSaid), denied, asNode, noAssociations];
