// Writes src/facts/module-policies.json: the statements of the policies that registry modules make of their inputs, as
// the modules' own policy documents have them. Expressions of their inputs stay as they are, for
// src/permissions/grants/module-policies.ts.
// Usage: node tools/iam-data/module-policies.mjs FOLDER, where `terraform get` left terraform-aws-modules/NAME/aws/VERSION.
import fs from "node:fs";
import path from "node:path";

const root = path.resolve(process.argv[2] ?? ".", "terraform-aws-modules");
const { terraformModules } = JSON.parse(
  fs.readFileSync(path.join(import.meta.dirname, "../../cdktf.json"), "utf8"),
);
const versionOf = (source) => terraformModules.find((each) => each.source === source).version;
const podIdentity = versionOf("terraform-aws-modules/eks-pod-identity/aws");
const eks = versionOf("terraform-aws-modules/eks/aws");

/** By the name of the policy document: module, version and file. */
const DOCUMENTS = {
  ...Object.fromEntries(
    [
      ["ebs_csi", "aws_ebs_csi"],
      ["lb_controller", "aws_lb_controller"],
      ["vpc_cni", "aws_vpc_cni"],
      ["aws_privateca_issuer", "aws_privateca_issuer"],
      ["cert_manager", "cert_manager"],
      ["external_dns", "external_dns"],
      ["velero", "velero"],
    ].map(([name, file]) => [name, ["eks-pod-identity", podIdentity, `${file}.tf`]]),
  ),
  controller: ["eks", eks, "modules/karpenter/policy.tf"],
  queue: ["eks", eks, "modules/karpenter/main.tf"],
};

/** Index of what closes the bracket at `from`. */
function closing(text, from) {
  const pairs = { "{": "}", "[": "]", "(": ")" };
  const stack = [];
  for (let i = from; i < text.length; i++) {
    const char = text[i];
    if (char === '"') {
      for (i++; text[i] !== '"'; i++) if (text[i] === "\\") i++;
    } else if (pairs[char]) stack.push(pairs[char]);
    else if (char === stack.at(-1) && (stack.pop(), stack.length === 0)) return i;
  }
  throw new Error("no end");
}

/** Attributes and blocks of an HCL body, as far as policy documents go. */
function body(text) {
  const found = [];
  const pattern = /^\s*(?:(dynamic "\w+"|\w+)\s*(=|\{))/gm;
  for (let match; (match = pattern.exec(text)) !== null;) {
    const at = pattern.lastIndex;
    if (match[2] === "{") {
      const end = closing(text, at - 1);
      found.push([match[1], body(text.slice(at, end))]);
      pattern.lastIndex = end + 1;
    } else {
      let end = at;
      while (end < text.length && text[end] !== "\n")
        end = "[({".includes(text[end]) ? closing(text, end) + 1 : end + 1;
      found.push([match[1], text.slice(at, end).trim()]);
      pattern.lastIndex = end;
    }
  }
  return found;
}

const one = (block, name) => block.find(([key]) => key === name)?.[1];

/** What the caller is, and what the module makes by its inputs, in braces. */
const NAMES = [
  [/\$?\{?\blocal\.(partition|region|account_id)\b\}?/g, "{$1}"],
  [/\$\{var\.cluster_name\}/g, "{cluster_name}"],
  [/^\[var\.cluster_name\]$/, '["{cluster_name}"]'],
  [/^\[\{region\}\]$/, '["{region}"]'],
  // EC2's principal is this one everywhere but in China, where the function gives it as well.
  [/^distinct\(\[local\.ec2_sp_name, ("ec2\.amazonaws\.com")\]\)$/, "[$1]"],
  [/^\[(?:try\()?aws_sqs_queue\.this\[0\]\.arn(?:, null\))?\]$/, '["{queue_arn}"]'],
  [/^var\.create_node_iam_role \? \[aws_iam_role\.node\[0\]\.arn\] : .*$/, '["{node_role_arn}"]'],
  [/^\[true\]$/, '["true"]'],
];

/** A text or a list of texts; of an input: its name, and what stands in where it is empty. */
function value(expression) {
  if (expression === undefined) return undefined;
  const plain = expression.replace(/\s+/g, " ").replace(/,\s*\]$/, "]");
  const text = NAMES.reduce((so, [from, to]) => so.replace(from, to), plain);
  const [, input, fallback] =
    /^var\.(\w+)$/.exec(text) ?? /^coalescelist\(var\.(\w+), (\[.*\])\)$/.exec(text) ?? [];
  if (input !== undefined) return { input, ...(fallback && { or: JSON.parse(fallback) }) };
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`not understood: ${expression}`);
  }
}

/** The input that turns a statement on. */
function inputOf(condition) {
  const [, input] = /^(?:length\(var\.(?=\w+\) > 0)|var\.|local\.)(\w+)/.exec(condition) ?? [];
  if (input === undefined) throw new Error(`not understood: ${condition}`);
  return input;
}

function statement(block, when) {
  const conditions = block
    .filter(([key]) => key === "condition")
    .map(([, each]) => ({
      test: value(one(each, "test")),
      variable: value(one(each, "variable")),
      values: value(one(each, "values")),
    }));
  const principals = block
    .filter(([key]) => key === "principals")
    .map(([, each]) => ({ type: value(one(each, "type")), identifiers: value(one(each, "identifiers")) }));
  return {
    ...(when !== undefined && { when }),
    ...(one(block, "sid") && { sid: value(one(block, "sid")) }),
    ...(one(block, "effect") && { effect: value(one(block, "effect")) }),
    actions: value(one(block, "actions")),
    resources: value(one(block, "resources")),
    ...(principals.length > 0 && { principals }),
    ...(conditions.length > 0 && { condition: conditions }),
  };
}

const policies = {};
for (const [name, [module, version, file]] of Object.entries(DOCUMENTS)) {
  const folder = file.includes("/") ? file.slice(0, file.lastIndexOf("/")) : "";
  const text = fs
    .readFileSync(path.join(root, module, "aws", version, file), "utf8")
    .replace(/^\s*#.*$/gm, "");
  const start = text.indexOf("{", text.indexOf(`data "aws_iam_policy_document" "${name}" {`));
  const blocks = body(text.slice(start + 1, closing(text, start)));
  const statements = blocks.flatMap(([key, block]) => {
    if (key === "statement") return [statement(block)];
    if (key !== 'dynamic "statement"') return [];
    const each = one(block, "for_each");
    // The caller's own statements; they stand in the call.
    if (/_statements != null/.test(each)) return [];
    return [statement(one(block, "content"), inputOf(each))];
  });
  policies[name] = {
    source: `terraform-aws-modules/${module} ${version}${folder && `//${folder}`} ${path.basename(file)}`,
    statements,
  };
}
const out = path.join(import.meta.dirname, "../../src/facts/module-policies.json");
const lines = Object.entries(policies).map(([name, each]) => `"${name}":${JSON.stringify(each)}`);
fs.writeFileSync(out, `{\n${lines.join(",\n")}\n}\n`);
