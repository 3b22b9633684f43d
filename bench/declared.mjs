import fs from "node:fs";
import path from "node:path";

/** How many modules and resources of each kind the stacks of a project declare. */
function declared(project) {
  const stacks = path.join(project, "cdktf.out", "stacks");
  const counts = new Map();
  const add = (kind, count) => counts.set(kind, (counts.get(kind) ?? 0) + count);
  for (const name of fs.readdirSync(stacks)) {
    const { resource = {}, module = {} } = JSON.parse(
      fs.readFileSync(path.join(stacks, name, "cdk.tf.json"), "utf8"),
    );
    for (const [type, all] of Object.entries(resource)) add(type, Object.keys(all).length);
    for (const { source } of Object.values(module)) add(source, 1);
  }
  return counts;
}

/** Says whether two projects declare the same: what both do, and what one of them has more of. */
export function sameDeclared(ours, naive) {
  const [a, b] = [declared(ours), declared(naive)];
  const sum = (counts) => [...counts.values()].reduce((total, count) => total + count, 0);
  const more = (of, than) =>
    [...of].flatMap(([kind, count]) => {
      const surplus = count - (than.get(kind) ?? 0);
      return surplus > 0 ? [`${surplus} ${kind}`] : [];
    });
  const beyond = [
    ["Octarine's", more(a, b)],
    ["the naive ones", more(b, a)],
  ].flatMap(([who, kinds]) => (kinds.length > 0 ? [`; only ${who}: ${kinds.join(", ")}`] : []));
  return `Octarine's stacks declare ${sum(a)} modules and resources, the naive ones ${sum(b)}${beyond.join("")}.`;
}
