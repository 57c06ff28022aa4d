/** Who may do what in the dashboard. An owner may do everything. */
export const roles = ['owner', 'marketer', 'developer', 'viewer'] as const
export type Role = (typeof roles)[number]

/** browser: public, in pages, may only send claims; write: a server's, may send events; admin: everything of /api. */
export const scopes = ['browser', 'write', 'admin'] as const
export type Scope = (typeof scopes)[number]
