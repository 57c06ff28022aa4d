import sax from 'sax'
import { columnName, type FeedLine } from './feed-fields.ts'

/** Elements that are a product: RSS, Atom, and what shops' own files call it. */
const recordNames = new Set(['item', 'entry', 'product', 'goods', 'offer'])
/** Characters of one record that are kept; a feed has long descriptions, and none is this long. */
const recordChars = 256 * 1024

/**
 * Reads XML as it comes in, a record at a time. No document type is read: a file that declares one is refused, so no entity stands
 * for more than the character that XML and HTML know it as. Throws an Error on what is not well-formed.
 */
export function xmlRecords() {
  const parser = sax.parser(true, { trim: false, normalize: false })
  const done: FeedLine[] = []
  const path: string[] = []
  let record: Map<string, string> | undefined
  let recordDepth = 0
  let kept = 0
  let text = ''
  let sawRecord = false

  parser.onerror = (error) => {
    throw new Error(error.message.split('\n')[0] ?? 'it is not well-formed')
  }
  parser.ondoctype = () => {
    throw new Error('it declares a document type, which is not read')
  }
  parser.onopentag = ({ name, attributes }) => {
    const local = columnName(name.includes(':') ? (name.split(':').at(-1) ?? name) : name)
    path.push(local)
    text = ''
    if (record === undefined && recordNames.has(local)) {
      record = new Map()
      recordDepth = path.length
      kept = 0
      sawRecord = true
    } else if (record && path.length === recordDepth + 1 && local === 'link') {
      // Atom says where it leads in an attribute.
      const href = (attributes as Record<string, string>).href
      if (href !== undefined) put(record, local, href)
    }
  }
  const onText = (part: string) => {
    if (record === undefined || path.length !== recordDepth + 1) return
    kept += part.length
    if (kept <= recordChars) text += part
  }
  parser.ontext = onText
  parser.oncdata = onText
  parser.onclosetag = () => {
    const local = path.pop() ?? ''
    if (record === undefined) return
    if (path.length === recordDepth) put(record, local, text.trim())
    else if (path.length === recordDepth - 1) {
      done.push(Object.fromEntries(record))
      record = undefined
    }
    text = ''
  }

  return {
    take: (part: string): readonly FeedLine[] => {
      parser.write(part)
      return done.splice(0)
    },
    /** Says that there is no more; throws when elements are left open. */
    end: (): readonly FeedLine[] => {
      parser.close()
      if (!sawRecord) throw new Error('there is no product in it')
      return done.splice(0)
    },
  }
}

function put(record: Map<string, string>, name: string, value: string): void {
  if (value === '') {
    if (!record.has(name)) record.set(name, '')
    return
  }
  const before = record.get(name)
  record.set(name, before ? `${before}\n${value}` : value)
}
