import { imageReference } from "./image-reference";
import type { TargetImage } from "./target-images";

/** Tools that copy an image with all its platforms from one registry to another, without a local copy of it. */
export const copyTools = ["crane", "skopeo", "docker"] as const;
export type CopyTool = (typeof copyTools)[number];

/** Commands that fill a mirror, and what they leave out. */
export interface CopyScript {
  readonly script: string;
  /** Images that no command is written for, and why. */
  readonly leftOut: readonly { readonly image: string; readonly why: string }[];
  /** Images without a digest: what their tag names on that day is copied. */
  readonly byTag: readonly string[];
}

interface Copy {
  readonly from: string;
  readonly to: string;
  /** Path below the mirror's host. */
  readonly repository: string;
}

/** ECR API reference, CreateRepository, repositoryName. */
const ECR_REPOSITORY = /^(?=.{2,256}$)(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/;

/**
 * A shell script that copies what a target's releases take from its mirror. By digest where one is known, which stays
 * the same in the mirror because whole indexes are copied.
 *
 * @param unknownReleases releases whose images are not known, so that the mirror is not full after it
 */
export function copyScript(
  target: string,
  images: readonly Pick<TargetImage, "source" | "mirror" | "mirrored">[],
  mirror: string,
  tool: CopyTool,
  unknownReleases: readonly string[],
): CopyScript {
  const ecr = ecrOf(mirror);
  const wanted = images.filter(({ source, mirrored, mirror: name }) => mirrored && name !== source);
  const read = wanted.map(({ source, mirror: name = "" }) => copyOf(source, name, ecr !== undefined));
  const copies = read.flatMap((each) => ("why" in each ? [] : [each]));
  const repositories = [...new Set(copies.map(({ repository }) => repository))].sort();
  const missing =
    unknownReleases.length === 0
      ? []
      : [`# Not in here: images of ${unknownReleases.map(comment).join(", ")}.`];
  const lines = [
    "#!/bin/sh",
    `# Copies the images of ${comment(target)} to ${mirror}. Run it where both can be reached, and again after an upgrade.`,
    ...missing,
    "set -eu",
    ...(ecr === undefined ? [] : ["", ...ecrLines(ecr, tool, repositories)]),
    "",
    ...copies.map((copy) => COMMANDS[tool](word(copy.from), word(copy.to))),
  ];
  return {
    script: lines.join("\n"),
    leftOut: read.flatMap((each) => ("why" in each ? [each] : [])),
    byTag: copies.filter(({ from }) => !from.includes("@")).map(({ from }) => from),
  };
}

const COMMANDS: Readonly<Record<CopyTool, (from: string, to: string) => string>> = {
  crane: (from, to) => `crane copy ${from} ${to}`,
  skopeo: (from, to) => `skopeo copy --all --preserve-digests docker://${from} docker://${to}`,
  // A copy as it is: with an index made anew the digest would be another.
  docker: (from, to) => `docker buildx imagetools create --prefer-index=false --tag ${to} ${from}`,
};

/** skopeo takes no tag together with a digest as a source, and a digest alone can't name what is pushed. */
function copyOf(source: string, mirrorName: string, isEcr: boolean): Copy | { image: string; why: string } {
  const from = imageReference(source);
  const to = imageReference(mirrorName);
  if (from === undefined || to === undefined)
    return { image: source, why: "is not an image reference that a registry accepts" };
  const { name, tag, digest } = from;
  const { name: toName, repository } = to;
  if (isEcr && !ECR_REPOSITORY.test(repository))
    return { image: source, why: "has a path that ECR does not accept as a repository's name" };
  const pushed = tag ?? digest?.replace("sha256:", "sha256-").slice(0, "sha256-".length + 12) ?? "latest";
  return {
    from: digest === undefined ? `${name}:${pushed}` : `${name}@${digest}`,
    to: `${toName}:${pushed}`,
    repository,
  };
}

interface Ecr {
  readonly host: string;
  readonly account: string;
  readonly region: string;
}

function ecrOf(mirror: string): Ecr | undefined {
  const [host = ""] = mirror.split("/");
  const [, account, region] = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com$/.exec(host) ?? [];
  return account === undefined || region === undefined ? undefined : { host, account, region };
}

const LOGINS: Readonly<Record<CopyTool, string>> = {
  crane: "crane auth login --username AWS --password-stdin",
  skopeo: "skopeo login --username AWS --password-stdin",
  docker: "docker login --username AWS --password-stdin",
};

/** ECR makes no repository by itself when something is pushed. */
function ecrLines({ host, account, region }: Ecr, tool: CopyTool, repositories: readonly string[]): string[] {
  const at = `--region ${region} --registry-id ${account}`;
  return [
    `aws ecr get-login-password --region ${region} | ${LOGINS[tool]} ${host}`,
    "repository() {",
    `  aws ecr describe-repositories ${at} --repository-names "$1" >/dev/null 2>&1 ||`,
    `    aws ecr create-repository ${at} --repository-name "$1" >/dev/null`,
    "}",
    ...repositories.map((name) => `repository ${word(name)}`),
  ];
}

/** One word to a POSIX shell, whatever is in it. */
function word(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** In a comment nothing may end the line. */
function comment(text: string): string {
  return text.replaceAll(/[\r\n]+/g, " ");
}
