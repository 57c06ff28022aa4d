import { readConfig } from '../config.ts'
import { commands } from './commands.ts'

const [name = 'help', ...args] = process.argv.slice(2)

// Values of settings and keys never reach the error stream: messages name fields.
try {
  const command = commands[name]
  if (!command)
    throw new Error(`There is no command "${name}". Known: ${Object.keys(commands).join(', ')}.`)
  await command.run(readConfig({ LOG_LEVEL: 'warn', ...process.env }), args)
  // The server ends by a signal; every other command when its work is done.
  if (name !== 'start') process.exit(0)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
