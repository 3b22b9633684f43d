import path from "node:path";
import { AnnotationMetadataEntryType, App, Aspects, AssetType, TerraformAsset, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { isFollowed } from "../resolve/stack-json";
import { stableText } from "./stable-text";
import { isFile, type Wanted, wantedOf, type WantedFolder } from "./wanted";

/** By which cdktf 0.21.0 finds what a construct writes by itself (lib/synthesize/synthesizer.ts). */
const CUSTOM_SYNTHESIS = Symbol.for("cdktf/customSynthesis");
/** Where it keeps aspects, by a symbol that nobody else has (lib/aspect.ts). */
const ASPECTS = "cdktf-aspects";

const ANNOTATIONS: readonly string[] = Object.values(AnnotationMetadataEntryType);

/** What an asset keeps to itself. */
interface InsideOfAsset {
  readonly sourcePath: string;
  readonly type: AssetType;
}

/**
 * What the framework would write of a stack that is complete, without writing it; undefined where only the framework knows: another
 * version of it, or something in the stack that is done while it writes. Tests compare what both write.
 *
 * @param sources what is known of files that stacks are given copies of
 * @throws what the framework throws where a validation of the stack fails
 */
export function stackFiles(
  stack: TerraformStack,
  sources: Map<string, Wanted | undefined>,
): WantedFolder | undefined {
  const { hclOutput, skipValidation } = App.of(stack);
  const nodes = stack.node.findAll();
  if (!isFollowed(stack) || hclOutput || stack.hasResourceMove()) return undefined;
  const isOther = (each: IConstruct) => each !== stack && TerraformStack.isStack(each);
  if (nodes.some((each) => hasAspects(each) || writesMore(each) || isOther(each))) return undefined;
  if (!skipValidation) stack.runAllValidations();
  if (nodes.some(isAnnotated)) return undefined;
  const text = stableText(stack.toTerraform(), App.of(stack).manifest.version);
  if (text === undefined) return undefined;
  const root = new Map<string, Wanted>();
  for (const asset of nodes.filter(isAsset)) {
    const { sourcePath } = insideOf(asset);
    if (!sources.has(sourcePath)) sources.set(sourcePath, wantedOf(sourcePath));
    const copied = sources.get(sourcePath);
    if (copied !== undefined) lay(root, asset.path.split("/"), copied);
  }
  const { synthesizedStackPath, workingDirectory } = App.of(stack).manifest.forStack(stack);
  lay(root, [path.relative(workingDirectory, synthesizedStackPath)], { bytes: Buffer.from(text) });
  return root;
}

function hasAspects(node: IConstruct): boolean {
  return (
    Object.getOwnPropertySymbols(node).some(({ description }) => description === ASPECTS) &&
    Aspects.of(node).all.length > 0
  );
}

/** Whether a construct writes something that is no plain copy. */
function writesMore(node: IConstruct): boolean {
  if (!(CUSTOM_SYNTHESIS in node)) return false;
  return !isAsset(node) || insideOf(node).type === AssetType.ARCHIVE;
}

function isAsset(node: IConstruct): node is TerraformAsset {
  return node instanceof TerraformAsset;
}

function insideOf(asset: TerraformAsset): InsideOfAsset {
  return asset as unknown as InsideOfAsset;
}

function isAnnotated({ node }: IConstruct): boolean {
  return node.metadata.some(({ type }) => ANNOTATIONS.includes(type));
}

/**
 * Lays something at a path in a folder that is being made. What is laid where a copied folder is, goes into a copy of that, which other
 * stacks have, too.
 */
function lay(folder: Map<string, Wanted>, [name = "", ...inner]: readonly string[], wanted: Wanted): void {
  if (inner.length === 0) {
    folder.set(name, wanted);
    return;
  }
  const known = folder.get(name);
  const within =
    known instanceof OwnFolder ? known : new OwnFolder(known === undefined || isFile(known) ? [] : known);
  folder.set(name, within);
  lay(within, inner, wanted);
}

/** One that was made for this stack alone. */
class OwnFolder extends Map<string, Wanted> {}
