import { parseArgs } from 'node:util'
import { type Config, readConfig } from '../config.ts'

/** The demo keeps its data apart, so that it never mixes with a real shop's; nobody wants a backup of it. */
const demoSettings = { DANGGOL_DATA: './data/demo', BACKUP_FOLDER: 'off' } as const

/** The settings of a start: what the command says (`--domain`, `--role`, `--demo`) comes before the environment. */
export function startSettings(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): { readonly config: Config; readonly isDemo: boolean } {
  const { values } = parseArgs({
    args: args.filter((one) => one !== 'start'),
    options: {
      demo: { type: 'boolean', default: false },
      domain: { type: 'string' },
      role: { type: 'string' },
    },
  })
  const { demo: isDemo, domain, role } = values
  const config = readConfig({
    ...(isDemo ? demoSettings : {}),
    ...environment,
    ...(domain === undefined ? {} : { DOMAIN: domain }),
    ...(role === undefined ? {} : { ROLE: role }),
  })
  return { config, isDemo }
}
