// Play, step and scrub: the controls of what a figure plays. Nothing moves before somebody asks for it.

import { joined, setText, spoken } from '../parts/text.js';
import type { Movie } from '../parts/view.js';
import { button } from './elements.js';

/** Milliseconds between steps, and how long a movie may last. */
const PACE = { step: 350, longest: 12_000 };
/** For those who asked for less motion: a picture a second. */
const CALM = { step: 1000, longest: 60_000 };

/** `show` draws a step. The last step is shown at first: the solution. */
export function createPlayer(show: (frame: number) => void) {
  let movie: Movie = { id: '', count: 1, label: () => '' };
  let frame = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  const node = document.createElement('div');
  node.className = 'player';
  node.setAttribute('role', 'group');
  node.setAttribute('aria-label', 'The avalanche, step by step');
  const slider = document.createElement('input');
  slider.type = 'range';
  slider.min = '0';
  slider.setAttribute('aria-label', 'Step of the iteration');
  const words = document.createElement('p');
  words.className = 'step';
  const play = button('Play', () => (timer === undefined ? start() : stop()));
  play.className = 'primary';
  const back = button('◀', () => go(frame - 1, true));
  const next = button('▶', () => go(frame + 1, true));
  back.setAttribute('aria-label', 'Step back');
  next.setAttribute('aria-label', 'Step forward');
  slider.addEventListener('input', () => go(Number(slider.value), true));
  node.append(play, back, next, slider, words);

  function say(): void {
    slider.max = String(movie.count - 1);
    slider.value = String(frame);
    slider.setAttribute('aria-valuetext', `${frame} of ${movie.count - 1}. ${spoken(movie.label(frame))}`);
    setText(words, joined(`Step ${frame} of ${movie.count - 1}: ${movie.label(frame)}`));
    play.textContent = timer === undefined ? 'Play' : 'Pause';
  }

  function go(wanted: number, byHand: boolean): void {
    if (byHand) stop();
    frame = Math.min(movie.count - 1, Math.max(0, wanted));
    say();
    show(frame);
  }

  function stop(): void {
    clearInterval(timer);
    timer = undefined;
    say();
  }

  function start(): void {
    const { step, longest } = matchMedia('(prefers-reduced-motion: reduce)').matches ? CALM : PACE;
    const skip = Math.ceil((step * movie.count) / longest);
    if (frame >= movie.count - 1) frame = -skip;
    timer = setInterval(() => {
      if (!node.isConnected) stop();
      else if (frame >= movie.count - 1) stop();
      else go(frame + skip, false);
    }, step);
    go(frame + skip, false);
  }

  return {
    node,
    get frame() {
      return frame;
    },
    /** Other steps to be played: at the end it stays at the end. */
    load(other: Movie): void {
      const atEnd = frame >= movie.count - 1 && timer === undefined;
      movie = other;
      frame = atEnd ? movie.count - 1 : Math.min(frame, movie.count - 1);
      say();
    },
  };
}

export type Player = ReturnType<typeof createPlayer>;
