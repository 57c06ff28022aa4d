import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { Route } from '../web/route.ts'
import { approvalRoutes } from './approval.routes.ts'
import { backtestRoutes } from './backtest/backtests.routes.ts'
import { campaignLimits, Flow } from './campaign.ts'
import { stepsOf } from './flow-map.ts'
import { validate } from './flow-problems.ts'
import { RunSettings } from './runs/run.ts'
import { runRoutes } from './runs/runs.routes.ts'
import { splitRoutes } from './splits.routes.ts'
import { switchRoutes } from './switches.routes.ts'
import { testSendRoutes } from './test-sends.routes.ts'
import { whyRoutes } from './why.routes.ts'

const place = new URL('../../../docs/guide/campaigns.md', import.meta.url)
const guide = readFileSync(place, 'utf8')
const examples = [...guide.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = ''], nth) => ({
  json: JSON.parse(json) as object,
  // The call an example is for is named last before it.
  call: guide
    .split('```json\n')
    [nth]?.match(/`(POST|PATCH) (\/api\/[^`]+)`(?![\s\S]*`(?:POST|PATCH) )/),
}))
const flows = examples.flatMap(({ json }) => ('steps' in json ? [Flow.parse(json)] : []))

// Routes are data; nobody calls them here.
const none = {} as never
const routes: readonly Route[] = [
  ...switchRoutes(none),
  ...runRoutes(none),
  ...splitRoutes(none),
  ...backtestRoutes(none),
  ...approvalRoutes(none),
  ...whyRoutes(none),
  ...testSendRoutes(none),
]

/** The guide with the limits and defaults that are in force. */
function asItIs(): string {
  const settings: Readonly<Record<string, number>> = RunSettings.parse({})
  const limits: Readonly<Record<string, number>> = campaignLimits
  const shown = (value: number | undefined) => value?.toLocaleString('en') ?? 'gone'
  return guide
    .replace(
      /^(\| [^|]+ \| )[\d,]+( \| `(\w+)` \|)$/gm,
      (_, before: string, after: string, name: string) => before + shown(limits[name]) + after,
    )
    .replace(
      /^(\| `(\w+)` \| )[\d,.]+( \| )/gm,
      (_, before: string, name: string, after: string) => before + shown(settings[name]) + after,
    )
}

test('the guide tells the limits in force; `npx vitest run campaigns/guide -u` writes them anew', async () => {
  for (const name of Object.keys(campaignLimits)) expect(guide).toContain(`| \`${name}\` |`)
  for (const name of Object.keys(RunSettings.shape)) expect(guide).toContain(`| \`${name}\` |`)
  await expect(asItIs()).toMatchFileSnapshot(fileURLToPath(place))
})

test('every flow of the guide could go live, and every trigger and step is shown', () => {
  expect(flows.length).toBeGreaterThan(5)
  for (const flow of flows) expect(validate(flow)).toEqual([])
  // The schema is asked for its kinds, so that a new one can't be forgotten here.
  const kinds = (path: string, wrong: object) =>
    Flow.safeParse({ ...flows[0], ...wrong }).error?.issues.flatMap((issue) =>
      issue.path.join('.') === path && 'options' in issue ? (issue.options as string[]) : [],
    ) ?? []
  const triggers = kinds('trigger.kind', { trigger: { kind: 'none' } })
  const steps = kinds('steps.0.kind', { steps: [{ kind: 'none' }] })
  expect(new Set(flows.map(({ trigger }) => trigger.kind))).toEqual(new Set(triggers))
  expect(new Set(flows.flatMap((flow) => stepsOf(flow).map(({ kind }) => kind)))).toEqual(
    new Set(steps),
  )
})

test('every call of the guide exists and takes what the example gives', () => {
  const called = [
    ...guide.matchAll(/`(GET|POST|PATCH) (\/api\/campaigns\/[^`]+|\/api\/backtests[^`]*)`/g),
  ]
  expect(called.length).toBeGreaterThan(10)
  const find = (method: string, path: string) =>
    routes.find((one) => one.method === method.toLowerCase() && one.path === path)
  for (const [call, method = '', path = ''] of called)
    expect(find(method, path), call).toBeDefined()
  const bodies = examples.filter(({ json }) => !('steps' in json))
  expect(bodies.length).toBeGreaterThan(3)
  for (const { json, call } of bodies) {
    const body = find(call?.[1] ?? '', call?.[2] ?? '')?.body
    expect(body?.safeParse(json).success, JSON.stringify(json)).toBe(true)
  }
})
