/** Anything a payload may hold. The guard's own `Json` is the same shape and fits. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [name: string]: Json };
