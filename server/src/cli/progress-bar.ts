const width = 30

/** One line that is drawn over itself on a terminal, and a line every ten percent elsewhere. */
export function progressBar(out: { readonly isTTY?: boolean; write: (text: string) => unknown }) {
  let told = ''
  return {
    show: (label: string, share: number): void => {
      const percent = Math.max(0, Math.min(100, Math.floor(share * 100)))
      const line = out.isTTY
        ? `${label} ${'█'.repeat(Math.round((percent / 100) * width)).padEnd(width, '░')} ${percent} %`
        : `${label} ${Math.floor(percent / 10) * 10} %`
      if (line === told) return
      told = line
      out.write(out.isTTY ? `\r\u001b[K${line}` : `${line}\n`)
    },
    end: (): void => {
      if (out.isTTY) out.write('\n')
    },
  }
}
