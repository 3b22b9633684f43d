export const checkFormats = ["text", "json", "sarif", "junit", "codequality", "markdown"] as const;

/** A further form of the report, and where it goes. */
export interface ReportFile {
  readonly format: (typeof checkFormats)[number];
  readonly file: string;
}
