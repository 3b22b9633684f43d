import { z } from "zod";

/** Stand for the target's own account and region, so that one file serves every target: `{account}`, `{region}`. */
const PLACEHOLDER = String.raw`\{(?:account|region)\}`;
const REGISTRY = new RegExp(`^(?:[a-z0-9.-]|${PLACEHOLDER})+(?::\\d+)?$`);
const REPOSITORY = /^[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*$/;
const EXAMPLE = "registry.example.com/team/orders:1.4.2";

/** What is wrong with an image's name; undefined: nothing. */
function imageProblem(image: string): string | undefined {
  const [named = "", digest] = image.split("@");
  const slash = named.indexOf("/");
  const registry = named.slice(0, Math.max(slash, 0));
  const [repository = "", tag] = named.slice(slash + 1).split(":");
  // As Docker decides it: without a dot or a port the first part is a path, on a registry that nobody named.
  if (slash < 0 || !/[.:]/.test(registry)) return `names no registry; write for example ${EXAMPLE}`;
  if (!REGISTRY.test(registry) || !REPOSITORY.test(repository))
    return `is not the name of an image; write for example ${EXAMPLE}`;
  if (digest !== undefined)
    return /^sha256:[0-9a-f]{64}$/.test(digest)
      ? undefined
      : "has a broken digest; write @sha256: and 64 hexadecimal digits";
  if (tag === undefined || tag === "") return `has neither a tag nor a digest; write for example ${EXAMPLE}`;
  if (tag === "latest") return "has the tag latest, which moves; write a version, or the digest";
  return /^\w[\w.-]{0,127}$/.test(tag) ? undefined : `has no valid tag; write for example ${EXAMPLE}`;
}

export const imageSchema = z
  .string()
  .superRefine((image, context) => {
    const message = imageProblem(image);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  })
  .describe(
    "Image with its registry and a digest, or a tag other than latest. {account} and {region} are the target's. images.mirror is put in front unless it is there already.",
  )
  .meta({ examples: [EXAMPLE] });
