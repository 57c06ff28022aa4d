/** Where the tables live: one node, or a cluster by name (then tables are replicated and DDL goes to all of it). */
export type Topology = { readonly cluster: string | undefined }

/**
 * The one function that names table engines. Migrations write `{{MergeTree}}` or `{{ReplacingMergeTree(version)}}`;
 * on a cluster these become their Replicated forms and each DDL runs on every node.
 */
export function nameEngines(statement: string, topology: Topology): string {
  const named = statement.replace(
    /\{\{(\w*MergeTree)(?:\(([^)]*)\))?\}\}/g,
    (_, engine: string, args: string | undefined) => engineName(engine, args ?? '', topology),
  )
  if (topology.cluster === undefined) return named
  return named.replace(
    /^((?:--[^\n]*\n|\s)*(?:create|drop) (?:table|dictionary|view) (?:if (?:not )?exists )?[\w.]+)/i,
    `$1 on cluster ${topology.cluster}`,
  )
}

function engineName(engine: string, args: string, topology: Topology): string {
  if (topology.cluster === undefined) return `${engine}${args ? `(${args})` : ''}`
  const place = `'/clickhouse/tables/{uuid}/{shard}', '{replica}'`
  return `Replicated${engine}(${place}${args ? `, ${args}` : ''})`
}

/**
 * The statements of a migration file: each ends with a semicolon at the end of a line (a `--` remark may follow).
 * Semicolons inside a line are left alone.
 */
export function splitStatements(text: string): readonly string[] {
  return text
    .split(/;[ \t]*(?:--[^\n]*)?(?:\r?\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement.replace(/--[^\n]*/g, '').trim() !== '')
}
