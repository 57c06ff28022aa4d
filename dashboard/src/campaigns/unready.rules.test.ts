import { expect, test } from 'vitest'
import { stepsOf } from '../../../server/src/campaigns/flow-map.ts'
import { bare } from '../../../server/src/campaigns/playbooks/playbook.ts'
import { promoFirstPurchase } from '../../../server/src/campaigns/playbooks/promo-first-purchase.ts'
import { firstMessage, flowOfMessage, isDrawable } from './shown-message.ts'
import { unready } from './unready.ts'

test('a message that cannot be drawn yet says which blank is missing, in words', () => {
  const call = (url: string) => unready({ channel: 'webhook', url, fields: [] })?.ko
  expect(call('http://shop.example/hook')).toContain('https')
  expect(call('https://192.168.0.3/hook')).toContain('내부망')
  expect(call('https://localhost/hook')).toContain('내부망')
  expect(call('https://shop.example/hook')).toBeUndefined()
  const notice = (template: string) =>
    unready({ channel: 'kakao', kind: 'alimtalk', profile: 'p', template, variables: {} })?.ko
  expect(notice('')).toContain('템플릿')
  expect(notice('order')).toBeUndefined()
  expect(unready({ channel: 'sms', text: ' ', subject: '' })?.ko).toContain('내용을 적어')
  expect(unready({ channel: 'sms', text: '안녕하세요', subject: '' })).toBeUndefined()
})

test('the server is not asked to draw a call that has no address yet', () => {
  const call = (url: string) =>
    isDrawable({
      ...{ kind: 'message', id: 1, cartUrl: '/cart', deliveryMinutes: 30 },
      content: { channel: 'webhook', url, fields: [] },
    })
  expect(isDrawable(undefined)).toBe(false)
  expect(call('')).toBe(false)
  expect(call('https://shop.example/hook')).toBe(true)
})

test('a message is drawn with the coupon that a step before it gives', () => {
  const flow = promoFirstPurchase.flow('ko', { ...bare, pool: 7 })
  const message = firstMessage(flow)
  expect(message && stepsOf(flowOfMessage(flow, message))).toEqual([
    { kind: 'coupon', id: 3, pool: 7 },
    message,
  ])
})
