export const checkFormats = ["text", "json", "sarif", "junit", "codequality", "markdown"] as const;
