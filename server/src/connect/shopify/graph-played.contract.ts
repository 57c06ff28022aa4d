/** A field of a query: `nodes { id }`, with its arguments as they are written. */
export type Field = {
  readonly name: string
  readonly args: Readonly<Record<string, string>>
  /** None: a scalar. */
  readonly fields: readonly Field[]
}

/** The fields of a query or mutation, as far as our queries are written; throws where it is none. */
export function fieldsOf(query: string): readonly Field[] {
  const words: readonly string[] = query.match(/\.\.\.|[A-Za-z0-9_$]+|[{}():,!]|"[^"]*"/g) ?? []
  let at = words.indexOf('{')
  const next = (): string => words[at++] ?? ''
  function args(): Record<string, string> {
    const read: Record<string, string> = {}
    if (words[at] !== '(') return read
    next()
    while (words[at] !== ')') {
      if (at > words.length) throw new Error('Syntax Error')
      const name = next()
      if (next() !== ':') throw new Error('Syntax Error')
      read[name] = next()
      if (words[at] === ',') next()
    }
    next()
    return read
  }
  function fields(): readonly Field[] {
    if (words[at] !== '{') return []
    next()
    const found: Field[] = []
    while (words[at] !== '}') {
      if (at >= words.length) throw new Error('Syntax Error')
      const name = next()
      // `... on Kind { fields }`: its fields are those of the object.
      if (name === '...') {
        at += 2
        found.push(...fields())
        continue
      }
      found.push({ name, args: args(), fields: fields() })
    }
    next()
    return found
  }
  return fields()
}

/** What a query may cost by Shopify's rule: 1 an object, a connection as many as it is asked for, nothing for scalars, 10 a mutation. */
export function costOf(fields: readonly Field[], isMutation: boolean): number {
  const base = isMutation ? 10 : 0
  return base + fields.reduce((sum, field) => sum + ownCost(field), 0)
}

function ownCost({ name, args, fields }: Field): number {
  if (fields.length === 0) return 0
  const inner = fields.reduce((sum, field) => sum + ownCost(field), 0)
  if (name === 'pageInfo' || name === 'userErrors') return 0
  if (name === 'nodes') return 1 + inner
  return args.first === undefined ? 1 + inner : Number(args.first) * Math.max(1, inner)
}

/** What was asked for of an object, and nothing else; throws where it has no such field, as Shopify refuses the query. */
export function chosen(value: unknown, fields: readonly Field[]): unknown {
  if (value === null || value === undefined) return null
  if (fields.length === 0) return value
  if (Array.isArray(value)) return value.map((one) => chosen(one, fields))
  return Object.fromEntries(
    fields.map(({ name, fields: inner }) => {
      if (!Reflect.has(Object(value), name)) throw new Error(`Field '${name}' doesn't exist`)
      return [name, chosen(Reflect.get(Object(value), name), inner)]
    }),
  )
}
