export const checkFormats = ["text", "json", "sarif", "junit", "markdown"] as const;
