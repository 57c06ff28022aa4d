import { messageId, post } from './load.ts'

/** The address of the n-th person. */
export const addressOf = (person: number) => `person${person}@shop.example`

/** Makes people who said yes to advertisements by mail. */
export async function consentedPeople(
  target: { readonly url: string; readonly key: string },
  people: number,
): Promise<void> {
  const size = 250
  for (let first = 0; first < people; first += size) {
    const batch = Array.from({ length: Math.min(size, people - first) }, (_, index) => {
      const person = first + index
      const one = { userId: `u${person}`, timestamp: new Date().toISOString() }
      const traits = { email: addressOf(person), name: `김단골${person}` }
      const properties = { channel: 'email', kind: 'grant', source: 'api' }
      return [
        { ...one, messageId: messageId(), type: 'identify', traits },
        { ...one, messageId: messageId(), type: 'track', event: 'Consent Changed', properties },
      ]
    }).flat()
    const status = await post(target, JSON.stringify({ batch }))
    if (status !== 200) throw new Error(`the people could not be made: ${status}`)
  }
}
