/** What of package.json the move reads and writes; the rest stays as it is. */
export interface PackageJson {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly overrides?: Readonly<Record<string, unknown>>;
}

/**
 * The successor of the framework, under the framework's name: our sources and the providers' packages import `cdktf`, so
 * that this line alone decides what they get.
 */
export const SUCCESSOR = "npm:cdktn@0.24.0";

/**
 * package.json of a project on the successor. The override is for the providers' packages, whose peer dependency names a
 * range of the framework's versions that the successor's are not in; without it npm would refuse or install both.
 */
export function onSuccessor<T extends PackageJson>(file: T): T {
  const kind = (["dependencies", "devDependencies"] as const).find((each) => file[each]?.cdktf !== undefined);
  if (kind === undefined) throw new Error("package.json: it depends on no cdktf that could be replaced");
  return {
    ...file,
    [kind]: { ...file[kind], cdktf: SUCCESSOR },
    overrides: { ...file.overrides, cdktf: "$cdktf" },
  };
}
