// Errors of commander in the form of all others: the flag or the word, what was typed and what is allowed.
import { Command, type Option } from 'commander';
import { InputError, show } from 'emft/check';
import { editDistance } from '../sweeps/nearest.js';

const nameOf = ({ long, short }: Option) => long ?? short!;

/** What other programs call a flag. */
const ELSEWHERE: Readonly<Record<string, string>> = { '--sigma': '--near', '-k': '--k' };

/** A suggestion of the name that was meant, if one is near enough. */
function meant(name: string, names: readonly string[]): string {
  const other = ELSEWHERE[name];
  const near = other && names.includes(other) ? other : names.find((one) => editDistance(name, one) <= 2);
  return near ? `; did you mean ${near}?` : '';
}

/** Commander's Command with InputErrors for its own errors. It reports them with these methods. */
export class StrictCommand extends Command {
  override createCommand(name?: string): StrictCommand {
    return new StrictCommand(name);
  }

  /** The words that name the command. */
  get #called(): string {
    return this.parent ? `${this.parent.name()} ${this.name()}` : this.name();
  }

  missingArgument(name: string): never {
    const { description } = this.registeredArguments.find((one) => one.name() === name)!;
    throw new InputError(name, `missing: ${description}`);
  }

  optionMissingArgument(option: Option): never {
    const { argChoices: choices, description } = option;
    const wanted = choices ? `one of ${choices.join(', ')}` : 'a value';
    throw new InputError(nameOf(option), `expected ${wanted}, got none: ${description}`);
  }

  unknownOption(flag: string): never {
    const [name, value] = /^(--[^=]+)=(.*)$/s.exec(flag)?.slice(1) ?? [flag];
    const known = [...this.options, ...this.#help()].map(nameOf);
    if (value !== undefined && known.includes(name)) {
      throw new InputError(name, `takes no value, got ${show(value)}`);
    }
    throw new InputError(
      name,
      `no flag of ${this.#called}, which has ${known.join(', ')}${meant(name, known)}`,
    );
  }

  unknownCommand(): never {
    const names = this.createHelp()
      .visibleCommands(this)
      .map((command) => command.name());
    const [name] = this.args;
    throw new InputError(name, `expected one of ${names.join(', ')}${meant(name, names)}`);
  }

  _excessArguments(given: readonly string[]): never {
    const taken = this.registeredArguments.length;
    const all = this.registeredArguments.map((one) => `<${one.name()}>`).join(' ') || 'none';
    throw new InputError(given[taken], `one argument too many: ${this.#called} takes ${all}`);
  }

  #help(): readonly Option[] {
    return this.createHelp()
      .visibleOptions(this)
      .filter((option) => !this.options.includes(option));
  }
}
