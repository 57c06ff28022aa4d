import { useEffect, useState } from 'react'
import type { Flow } from '../../../server/src/campaigns/campaign.ts'
import type { Campaign } from '../api/campaigns.ts'
import { useSession } from '../app/session.tsx'

/** What was written and not saved, as this browser keeps it. */
export type KeptDraft = {
  readonly flow: Flow
  /** UTC ms */
  readonly at: number
  /** When the campaign was last saved as its writer knew it (UTC ms). */
  readonly seen: number
}

/** Older ones are not offered: the flow may be written differently by now. */
const keptMs = 14 * 86_400_000
const strokeMs = 300

/**
 * Keeps what is not saved in this browser, so that a session that ends, a closed tab or the way back lose nothing; offers what an
 * earlier visit left. Kept for the member alone.
 */
export function useKeptDraft(campaign: Campaign, flow: Flow, changed: boolean) {
  const { member, shop } = useSession()
  const key = `danggol.draft.${shop.id}.${member.id}.${campaign.id}`
  const [left, setLeft] = useState(() => readKept(key, campaign.draft))
  useEffect(() => {
    if (!changed) return
    const kept: KeptDraft = { flow, at: Date.now(), seen: campaign.updatedAt }
    const write = () => writeKept(key, kept)
    const later = setTimeout(write, strokeMs)
    addEventListener('pagehide', write)
    return () => {
      clearTimeout(later)
      removeEventListener('pagehide', write)
      write()
    }
  }, [key, flow, changed, campaign.updatedAt])
  useEffect(() => {
    // Saved, or taken back to what is saved: nothing is left to keep.
    if (!changed && !left) localStorage.removeItem(key)
  }, [key, changed, left])
  return {
    left,
    /** Whatever was left is taken up or not wanted. */
    settle: () => setLeft(undefined),
    /** Forgets what is being written, because its writer leaves without it. */
    forget: () => setTimeout(() => localStorage.removeItem(key)),
  }
}

function readKept(key: string, draft: Flow): KeptDraft | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
    if (!isKept(kept) || Date.now() - kept.at > keptMs) return undefined
    return JSON.stringify(kept.flow) === JSON.stringify(draft) ? undefined : kept
  } catch {
    return undefined
  }
}

function isKept(value: unknown): value is KeptDraft {
  const kept = value as Partial<KeptDraft> | null
  const { flow } = kept ?? {}
  return typeof kept?.at === 'number' && Array.isArray(flow?.steps) && 'trigger' in (flow ?? {})
}

function writeKept(key: string, kept: KeptDraft): void {
  try {
    localStorage.setItem(key, JSON.stringify(kept))
  } catch {
    // A full store keeps nothing; the page still asks before it is left.
  }
}
