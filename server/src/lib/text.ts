/**
 * Text as it is kept: lone surrogates (half characters that UTF-8 can't hold) become U+FFFD, and composed to NFC, so that
 * what a Mac types (NFD) and what Windows types find each other.
 */
export function wellFormed(text: string): string {
  // Below U+0300 there is nothing to compose and no surrogate; nearly every key and id ends here.
  return beyondLatin.test(text) ? text.toWellFormed().normalize('NFC') : text
}

const beyondLatin = /[\u0300-\uffff]/

/** The text for a PostgreSQL `text` column, which refuses NUL: NULs are left out. Inside JSON text they stay, escaped. */
export function columnText(text: string): string {
  return text.includes('\u0000') ? text.replaceAll('\u0000', '') : text
}

/** Bytes of the text in UTF-8; lone surrogates count as the three bytes of U+FFFD. */
export function utf8Length(text: string): number {
  let bytes = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit > 0x7f) bytes += unit > 0x7ff ? 2 : 1
    // A pair is two units and four bytes: each half added two, so one pair is counted 2 + 4 - 2.
    if (unit >= 0xdc00 && unit <= 0xdfff && i > 0 && isHigh(text.charCodeAt(i - 1))) bytes -= 2
  }
  return bytes
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff
