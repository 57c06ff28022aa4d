import { z } from 'zod'
import { Nature } from '../content.ts'

const fieldsLimit = 50

/** A call to the shop's own server: an address and named values, each of which may hold Liquid. */
export const WebhookContent = z.object({
  channel: z.literal('webhook'),
  url: z.url({ protocol: /^https$/, message: 'an address that begins with https://' }).max(2_000),
  fields: z
    .array(
      z.object({
        name: z
          .string()
          .trim()
          .regex(/^[A-Za-z_][\w.-]{0,99}$/, 'a name such as coupon_code'),
        value: z.string().max(2_000),
      }),
    )
    .max(fieldsLimit)
    .default([]),
})
export type WebhookContent = z.infer<typeof WebhookContent>

/** A call compiled once: its address never holds values of a person. */
export const CompiledWebhook = z.object({
  channel: z.literal('webhook'),
  format: z.literal(1),
  nature: Nature,
  url: z.string(),
  fields: z.array(z.object({ name: z.string(), value: z.string() })),
})
export type CompiledWebhook = z.infer<typeof CompiledWebhook>
