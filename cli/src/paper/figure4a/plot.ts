// The maps that both panels of Fig. 4 are.
export { plotMaps as plot } from '../latticeMapPlot.js';
