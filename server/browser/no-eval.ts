import { z } from 'zod';

// The page's policy forbids code made from texts; zod would try it, and leave a violation behind.
// Has to be imported before any schema is made.
z.config({ jitless: true });
