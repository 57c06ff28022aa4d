/** The mark: somebody who left and comes back. */
export function Mark({ size = 32 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" style={{ flex: 'none' }}>
      <rect width="32" height="32" rx="9" fill="#3f4fd8" />
      <path
        d="M22.6 11.2A8 8 0 1 0 24 16"
        fill="none"
        stroke="#fff"
        strokeWidth="3.2"
        strokeLinecap="round"
      />
      <circle cx="23.4" cy="9.6" r="2.6" fill="#fff" />
    </svg>
  )
}
