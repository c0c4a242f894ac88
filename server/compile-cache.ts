import { enableCompileCache } from 'node:module';
import path from 'node:path';

// Half of what a program takes to start is Node making programs of our sources and of those of the
// libraries. It keeps what it made beside the libraries, where only those can write who could change
// these as well; without the right to write there it starts slowly, as before. It works for what is
// imported after it, so programs import everything else by `import()`.
enableCompileCache(path.resolve(import.meta.dirname, '..', 'node_modules', '.cache', 'node'));
