// The default theme of vitepress, and beside the first words of the site an eigenproblem that it solves as one watches.
import DefaultTheme from 'vitepress/theme';
import { h } from 'vue';
import { LiveEigenproblem } from './liveEigenproblem.js';
import './style.css';

export default {
  extends: DefaultTheme,
  Layout: () => h(DefaultTheme.Layout, null, { 'home-hero-image': () => h(LiveEigenproblem) }),
};
