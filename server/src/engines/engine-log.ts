/** Where the engines say what happens to them; wiring hands in the application's log. Nothing personal is ever said. */
export type EngineLog = (level: 'info' | 'warn' | 'error', message: string) => void
