import type { CiOptions, CiStep } from "./job";

/** Texts that become comments, one file each. */
export const COMMENTS = "comments";
/** What the guardrails find, in the forms that services of a CI read. */
export const FINDINGS = "findings";
/** What is not as the config says, one file for each target that has drifted. */
export const DRIFT = "drift";
/** Below it a folder for each part of the targets. */
export const PARTS = "parts";

export const validate: CiStep = { name: "Validate", run: ["npx octarine config validate"] };

export function upToDate({ command, file }: CiOptions): CiStep {
  return { name: "This file is up to date", run: [`${command} --check ${file}`] };
}

export function synthesize({ committed }: CiOptions): CiStep {
  return {
    name: committed ? "cdktf.out is up to date" : "Synthesize",
    run: [`npx octarine synth${committed ? " --check" : ""}`],
  };
}

export function synthesizePart({ committed }: CiOptions): CiStep {
  return committed
    ? { name: "cdktf.out is up to date", run: ['npx octarine synth --shard "$SHARD" --check'] }
    : {
        name: "Synthesize",
        run: [`npx octarine synth --shard "$SHARD" --out "${PARTS}/cdktf.out.$NUMBER"`],
      };
}

export const merge: CiStep = {
  name: "Put the parts together",
  run: [`npx octarine synth --merge ${PARTS}/cdktf.out.* --out cdktf.out`],
};

export const capacity: CiStep = { name: "Capacity", run: ["npx octarine capacity"] };

/** All forms of one judgement, in a folder of their own for each part of the targets. */
export function guardrails(targets = "", part = ""): CiStep {
  const forms = {
    sarif: `octarine${part}.sarif`,
    junit: `junit${part}.xml`,
    codequality: `codequality${part}.json`,
    markdown: `check${part}.md`,
  };
  return {
    name: "Guardrails",
    run: [
      `mkdir -p ${FINDINGS}`,
      ["npx octarine check", ...(targets === "" ? [] : [targets])].join(" ") +
        Object.entries(forms)
          .map(([form, file]) => ` \\\n  --write "${form}=${FINDINGS}/${file}"`)
          .join(""),
    ],
  };
}

export const cost: CiStep = {
  name: "Cost",
  run: [`mkdir -p ${FINDINGS}`, `npx octarine cost --format markdown | tee ${FINDINGS}/cost.md`],
};

/** What the target-independent comment says: guardrails, the difference in cost, and what changes in the Terraform. */
export const changes: CiStep = {
  name: "Text on the changes",
  on: "change",
  always: true,
  run: [
    `mkdir -p ${COMMENTS}`,
    "{",
    `  cat ${FINDINGS}/check*.md 2>/dev/null || true`,
    "  echo",
    '  npx octarine cost --base "$BASE" --format markdown',
    "  echo",
    '  npx octarine diff --base "$BASE" --format markdown',
    `} > ${COMMENTS}/changes.md`,
  ],
};

export const plan: CiStep = {
  name: "Plan and review",
  run: [
    `mkdir -p ${COMMENTS}`,
    `file="${COMMENTS}/$WORKSPACE.md"`,
    `printf '### Plan of %s\\n\\n' "$TARGET" > "$file"`,
    'npx octarine plan "$TARGET" --review --format markdown | tee -a "$file"',
  ],
};

export const deploy: CiStep = { name: "Deploy", run: ['npx octarine deploy "$TARGET" --yes'] };

export const federate: CiStep = {
  name: "Connect with its peers",
  run: ['npx octarine deploy "$TARGET" federation --yes'],
};

export const drift: CiStep = {
  name: "Plan and compare",
  run: keptWhereItFails(
    "$WORKSPACE",
    '"Plan of $TARGET"',
    'npx octarine plan "$TARGET" --review --format markdown --fail-on routine',
  ),
};

export const left: CiStep = {
  name: "What no config makes any more",
  run: keptWhereItFails(
    "left-$ENVIRONMENT",
    '"Left in $ENVIRONMENT"',
    'npx octarine list "$ENVIRONMENT" --left',
  ),
};

/** The text of a command stays where the command fails, and only there. */
function keptWhereItFails(name: string, title: string, command: string): string[] {
  return [
    `mkdir -p ${DRIFT}`,
    `file="${DRIFT}/${name}.md"`,
    `printf '### %s\\n\\n' ${title} > "$file"`,
    "status=0",
    // With pipefail the status is the command's.
    `${command} | tee -a "$file" || status=$?`,
    'if [ "$status" -eq 0 ]; then rm "$file"; fi',
    'exit "$status"',
  ];
}
