// The script of a client's worker that has no functions of its own, in Node or in a page.
import { serve } from './serve.js';

serve();
