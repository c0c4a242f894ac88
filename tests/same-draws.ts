import fc from 'fast-check';

// Properties draw the same in every run: what fails can be repeated, and what passes does not pass by
// luck. DALIL_TEST_SEED draws others, and a fault that they find becomes a test of its own.
fc.configureGlobal({ seed: Number(process.env.DALIL_TEST_SEED ?? 20261127) });
