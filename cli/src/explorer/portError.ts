// A port at which the page cannot be served: which other one to take, the caller says.
import { EmftError } from 'emft/check';

export class PortError extends EmftError {}
