/** Collects the values of one SQL text: each becomes a `{p3:Type}` placeholder, equal ones share theirs. */
export type SqlParameters = {
  readonly text: (value: string) => string
  readonly texts: (values: readonly string[]) => string
  /** Ten-thousandths as text, `12.5`. */
  readonly decimal: (text: string) => string
  readonly integer: (value: number) => string
  /** Of a customer, as the tables have it. */
  readonly id: (value: number) => string
  /** UTC ms as a DateTime64(3) constant. */
  readonly time: (atMs: number) => string
  readonly values: () => Readonly<Record<string, unknown>>
}

/** An empty collection; `prefix` keeps the names of two collections in one query apart. */
export function sqlParameters(prefix = 'p'): SqlParameters {
  const names = new Map<string, string>()
  const values: Record<string, unknown> = {}
  const add = (value: unknown, type: string): string => {
    const key = `${type} ${JSON.stringify(value)}`
    let name = names.get(key)
    if (name === undefined) {
      name = `${prefix}${names.size}`
      names.set(key, name)
      values[name] = value
    }
    return `{${name}:${type}}`
  }
  return {
    text: (value) => add(value, 'String'),
    texts: (list) => add(list, 'Array(String)'),
    decimal: (text) => add(text, 'Decimal(18, 4)'),
    integer: (value) => add(value, 'Int64'),
    id: (value) => add(value, 'UInt64'),
    time: (atMs) => `fromUnixTimestamp64Milli(${add(atMs, 'Int64')}, 'UTC')`,
    values: () => values,
  }
}
