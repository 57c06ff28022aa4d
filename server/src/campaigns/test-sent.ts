/** What came of one message to one person. */
export type TestSent = {
  readonly step: number
  readonly channel: string
  readonly name: string
  readonly outcome:
    | 'sent'
    | 'inbox'
    | 'no_address'
    | 'refused_before'
    | 'failed'
    | 'not_taken'
    | 'too_many'
  readonly marked: boolean
  readonly detail: string | null
}
