import { startDemoShop } from './start.service.ts'

function setting(name: string): string {
  const value = process.env[name]
  if (!value)
    throw new Error(`${name} is not set. The demo shop is started by: npm start -- --demo`)
  return value
}

const host = process.env.DEMO_HOST
const customers = process.env.DEMO_CUSTOMERS
const shop = await startDemoShop({
  danggolUrl: setting('DEMO_DANGGOL_URL'),
  browserKey: setting('DEMO_BROWSER_KEY'),
  writeKey: setting('DEMO_WRITE_KEY'),
  adminKey: setting('DEMO_ADMIN_KEY'),
  port: Number(setting('DEMO_PORT')),
  ...(host && { host }),
  ...(customers && { customers: Number(customers) }),
})

// Danggol is gone, however it died: the next one finds the port free.
process.once('disconnect', () => process.exit(0))
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    // Open keep-alive connections must not hold the process.
    setTimeout(() => process.exit(0), 1_000).unref()
    void shop.stop().then(() => process.exit(0))
  })
}
