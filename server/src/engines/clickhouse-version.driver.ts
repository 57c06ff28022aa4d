import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** Version of the ClickHouse that chdb carries ("26.7.3"), without loading its 500 MB. */
export function packagedClickhouseVersion(): string {
  const file = createRequire(import.meta.url).resolve('chdb/package.json')
  const described = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly optionalDependencies?: Readonly<Record<string, string>>
  }
  const [library = '0.0.0'] = Object.values(described.optionalDependencies ?? {})
  return library.replace(/-.*$/, '')
}
