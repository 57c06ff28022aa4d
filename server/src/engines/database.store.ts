import postgres from 'postgres'

/** Creates our database on a server that was just laid out. */
export async function createDatabase(serverUrl: string, name: string): Promise<void> {
  const host = decodeURIComponent(new URL(serverUrl).hostname)
  const server = postgres(serverUrl, { host, max: 1, onnotice: () => {} })
  try {
    const [found] = await server`select 1 from pg_database where datname = ${name}`
    if (!found) await server`create database ${server(name)}`
  } finally {
    await server.end()
  }
}
