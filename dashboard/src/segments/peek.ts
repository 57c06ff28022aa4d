/** The first lines of a file and how many there are; spreadsheets on Korean Windows save CP949. */
export async function firstLines(
  file: Blob,
): Promise<{ readonly lines: readonly string[]; readonly total: number }> {
  const bytes = await file.arrayBuffer()
  const lines = decoded(bytes)
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '')
  return { lines: lines.slice(0, 6), total: lines.length }
}

function decoded(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('euc-kr').decode(bytes)
  }
}
