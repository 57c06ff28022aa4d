import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type MessageWorld, openMessageWorld } from '../testing/message-world.driver.ts'
import type { Actor } from '../web/route.ts'
import { type Campaigns, campaigns } from './campaigns.service.ts'
import { campaignsOfPlaybooks } from './playbooks.store.ts'
import { type Shelf, shelf } from './shelf.service.ts'

let world: MessageWorld
let room: Campaigns
let kept: Shelf
let actor: Actor

beforeAll(async () => {
  world = await openMessageWorld({
    rooms: (built) => {
      room = campaigns(built)
      kept = shelf(built)
      return []
    },
  })
  actor = { shop: world.shop, name: 'member:1', role: 'marketer' }
})
afterAll(() => world?.close())

const names = async (asked: { archived?: boolean; folder?: string } = {}) =>
  (await room.list(world.shop, { limit: 50, ...asked })).map((one) => one.name)

describe('the shelf of campaigns', () => {
  test('copies, lays into folders and puts away what does not run', async () => {
    const made = await room.create(actor, { playbook: 'cart_abandonment', name: '처음' })
    const copy = await kept.copy(actor, made.id, '처음 (복제)')
    expect((await room.get(world.shop, copy)).draft).toEqual(made.draft)
    await kept.layInto(actor, copy, '겨울')
    expect(await names({ folder: '겨울' })).toEqual(['처음 (복제)'])
    expect(await kept.folders(world.shop)).toEqual([{ name: '겨울', campaigns: 1 }])
    await kept.putAway(actor, copy, true)
    expect(await names()).toEqual(['처음'])
    expect(await names({ archived: true })).toEqual(['처음 (복제)'])
    await room.start(actor, made.id)
    await expect(kept.putAway(actor, made.id, true)).rejects.toMatchObject({ code: 'conflict' })
  })
  test('knows what each version changed, and has an earlier one back as the draft', async () => {
    const { id, draft } = await room.create(actor, { playbook: 'cart_abandonment' })
    await room.publish(actor, id)
    await room.change(actor, id, { draft: { ...draft, holdoutShare: 0.3 } })
    await room.publish(actor, id)
    const [second, first] = await kept.versions(world.shop, {
      campaign: id,
      before: undefined,
      limit: 10,
    })
    expect(second?.differences).toMatchObject([{ kind: 'setting', setting: 'holdoutShare' }])
    expect(first?.differences).toEqual([])
    await kept.restore(actor, id, 1)
    expect((await room.get(world.shop, id)).draft).toEqual(draft)
    await expect(kept.restore(actor, id, 9)).rejects.toMatchObject({ code: 'not-found' })
  })
  test('knows of a playbook the campaign for everybody, and how many are for chosen goods', async () => {
    const shown = async () =>
      (await campaignsOfPlaybooks(world.db, world.shop)).get('repurchase_due')
    const is = { type: 'text', op: 'equals', value: 'soap' } as const
    const filter = { kind: 'products', match: 'any', where: [{ field: 'product_id', is }] } as const
    const whole = await room.create(actor, { playbook: 'repurchase_due', name: '재구매' })
    const { trigger } = whole.draft
    if (trigger.kind !== 'event') throw new Error('It begins with an order.')
    // The coupon of the last message is made by the gallery alone.
    const steps = whole.draft.steps.slice(0, 3)
    const draft = { ...whole.draft, steps, trigger: { ...trigger, filter } }
    const soap = await room.create(actor, { playbook: 'repurchase_due', name: '비누', draft })
    const campaign = { id: whole.id, name: '재구매', state: 'draft' }
    expect(await shown()).toEqual({ campaign, chosen: 1 })
    await room.start(actor, soap.id)
    expect(await shown()).toEqual({ campaign, chosen: 1 })
    await kept.putAway(actor, whole.id, true)
    expect(await shown()).toEqual({ campaign: null, chosen: 1 })
  })
})
