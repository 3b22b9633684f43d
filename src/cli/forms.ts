/** What the options say of the form of a result: `--json` is `--format json`. */
export interface FormOptions<Form extends string> {
  readonly format?: Form;
  readonly json?: boolean;
}

/** The form asked for; text, if none was. */
export function formOf<Form extends string>({ format, json }: FormOptions<Form>): Form | "text" | "json" {
  return json ? "json" : (format ?? "text");
}
