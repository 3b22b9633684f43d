/** What `cdktf get` called the class of a module and its properties. */
export interface ModuleBinding {
  readonly className: string;
  /** From the module's input name (`access_entries`) to the property (`accessEntries`). */
  readonly properties: ReadonlyMap<string, string>;
}

/**
 * Reads the names from the source text of a binding, so that cdktf's naming rules need no copy here.
 *
 * @throws Error when the text holds no module class.
 */
export function readBinding(source: string): ModuleBinding {
  const className = /^export class (\w+) extends TerraformModule /m.exec(source)?.[1];
  if (className === undefined) throw new Error("it has no class that extends TerraformModule");

  const properties = new Map<string, string>();
  for (const [, property, input] of source.matchAll(/public set (\w+)\(.*\n\s*this\.inputs\['([^']+)'\]/g)) {
    if (property !== undefined && input !== undefined) properties.set(input, property);
  }
  return { className, properties };
}
