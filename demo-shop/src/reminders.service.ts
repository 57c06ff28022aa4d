import { itemOf, itemsOf, numberOf, textOf } from './answers.ts'
import type { DanggolApi } from './danggol.provider.ts'

/** A message Danggol sent to one of the shop's people. */
export type Reminder = {
  readonly id: number
  readonly at: number
  readonly title: string
  readonly text: string
}

const mostShown = 5
const inboxPage = 100
const lineLimit = 4

/** Messages the demo's people got, read with the admin key: for the phone preview, and for those who react to them. */
export function reminders(danggol: DanggolApi, danggolUrl: string) {
  const customers = new Map<string, number>()

  const customerOf = async (userId: string): Promise<number | undefined> => {
    const known = customers.get(userId)
    if (known !== undefined) return known
    const [found] = itemsOf(
      await danggol.read(`/api/customers?search=${encodeURIComponent(userId)}`),
    )
    if (!found) return undefined
    customers.set(userId, numberOf(found.id))
    return numberOf(found.id)
  }

  return {
    /** Messages sent to this member after `since` (UTC ms), newest first. */
    of: async (userId: string, since = 0): Promise<readonly Omit<Reminder, 'text'>[]> => {
      const customer = await customerOf(userId)
      if (customer === undefined) return []
      const sent = itemsOf(
        await danggol.read(`/api/messages?customer=${customer}&state=sent&limit=${mostShown}`),
      )
      return sent
        .map((each) => ({
          id: numberOf(each.id),
          at: numberOf(each.sentAt),
          title: textOf(each.subject),
        }))
        .filter((each) => each.at > since)
    },
    /** The same with the first lines of their text, as a phone shows them. */
    shownTo: async (userId: string): Promise<readonly Reminder[]> => {
      const sent = itemsOf(
        await danggol.read(
          `/api/messages?customer=${await customerOf(userId)}&state=sent&limit=${mostShown}`,
        ),
      )
      const opened = sent.map(async (each) => {
        const message = itemOf(await danggol.read(`/api/messages/${numberOf(each.id)}`))
        return {
          id: numberOf(each.id),
          at: numberOf(each.sentAt),
          title: textOf(each.subject),
          text: firstLines(textOf(message.text)),
        }
      })
      return (await Promise.all(opened)).reverse()
    },
    /** Opens the first counted link of a mail in the test inbox, as its reader would. */
    click: async (message: number): Promise<void> => {
      const mails = itemsOf(await danggol.read(`/api/inbox?limit=${inboxPage}`))
      const mail = mails.find((each) => each.message === message)
      if (!mail) return
      const { html } = itemOf(await danggol.read(`/api/inbox/${numberOf(mail.id)}`))
      const token = /\/c\/([\w.-]+)/.exec(textOf(html))?.[1]
      if (token)
        await fetch(`${danggolUrl}/c/${token}`, { redirect: 'manual' }).catch(() => undefined)
    },
  }
}
export type Reminders = ReturnType<typeof reminders>

/** The text above the footer, without the shop's name over it: what a notification has room for. */
export function firstLines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line && !/^<?https?:/.test(line) && !line.startsWith('온유상점'))
    .slice(0, lineLimit)
    .join('\n')
}
