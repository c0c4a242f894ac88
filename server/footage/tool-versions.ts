/** Names and versions of the tools that did the work, for records. */
export type ToolVersions = Readonly<Record<string, string>>;
