import './compile-cache.ts';

// What a service starts to do its jobs.
const { doJobs } = await import('./do-jobs.ts');
await doJobs();
